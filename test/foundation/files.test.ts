import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const ASSEMBLY = {
    'manifest.json': '{"version":"55.0.0","artifacts":{}}',
    'cdk.out': '{"version":"55.0.0"}',
    'tree.json': '{}',
    'dev-Network.template.json': '{}',
    'synth.lock': '',
  };

  function write(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  }

  test.each([
    ['nothing but the lock of the CLI', { 'synth.lock': '' }],
    ['an older assembly', ASSEMBLY],
  ])('removes a folder with %s', (_, files) => {
    write(files);
    discardAssembly(folder);
    expect(existsSync(folder)).toBe(false);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ["a person's files", { 'thesis.txt': '' }, ['thesis.txt']],
    ["a person's files and the lock", { 'thesis.txt': '', 'synth.lock': '' }, ['thesis.txt']],
    ["a person's files in an assembly", { ...ASSEMBLY, 'thesis.txt': '' }, ['thesis.txt']],
    [
      'files that only look like an assembly',
      { 'manifest.json': '{"name":"a web app"}', 'cdk.out': 'mine', 'x.template.json': '{}' },
      ['cdk.out', 'manifest.json', 'x.template.json'],
    ],
  ])('keeps %s', (_, files, kept) => {
    write(files);
    discardAssembly(folder);
    expect(readdirSync(folder).sort()).toEqual(kept);
  });

  test('no folder, nothing to do', () => {
    expect(() => {
      discardAssembly(undefined);
      discardAssembly(join(folder, 'none'));
    }).not.toThrow();
  });
});
