import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, writeWhole } from '../../lib/foundation/files';
import { discardAssembly } from '../../lib/foundation/run-app';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('reads JSON', () => {
  writeFileSync(join(folder, 'plan.json'), '{"cidr":"10.0.0.0/16"}');
  expect(readJson(join(folder, 'plan.json'), '--file')).toEqual({ cidr: '10.0.0.0/16' });
});

test('a file that is not there, or not JSON, is one line with a remedy', () => {
  expect(() => readJson(join(folder, 'none.json'), '--file')).toThrow(/^--file: ".*" cannot be read \(ENOENT\); /);
  writeFileSync(join(folder, 'bad.json'), '{"cidr":\n');
  expect(() => readJson(join(folder, 'bad.json'), '--file')).toThrow(/^--file: ".*" is not JSON \([^\n]*\); [^\n]*$/);
});

test('writes whole, and leaves nothing behind where it cannot', () => {
  writeWhole(join(folder, 'plan.svg'), '<svg/>', '--svg');
  expect(readFileSync(join(folder, 'plan.svg'), 'utf8')).toBe('<svg/>');
  expect(() => {
    writeWhole(join(folder, 'missing', 'plan.svg'), '<svg/>', '--svg');
  }).toThrow(/^--svg: ".*" cannot be written \(ENOENT\); /);
  expect(readdirSync(folder)).toEqual(['plan.svg']);
});

describe('discardAssembly', () => {
  test.each([
    ['nothing but the lock of the CLI', ['synth.lock']],
    ['an older assembly', ['manifest.json', 'cdk.out', 'dev-Network.template.json', 'synth.lock']],
  ])('removes a folder with %s', (_, files) => {
    for (const file of files) writeFileSync(join(folder, file), '');
    discardAssembly(folder);
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });

  test.each([
    ["a person's files", ['thesis.txt']],
    ["a person's files and the lock", ['thesis.txt', 'synth.lock']],
    ['a manifest of something else', ['manifest.json', 'index.html']],
  ])('does not touch a folder with %s', (_, files) => {
    for (const file of files) writeFileSync(join(folder, file), '');
    discardAssembly(folder);
    expect(readdirSync(folder).sort()).toEqual([...files].sort());
  });

  test('no folder, nothing to do', () => {
    expect(() => {
      discardAssembly(undefined);
      discardAssembly(join(folder, 'none'));
    }).not.toThrow();
  });
});
