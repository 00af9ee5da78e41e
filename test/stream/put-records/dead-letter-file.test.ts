import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeadLetterFile } from '../../../lib/stream/put-records/dead-letter-file';

describe('DeadLetterFile', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dead-letters-'));
    path = join(folder, 'dead.ndjson');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const entries = (): unknown[] =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  test('is created with the first entry', async () => {
    const letters = new DeadLetterFile(path);
    await letters.check();
    expect(existsSync(path)).toBe(false);
    await letters.write([{ line: 3, reason: 'is not JSON', data: Buffer.from('{"é"\u2028\t"') }]);
    await letters.close();
    expect(entries()).toEqual([{ line: 3, reason: 'is not JSON', record: '{"é"\u2028\t"' }]);
  });

  test('keeps bytes that are no text', async () => {
    const data = Buffer.from([0x22, 0xff, 0xfe, 0x22]);
    const letters = new DeadLetterFile(path);
    await letters.write([{ line: 1, reason: 'is not UTF-8', data }]);
    await letters.close();
    expect(entries()).toEqual([{ line: 1, reason: 'is not UTF-8', recordBase64: data.toString('base64') }]);
  });

  test('appends, on a line of its own, to what an earlier run left', async () => {
    writeFileSync(path, '{"line":1}\n{"line":2,"rea');
    const letters = new DeadLetterFile(path);
    await letters.write([{ line: 3, reason: 'r', data: Buffer.from('x') }]);
    await letters.close();
    expect(readFileSync(path, 'utf8')).toBe('{"line":1}\n{"line":2,"rea\n{"line":3,"reason":"r","record":"x"}\n');
  });

  test('a long line is written piece by piece, and no entry gets in between', async () => {
    const letters = new DeadLetterFile(path);
    const long = await letters.openLongLine(1, (bytes) => `is ${bytes} bytes`);
    const other = letters.write([{ line: 2, reason: 'r', data: Buffer.from('x') }]);
    for (const piece of ['a', 'bcde', '', 'fg', 'h"\u00e9']) await long.write(Buffer.from(piece));
    await long.end();
    await other;
    await letters.close();
    expect(entries()).toEqual([
      { line: 1, recordBase64: Buffer.from('abcdefgh"é').toString('base64'), reason: 'is 11 bytes' },
      { line: 2, reason: 'r', record: 'x' },
    ]);
  });

  test('a long line that is not whole is taken back', async () => {
    const letters = new DeadLetterFile(path);
    await letters.write([{ line: 1, reason: 'r', data: Buffer.from('x') }]);
    const long = await letters.openLongLine(2, String);
    await long.write(Buffer.alloc(5000));
    await long.discard();
    await letters.write([{ line: 3, reason: 'r', data: Buffer.from('z') }]);
    await letters.close();
    expect(entries()).toEqual([
      { line: 1, reason: 'r', record: 'x' },
      { line: 3, reason: 'r', record: 'z' },
    ]);
  });

  test('says at once when its folder does not exist, and when it cannot be opened', async () => {
    const missing = new DeadLetterFile(join(folder, 'none', 'dead.ndjson'));
    await expect(missing.check()).rejects.toThrow(/^--dead-letter: ".*["…] cannot be written \(ENOENT\); name a file/);
    const isFolder = new DeadLetterFile(folder);
    await expect(isFolder.write([{ line: 1, reason: 'r', data: Buffer.from('x') }])).rejects.toThrow('(EISDIR)');
    await expect(isFolder.openLongLine(1, String)).rejects.toThrow('(EISDIR)');
  });
});
