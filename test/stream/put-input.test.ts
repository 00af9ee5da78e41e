import { tmpdir } from 'node:os';
import { defaultDeadLetterPath, openInput, refuseSameFile } from '../../lib/stream/put-input';

test.each([
  ['events.ndjson', 'events.ndjson.dead-letter.ndjson'],
  ['/data/events.ndjson', '/data/events.ndjson.dead-letter.ndjson'],
  ['-', 'clicks.dead-letter.ndjson'],
])('dead letters of %s go to %s', (file, expected) => {
  expect(defaultDeadLetterPath(file, 'clicks')).toBe(expected);
});

test('dead letters do not go where they are read from', () => {
  expect(() => {
    refuseSameFile('events.ndjson', './events.ndjson');
  }).toThrow('--dead-letter: "./events.ndjson" is the input itself; name another file');
  expect(() => {
    refuseSameFile('-', '-');
  }).not.toThrow();
});

test('a folder is no input', async () => {
  await expect(openInput(tmpdir())).rejects.toThrow('cannot be read (EISDIR)');
});
