import fc from 'fast-check';
import { LineReader } from '../../../lib/stream/put-records/line-reader';

interface Read {
  readonly lines: readonly (readonly [number, string])[];
  readonly long: readonly string[];
  readonly lastLine: number;
}

async function read(chunks: readonly Uint8Array[], { fromLine = 1, longestHeld = 1000 } = {}): Promise<Read> {
  const long: string[] = [];
  const reader = new LineReader({
    fromLine,
    longestHeld,
    openLongLine: (number) => {
      let text = '';
      return Promise.resolve({
        write: (piece) => Promise.resolve(void (text += piece.toString('latin1'))),
        end: () => Promise.resolve(void long.push(`${number}:${text}`)),
        discard: () => Promise.resolve(void long.push(`${number} discarded`)),
      });
    },
  });
  const lines: (readonly [number, string])[] = [];
  for await (const some of reader.read(asStream(chunks))) {
    lines.push(...some.map(({ number, data }) => [number, data.toString()] as const));
  }
  return { lines, long, lastLine: reader.lastLine };
}

async function* asStream(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const bytes = (text: string): Buffer => Buffer.from(text);

describe('LineReader', () => {
  test.each([
    ['LF', 'a\nb\n', ['a', 'b']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['no final line break', 'a\nb', ['a', 'b']],
    ['blank lines', '\na\n\n', ['', 'a', '']],
    ['a byte order mark', '\uFEFFa\n\uFEFFb', ['a', '\uFEFFb']],
    ['a carriage return that ends no line', 'a\rb\n', ['a\rb']],
    ['nothing', '', []],
  ])('%s', async (_, text, expected) => {
    const { lines } = await read([bytes(text)]);
    expect(lines).toEqual(expected.map((line, index) => [index + 1, line]));
  });

  test('the same lines wherever the chunks are cut, characters of many bytes included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''))),
        fc.array(fc.nat(200)),
        async (texts, cuts) => {
          const whole = bytes(texts.map((text) => `${text}\n`).join(''));
          const places = [...cuts.map((cut) => Math.min(cut, whole.length)), 0, whole.length].sort((a, b) => a - b);
          const chunks = places.slice(1).map((end, index) => whole.subarray(places[index], end));
          const { lines } = await read(chunks);
          // A byte order mark before the first line is not part of it.
          expect(lines.map(([, text]) => text)).toEqual(
            texts.map((text, index) =>
              index === 0
                ? bytes(text)
                    .toString()
                    .replace(/^\uFEFF/, '')
                : bytes(text).toString(),
            ),
          );
        },
      ),
    );
  });

  test('skips to a line, and keeps its number', async () => {
    const { lines, lastLine } = await read([bytes('a\nb'), bytes('b\nc\nd')], { fromLine: 3 });
    expect(lines).toEqual([
      [3, 'c'],
      [4, 'd'],
    ]);
    expect(lastLine).toBe(4);
  });

  test('a line too long to hold goes piece by piece, after the lines before it', async () => {
    const chunks = ['a\n0123', '4567', '89\nb\n'].map(bytes);
    expect(await read(chunks, { longestHeld: 6 })).toEqual({
      lines: [
        [1, 'a'],
        [3, 'b'],
      ],
      long: ['2:0123456789'],
      lastLine: 3,
    });
  });

  test('a line too long to hold may be the last', async () => {
    const { lines, long } = await read(['0123', '4567'].map(bytes), { longestHeld: 6 });
    expect(lines).toEqual([]);
    expect(long).toEqual(['1:01234567']);
  });

  test('gives a long line up when the input breaks', async () => {
    const discarded: number[] = [];
    const reader = new LineReader({
      fromLine: 1,
      longestHeld: 2,
      openLongLine: (number) =>
        Promise.resolve({
          write: () => Promise.resolve(),
          end: () => Promise.reject(new Error('not whole')),
          discard: () => Promise.resolve(void discarded.push(number)),
        }),
    });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytes('0123'));
      throw new Error('EIO');
    }
    await expect(reader.read(broken()).next()).rejects.toThrow('EIO');
    expect(discarded).toEqual([1]);
  });
});
