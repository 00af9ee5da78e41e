import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { firehoseSender, type FirehoseSender } from '../../../lib/stream/producer';
import { putLines, type PutLinesOptions, type PutLinesResult } from '../../../lib/stream/put-records/put-lines';
import { startFirehose, type FirehoseServer, type FirehoseServerOptions } from '../support/firehose-server';
import { memoryFirehose } from '../support/memory-firehose';
import { QuotaModel } from '../support/quota';

const PAUSE = { first: 1, longest: 2 };

describe('putLines', () => {
  let folder = '';
  let deadLetterPath = '';
  let server: FirehoseServer | undefined;
  let sender: FirehoseSender | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'put-lines-'));
    deadLetterPath = join(folder, 'dead.ndjson');
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  });
  afterEach(async () => {
    sender?.close();
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  async function put(
    input: Readable,
    firehose: FirehoseServerOptions,
    options: Partial<PutLinesOptions> = {},
  ): Promise<PutLinesResult> {
    server = await startFirehose(firehose);
    sender = await firehoseSender({
      stream: 'events',
      region: 'ap-northeast-1',
      endpointUrl: server.url,
      connections: 8,
    });
    return putLines(input, { send: sender.send, fromLine: 1, deadLetterPath, pause: PAUSE, ...options });
  }

  const deadLetters = (): Record<string, unknown>[] =>
    readFileSync(deadLetterPath, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('sends the bytes of every line, without line breaks', async () => {
    const accepted: string[] = [];
    const text = '\uFEFF{"a":"こんにちは"}\r\n\n  \n"é😀"\n[1]';
    const pieces = Array.from(Buffer.from(text), (byte) => Buffer.from([byte]));
    const result = await put(Readable.from(pieces), {
      onAccepted: (records) => accepted.push(...records.map(String)),
    });
    expect(accepted).toEqual(['{"a":"こんにちは"}', '"é😀"', '[1]']);
    expect(result).toMatchObject({ lines: 5, blank: 2, accepted: 3, dead: 0, requests: 1, bytes: 34 });
    expect(result).toMatchObject({ resumeLine: null, deadLetter: null });
    expect(existsSync(deadLetterPath)).toBe(false);
  });

  test('takes records and requests as large as Firehose does, and keeps what is larger', async () => {
    const json = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
    const sizes = [1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_304, 1_024_001, 1_024_000, 5_000_000, 10];
    const seen: number[][] = [];
    const result = await put(Readable.from(sizes.map((size) => Buffer.from(`${json(size)}\n`))), {
      onAccepted: (records) => seen.push(records.map(({ length }) => length)),
    });
    expect(result).toMatchObject({ lines: 9, accepted: 7, dead: 2, resent: 0, resumeLine: null });
    expect(seen).toContainEqual([1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_304]);
    expect(deadLetters().map(({ line, reason }) => [line, reason])).toEqual(
      expect.arrayContaining([
        [6, 'is 1024001 bytes, and a record holds at most 1024000'],
        [8, 'is 5000000 bytes, and a record holds at most 1024000'],
      ]),
    );
    expect(deadLetters().find(({ line }) => line === 6)?.record).toBe(json(1_024_001));
  });

  test('a line longer than a request is kept without being held', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'é');
    const pieces = [Buffer.from('1\n'), ...Array.from({ length: 20 }, () => piece), Buffer.from('\n2\n')];
    const result = await put(Readable.from(pieces), {});
    expect(result).toMatchObject({ lines: 3, accepted: 2, dead: 1, resumeLine: null });
    const [letter] = deadLetters();
    expect(letter?.reason).toBe('is 20971520 bytes, and a record holds at most 1024000');
    expect(Buffer.from(String(letter?.recordBase64), 'base64').equals(Buffer.concat(pieces.slice(1, -1)))).toBe(true);
  });

  test('200,000 records with faults in a tenth: none is lost, none is sent again after it was accepted', async () => {
    const count = 200_000;
    const acceptedTimes = new Uint8Array(count);
    // A fixed sequence (MINSTD), so that a failure can be seen again.
    let seed = 20_261_123;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const faults = { partial: 0, error: 0, reset: 0 };
    const idOf = (record: Buffer): number => Number(/\d+/.exec(record.toString('latin1'))?.[0]);
    const result = await put(
      Readable.from(lines(count)),
      {
        fault: () => {
          const dice = random();
          const kind = dice < 0.03 ? 'reset' : dice < 0.1 ? 'error' : 'partial';
          faults[kind] += 1;
          if (kind === 'reset') return { kind };
          if (kind === 'partial') return { kind, failed: () => random() < 0.1 };
          const type = dice < 0.06 ? 'ThrottlingException' : 'ServiceUnavailableException';
          return { kind, status: type === 'ThrottlingException' ? 400 : 503, type };
        },
        onAccepted: (records) => {
          for (const record of records) acceptedTimes[idOf(record)] = (acceptedTimes[idOf(record)] ?? 0) + 1;
        },
      },
      { maxAttempts: 20 },
    );
    expect(result.failure).toBeUndefined();
    expect(result).toMatchObject({ lines: count, accepted: count, dead: 0, resumeLine: null });
    expect(acceptedTimes.every((times) => times === 1)).toBe(true);
    expect(result.resent).toBeGreaterThan(count / 10);
    expect(Math.min(faults.partial, faults.error, faults.reset)).toBeGreaterThan(0);
  }, 240_000);

  test('a quota: every line accepted once, however it is refused', async () => {
    const count = 6_000;
    const acceptedTimes = new Array<number>(count).fill(0);
    // So low that a machine which does much else goes over it, too.
    const model = new QuotaModel(() => performance.now(), { records: 1_500, requests: 200 }, 0.5);
    const result = await put(Readable.from(lines(count)), {
      fault: ({ records }) => {
        const refused = model.put(records.map(({ length }) => length));
        if (refused === undefined) return { kind: 'error', status: 503, type: 'ServiceUnavailableException' };
        return { kind: 'partial', failed: (_, index) => refused[index] === true };
      },
      onAccepted: (records) => {
        for (const record of records) {
          const id = Number(/\d+/.exec(record.toString('latin1'))?.[0]);
          acceptedTimes[id] = (acceptedTimes[id] ?? 0) + 1;
        }
      },
    });
    expect(result).toMatchObject({ lines: count, accepted: count, dead: 0, resumeLine: null });
    expect(acceptedTimes.every((times) => times === 1)).toBe(true);
    expect(result.resent).toBeGreaterThan(0);
  }, 60_000);

  test.each([
    ['a service in trouble', { kind: 'error' as const, status: 503, type: 'ServiceUnavailableException' }],
    ['every record of every request refused', { kind: 'partial' as const, failed: () => true }],
    ['connections that break', { kind: 'reset' as const }],
  ])('an outage from the start writes nothing dead: %s', async (_, fault) => {
    let requests = 0;
    const counted = (): typeof fault => {
      requests += 1;
      return fault;
    };
    const result = await put(Readable.from(lines(6_000)), { fault: counted });
    expect(result).toMatchObject({ accepted: 0, dead: 0, resumeLine: 1, deadLetter: null });
    expect((result.failure as Error).name).toBe('NothingAcceptedError');
    expect(requests).toBe(10);
    expect(existsSync(deadLetterPath)).toBe(false);
  });

  test('an outage on the way writes nothing dead, and no line is lost or sent twice after it', async () => {
    const accepted: string[] = [];
    let requests = 0;
    const onAccepted = (records: readonly Buffer[]): void => void accepted.push(...records.map(String));
    const first = await put(Readable.from(lines(20_000)), {
      onAccepted,
      fault: () =>
        ++requests > 12 ? { kind: 'partial', failed: () => true } : { kind: 'partial', failed: (_, i) => i % 10 === 0 },
    });
    expect(first).toMatchObject({ dead: 0, deadLetter: null });
    expect((first.failure as Error).message).toBe('ServiceUnavailableException: Slow down.');
    await server?.close();
    const second = await put(Readable.from(lines(20_000)), { onAccepted }, { fromLine: first.resumeLine ?? 0 });
    expect(second).toMatchObject({ dead: 0, resumeLine: null });
    expect(new Set(accepted).size).toBe(20_000);
  });

  test.each([
    [
      'counts failures that it does not show',
      { FailedPutCount: 2, RequestResponses: Array(3).fill({ RecordId: 'a' }) },
    ],
    ['has fewer entries than records', { FailedPutCount: 0, RequestResponses: [{ RecordId: 'a' }] }],
  ])('an answer that %s is no acceptance', async (_, body) => {
    const result = await put(Readable.from([Buffer.from('1\n2\n3\n')]), {
      fault: () => ({ kind: 'answer', status: 200, body }),
    });
    expect(result).toMatchObject({ accepted: 0, dead: 0, resumeLine: 1, requests: 1 });
    expect((result.failure as Error).name).toBe('AnswerError');
  });

  test('a start behind the end is an error; right behind the last line there is nothing left to send', async () => {
    const text = (): Readable => Readable.from([Buffer.from('1\n2\n')]);
    const beyond = await put(text(), {}, { fromLine: 4 });
    expect(String(beyond.failure)).toContain('--from-line: 4 is beyond the end of the input, which has 2 lines');
    expect(await put(text(), {}, { fromLine: 3 })).toMatchObject({ lines: 0, accepted: 0, resumeLine: null });
    expect(await put(text(), {}, { fromLine: 2 })).toMatchObject({ lines: 1, accepted: 1 });
  });

  test('what fails every time is kept with its line and reason', async () => {
    const result = await put(
      Readable.from([Buffer.from('{"a":1}\nnope\n{"bad":1}\n{"a":2}\n')]),
      { fault: () => ({ kind: 'partial', failed: (record) => record.includes('bad') }) },
      { maxAttempts: 3 },
    );
    expect(result).toMatchObject({
      lines: 4,
      accepted: 2,
      dead: 2,
      resent: 2,
      requests: 3,
      deadLetter: deadLetterPath,
    });
    expect(deadLetters()).toEqual([
      { line: 2, reason: expect.stringMatching(/^is not JSON/) as unknown, record: 'nope' },
      { line: 3, reason: 'failed 3 times (ServiceUnavailableException: Slow down.)', record: '{"bad":1}' },
    ]);
  });

  test('access denied ends it where it began, and nothing is given up', async () => {
    let requests = 0;
    const result = await put(Readable.from(lines(10_000)), {
      fault: () => (++requests > 3 ? { kind: 'error', status: 400, type: 'AccessDeniedException' } : undefined),
    });
    expect(result).toMatchObject({ accepted: 1500, dead: 0, deadLetter: null });
    expect(result.resumeLine).toBeLessThanOrEqual(1501);
    expect((result.failure as Error).name).toBe('AccessDeniedException');
    expect(requests).toBeLessThanOrEqual(3 + 8);
  });

  test('a stop leaves no gap: resuming sends every line once', async () => {
    const accepted: string[] = [];
    const stop = new AbortController();
    const onAccepted = (records: readonly Buffer[]): void => {
      accepted.push(...records.map(String));
      if (accepted.length > 4000) stop.abort();
    };
    const fault = (): { kind: 'partial'; failed: (_: Buffer, index: number) => boolean } => ({
      kind: 'partial',
      failed: (_, index) => index % 7 === 3,
    });
    const first = await put(
      Readable.from(lines(20_000)),
      { onAccepted, fault },
      { stop: stop.signal, maxAttempts: 50 },
    );
    expect(first.accepted).toBe(accepted.length);
    expect(first.resumeLine).toBe(accepted.length + 1);
    await server?.close();
    const second = await put(Readable.from(lines(20_000)), { onAccepted }, { fromLine: first.resumeLine ?? 0 });
    expect(second).toMatchObject({ resumeLine: null, lines: 20_000 - first.accepted });
    expect(new Set(accepted).size).toBe(20_000);
    expect(accepted).toHaveLength(20_000);
  });

  test('a stop does not take half a line for a whole one', async () => {
    const stop = new AbortController();
    const { send, requests } = memoryFirehose(() => {
      stop.abort();
      return [];
    });
    const input = new Readable({ read: () => undefined });
    input.push(Buffer.from('1\n'.repeat(500) + '12'));
    const result = await putLines(input, { send, fromLine: 1, deadLetterPath, stop: stop.signal });
    expect(requests).toHaveLength(1);
    expect(result).toMatchObject({ accepted: 500, resumeLine: 501 });
    expect(input.destroyed).toBe(true);
  });

  test('a stop takes half of a long line back', async () => {
    const stop = new AbortController();
    const { send } = memoryFirehose();
    const input = new Readable({ read: () => undefined });
    input.push(Buffer.from('1\n'));
    input.push(Buffer.alloc(5_000_000, 'x'));
    const result = await putLines(input, {
      send,
      fromLine: 1,
      deadLetterPath,
      stop: stop.signal,
      linger: 20,
      onProgress: () => {
        stop.abort();
      },
    });
    expect(result).toMatchObject({ accepted: 1, dead: 0, resumeLine: 2, deadLetter: null });
    expect(existsSync(deadLetterPath) ? readFileSync(deadLetterPath, 'utf8') : '').toBe('');
  });

  test('a dead letter that cannot be kept stops the run before its line', async () => {
    const { send } = memoryFirehose();
    const input = Readable.from([Buffer.from('1\nnope\n2\n')]);
    const result = await putLines(input, { send, fromLine: 1, deadLetterPath: folder });
    expect(result).toMatchObject({ dead: 0, resumeLine: 2 });
    expect(String(result.failure)).toContain('EISDIR');
  });

  test('an input that breaks says from where to resume', async () => {
    const { send } = memoryFirehose();
    async function* breaks(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from('1\n'.repeat(700)));
      throw new Error('EIO');
    }
    const result = await putLines(Readable.from(breaks()), { send, fromLine: 1, deadLetterPath });
    expect(result).toMatchObject({ accepted: 500, resumeLine: 501 });
    expect(String(result.failure)).toContain('EIO');
  });
});

function* lines(count: number): Generator<Buffer> {
  const perChunk = 1000;
  for (let first = 0; first < count; first += perChunk) {
    const numbers = Array.from({ length: Math.min(perChunk, count - first) }, (_, index) => first + index);
    yield Buffer.from(numbers.map((id) => `{"id":${id},"text":"こんにちは"}\n`).join(''));
  }
}
