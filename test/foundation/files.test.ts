import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readJson, writeWhole } from '../../lib/foundation/files';
import { repeatedKeys } from '../../lib/foundation/repeated-keys';
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

test('a named pipe or a device is refused at once, where reading it would hang or never end', () => {
  const pipe = join(folder, 'pipe.json');
  execFileSync('mkfifo', [pipe]);
  symlinkSync(pipe, join(folder, 'link.json'));
  for (const path of [pipe, join(folder, 'link.json'), '/dev/zero']) {
    expect(() => readJson(path, '--file')).toThrow(
      /^--file: ".*" is a named pipe or a device; name a file that exists$/,
    );
  }
  expect(() => readJson(folder, '--file')).toThrow(/ cannot be read \(EISDIR\); /);
});

test.each<[string, string[]]>([
  ['{"a":1,"a":2}', ['the key "a" twice (line 1)']],
  ['{"a\\\\":1,"a\\\\":2}', ['the key "a\\\\" twice (line 1)']],
  ['{"a":1,\n\n"a":2,\n"a":3}', ['the key "a" twice (line 3)', 'the key "a" twice (line 4)']],
  ['{"a":1,\n"b":{"c":1,"c":2,"c":3}}', ['the key "c" twice (line 2)', 'the key "c" twice (line 2)']],
  ['{"a":1,"\\u0061":2}', ['the key "a" twice (line 1)']],
  ['[{"x":[{"a":{}, "a":[]}]}]', ['the key "a" twice (line 1)']],
  ['{"":1,"":2}', ['the key "" twice (line 1)']],
  ['{"__proto__":1,"a":"__proto__"}', []],
  ['{"a":{"a":{"a":["a","a"]}},"b":"a"}', []],
  ['[{"a":1},{"a":1}]', []],
  ['{"a":"{\\"b\\":1,\\"b\\":2}","b":"\\\\"}', []],
  ['"a"', []],
  ['{}', []],
])('keys that stand twice: %s', (json, found) => {
  JSON.parse(json);
  expect(repeatedKeys(json)).toEqual(found);
});

test('JSON that a program wrote has no key twice, whatever is in it; one key more is found', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, key) => {
      const json = JSON.stringify(value, undefined, 1);
      expect(repeatedKeys(json)).toEqual([]);
      const twice = `{${JSON.stringify(key)}:${json},${JSON.stringify(key)}:0}`;
      expect(repeatedKeys(twice)).toHaveLength(1);
    }),
  );
});

test('a file with a key twice is refused', () => {
  writeFileSync(join(folder, 'twice.json'), '{"cidr":1,\n"cidr":2}');
  expect(() => readJson(join(folder, 'twice.json'), '--file')).toThrow(
    / has the key "cidr" twice \(line 2\); keep one of them$/,
  );
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

test('a hostile text takes no longer than it is long', () => {
  const repeated = `{${Array.from({ length: 100_000 }, () => '"a":1').join(',\n')}}`;
  expect(repeatedKeys(repeated)).toHaveLength(99_999);
  expect(repeatedKeys(`{"a":"${'\\nx'.repeat(4_000_000)}","a":1}`)).toEqual(['the key "a" twice (line 1)']);
}, 20_000);
