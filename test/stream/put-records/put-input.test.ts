import { join } from 'node:path';
import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { defaultDeadLetterPath, openInput, refuseSameFile } from '../../../lib/stream/put-records/put-input';

test.each([
  ['events.ndjson', 'events.ndjson.dead-letter.ndjson'],
  ['/data/events.ndjson', '/data/events.ndjson.dead-letter.ndjson'],
  ['-', 'clicks.dead-letter.ndjson'],
])('dead letters of %s go to %s', (file, expected) => {
  expect(defaultDeadLetterPath(file, 'clicks')).toBe(expected);
});

test('dead letters do not go where they are read from, by whatever name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  const [input, symbolic, hard] = ['events.ndjson', 'symbolic', 'hard'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    writeFileSync(input, '{}');
    symlinkSync(input, symbolic);
    linkSync(input, hard);
    for (const deadLetter of [input, join(folder, '.', 'events.ndjson'), symbolic, hard]) {
      expect(() => {
        refuseSameFile(input, deadLetter);
      }).toThrow(`--dead-letter: ${JSON.stringify(deadLetter).slice(0, 20)}`);
    }
    expect(() => {
      refuseSameFile(input, join(folder, 'dead.ndjson'));
      refuseSameFile('-', join(folder, 'dead.ndjson'));
    }).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a folder is no input', async () => {
  await expect(openInput(tmpdir())).rejects.toThrow('cannot be read (EISDIR)');
});
