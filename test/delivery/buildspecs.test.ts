import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deliverySchema } from '../../lib/delivery/delivery-settings';
import { environments } from '../../lib/environments';

const APP = join(__dirname, '../../lib/web/app');
const read = (file: string): string => readFileSync(join(APP, file), 'utf8');

test('every buildspec that a stage names is in the application that repositories are seeded with', () => {
  const named = environments.flatMap(({ delivery }) =>
    deliverySchema.parse(delivery).stages.flatMap((stage) => ('buildspec' in stage ? [stage.buildspec] : [])),
  );
  expect(new Set(named)).toEqual(new Set(['buildspec.build.yml', 'buildspec.test.yml']));
  for (const file of named) expect(existsSync(join(APP, file))).toBe(true);
});

test('every script that they run is there, and stops at its first failure', () => {
  const scripts = ['build', 'test'].flatMap((stage) =>
    [...read(`buildspec.${stage}.yml`).matchAll(/^ +- sh (\S+)$/gm)].map(([, script = '']) => script),
  );
  expect(new Set(scripts)).toEqual(new Set(['build/prepare.sh', 'build/check-syntax.sh', 'build/check-bundle.sh']));
  for (const script of scripts) expect(read(script)).toMatch(/^#!\/bin\/sh\n(#.*\n)+set -eu\n/);
});

test('what is deployed is there, and tests and build files are no part of it', () => {
  const files = /\n {2}files:\n((?: {4}- .*\n)+)/.exec(read('buildspec.build.yml'))?.[1] ?? '';
  const patterns = [...files.matchAll(/- (.*)\n/g)].map(([, pattern = '']) => pattern);
  expect(patterns).toContain('public/**/*');
  expect(patterns.filter((pattern) => /test|build/.test(pattern))).toEqual([]);
  // Composer makes vendor/.
  for (const pattern of patterns.filter((one) => one !== 'vendor/**/*')) {
    const isFolder = pattern.endsWith('/**/*');
    expect(statSync(join(APP, pattern.replace('/**/*', ''))).isDirectory()).toBe(isFolder);
  }
});

test('tests report to the group that the stack makes', () => {
  expect(read('buildspec.test.yml')).toMatch(/^reports:\n {2}tests:\n/m);
});

test('neither chooses a runtime: the image of PHP 8.0 knows no such choice, and prepare.sh checks what there is', () => {
  for (const stage of ['build', 'test']) {
    expect(read(`buildspec.${stage}.yml`)).not.toContain('runtime-versions');
    expect(read(`buildspec.${stage}.yml`)).toContain('sh build/prepare.sh');
  }
  expect(read('build/prepare.sh')).toContain('PHP_PLATFORM');
});
