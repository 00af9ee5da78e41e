import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { main } from '../../bin/review-assembly';
import { packAssembly, unpackAssembly } from '../../lib/review/assembly-bundle';
import { call } from '../support/call';

let folder: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  target = join(folder, 'unpacked');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bundle = (files: object, rest: object = { version: 1 }): Buffer => gzipSync(JSON.stringify({ ...rest, files }));

test('carries what a comparison reads, and leaves out assets, links and the tree', () => {
  const source = join(folder, 'cdk.out');
  mkdirSync(join(source, 'assembly-Prod'), { recursive: true });
  mkdirSync(join(source, 'asset.0123'));
  writeFileSync(join(source, 'manifest.json'), '{"version":"48.0.0"}');
  writeFileSync(join(source, 'assembly-Prod', 'manifest.json'), '{"ü":1}');
  for (const name of ['tree.json', 'cdk.out', 'asset.0123/package.json']) writeFileSync(join(source, name), '{}');
  symlinkSync('/etc/hostname', join(source, 'link.json'));

  unpackAssembly(packAssembly(source), target);
  expect(readFileSync(join(target, 'manifest.json'), 'utf8')).toBe('{"version":"48.0.0"}');
  expect(readFileSync(join(target, 'assembly-Prod', 'manifest.json'), 'utf8')).toBe('{"ü":1}');
  for (const name of ['tree.json', 'cdk.out', 'asset.0123', 'link.json']) {
    expect(existsSync(join(target, name))).toBe(false);
  }
});

describe('refuses', () => {
  test.each<[string, Buffer, string]>([
    ['what is not gzipped', Buffer.from('{}'), 'cannot be unpacked (Z_DATA_ERROR)'],
    ['what is not JSON', gzipSync('PK'), 'cannot be unpacked (not JSON)'],
    [
      'a file that unpacks to more than a machine has',
      gzipSync(Buffer.alloc(129 * 1024 * 1024)),
      'ERR_BUFFER_TOO_LARGE',
    ],
    ['a large file', Buffer.alloc(33 * 1024 * 1024), 'is larger than 33554432 bytes'],
    ['another version', bundle({ 'a.json': '' }, { version: 2 }), 'is not one'],
    ['a list', gzipSync('[]'), 'is not one'],
    ['no files', bundle({}), 'holds 0 files'],
    ['too many files', bundle(Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`${i}.json`, '']))), '5001'],
    ['what is no text', bundle({ 'a.json': { b: 1 } }), 'holds no text under a.json'],
  ])('%s', (_, packed, reason) => {
    expect(() => {
      unpackAssembly(packed, target);
    }).toThrow(reason);
    expect(existsSync(target)).toBe(false);
  });

  test.each([
    '../evil.json',
    'a/../../evil.json',
    '/tmp/evil.json',
    './evil.json',
    '.npmrc.json',
    'a//evil.json',
    'a\\..\\evil.json',
    'a/.git/evil.json',
    'package.json\n',
    'evil.sh',
    'node_modules/x/index.js',
    `${'d/'.repeat(6)}evil.json`,
    `${'x'.repeat(300)}.json`,
    'C:evil.json',
    'nul\u0000.json',
    '',
  ])('the name %j', (name) => {
    expect(() => {
      unpackAssembly(bundle({ 'fine.json': '{}', [name]: '{}' }), target);
    }).toThrow('a name that the CDK does not give');
    expect(existsSync(target)).toBe(false);
  });

  test('a folder that is there: nothing is written through or over what it holds', () => {
    mkdirSync(target);
    symlinkSync(folder, join(target, 'a'));
    expect(() => {
      unpackAssembly(bundle({ 'a/evil.json': '{}' }), target);
    }).toThrow('cannot be written (EEXIST)');
    expect(existsSync(join(folder, 'evil.json'))).toBe(false);
  });

  test('a name that is a file and a folder', () => {
    expect(() => {
      unpackAssembly(bundle({ 'a.json': '{}', 'a.json/b.json': '{}' }), target);
    }).toThrow('cannot be written');
  });

  test('to pack a folder that is no assembly', () => {
    expect(() => packAssembly(folder)).toThrow('holds no JSON file');
  });
});

describe('review-assembly', () => {
  const run = (...args: string[]): ReturnType<typeof call> => call('review-assembly', main, args);

  test('packs and unpacks', async () => {
    writeFileSync(join(folder, 'manifest.json'), '{}');
    expect(await run('pack', folder, join(folder, 'packed'))).toMatchObject({ code: 0, stderr: '' });
    expect(await run('unpack', join(folder, 'packed'), target)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(target, 'manifest.json'), 'utf8')).toBe('{}');
  });

  test('says in a line what is not there, or not one', async () => {
    writeFileSync(join(folder, 'zip'), 'PK');
    expect(await run('unpack', join(folder, 'none'), target)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ENOENT') as string,
    });
    expect(await run('unpack', join(folder, 'zip'), target)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Z_DATA_ERROR') as string,
    });
  });

  test.each([[[]], [['pack']], [['list', 'a', 'b']], [['pack', 'a', 'b', 'c']], [['--force', 'pack', 'a', 'b']]])(
    'wrong usage: %j',
    async (args) => {
      expect((await run(...args)).code).toBe(2);
    },
  );

  test('--help', async () => {
    const { code, stdout } = await run('--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining('unpack <file> <folder>')]);
  });
});
