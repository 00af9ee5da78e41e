import { putRecords } from '../../../lib/stream/producer/producer';
import type { PutRecordBatch } from '../../../lib/stream/producer/send-error';
import { collect, jumpingClock, memoryFirehose, serviceError, slowDown, textRecords } from '../support/memory-firehose';

const texts = (records: readonly { readonly data: Uint8Array }[]): string[] =>
  records.map(({ data }) => Buffer.from(data).toString());
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));
/** Nothing waits for the real clock. */
const quick = (): { clock: ReturnType<typeof jumpingClock>; random: () => number } => ({
  clock: jumpingClock(),
  random: () => 0.5,
});

async function* oneByOne<T>(items: readonly T[], taken?: (index: number) => void): AsyncGenerator<T> {
  for (const [index, item] of items.entries()) {
    taken?.(index);
    yield await Promise.resolve(item);
  }
}

describe('putRecords', () => {
  test('fills requests to 500 records, whether the source gives one or many at a time', async () => {
    for (const source of [textRecords(...numbered(1200)), [textRecords(...numbered(1200))]]) {
      const { send, requests } = memoryFirehose();
      const { accepted, sent, resent } = await collect(putRecords(source, { send }));
      expect(requests.map(({ length }) => length)).toEqual([500, 500, 200]);
      expect(texts(accepted)).toEqual(numbered(1200));
      expect([sent, resent]).toEqual([1200, 0]);
    }
  });

  test('sends nothing for an empty source', async () => {
    const { send, requests } = memoryFirehose();
    expect(await collect(putRecords([], { send }))).toMatchObject({ accepted: [], sent: 0 });
    expect(requests).toEqual([]);
  });

  test('resends exactly the records that failed, with new ones beside them', async () => {
    const { send, requests } = memoryFirehose((_, call) => (call === 1 ? [1, 499] : []));
    const options = { send, inFlight: 1, ...quick() };
    const { accepted, resent } = await collect(putRecords(textRecords(...numbered(600)), options));
    expect(requests[1]?.filter((text) => Number(text) < 500)).toEqual(['1', '499']);
    expect(new Set(texts(accepted))).toEqual(new Set(numbered(600)));
    expect([accepted.length, resent]).toEqual([600, 2]);
  });

  test.each(['ThrottlingException', 'LimitExceededException', 'ServiceUnavailableException', 'ECONNRESET'])(
    '%s is waited out',
    async (name) => {
      const error =
        name === 'ECONNRESET' ? Object.assign(new Error('socket hang up'), { code: name }) : serviceError(name, 400);
      const { send, requests } = memoryFirehose((_, call) => {
        if (call <= 3) throw error;
        return [];
      });
      const options = { send, ...quick() };
      const { accepted, resent } = await collect(putRecords(textRecords('a', 'b'), options));
      expect(texts(accepted)).toEqual(['a', 'b']);
      expect(requests).toHaveLength(4);
      expect(resent).toBe(6);
      expect(options.clock.now()).toBe(0.75 * (50 + 100 + 200));
    },
  );

  test('gives a record up after its attempts, and only that', async () => {
    const { send, requests } = memoryFirehose((records) =>
      records.flatMap((text, index) => (text === 'b' ? [index] : [])),
    );
    const { accepted, rejected } = await collect(
      putRecords(textRecords('a', 'b', 'c'), { send, maxAttempts: 3, ...quick() }),
    );
    expect(texts(accepted)).toEqual(['a', 'c']);
    expect(rejected).toEqual([
      { record: textRecords('b')[0], reason: 'failed 3 times (ServiceUnavailableException: Slow down.)' },
    ]);
    expect(requests).toEqual([['a', 'b', 'c'], ['b'], ['b']]);
  });

  test('what is refused or too large is never sent, and comes back in its turn', async () => {
    const { send, requests } = memoryFirehose();
    const large = { data: Buffer.alloc(1_024_001) };
    const source = [
      ...textRecords('a'),
      { data: Buffer.from('x'), refusal: 'is not JSON' },
      large,
      ...textRecords('b'),
    ];
    const { rejected } = await collect(putRecords(source, { send }));
    expect(rejected.map(({ reason }) => reason)).toEqual([
      'is not JSON',
      'is 1024001 bytes, and a record holds at most 1024000',
    ]);
    expect(requests).toEqual([['a', 'b']]);
  });

  test('an error that concerns every record ends it, after everything has come back', async () => {
    const { send } = memoryFirehose((_, call) => {
      if (call === 2) throw serviceError('AccessDeniedException', 400);
      return [];
    });
    const back: Record<string, number> = { accepted: 0, unsettled: 0 };
    const run = async (): Promise<void> => {
      for await (const { accepted, unsettled } of putRecords(textRecords(...numbered(2000)), { send, inFlight: 1 })) {
        back.accepted = (back.accepted ?? 0) + accepted.length;
        back.unsettled = (back.unsettled ?? 0) + unsettled.length;
      }
    };
    await expect(run()).rejects.toThrow('AccessDeniedException');
    // The request, and the record after it: a batch that was full had been begun.
    expect(back.accepted).toBe(500);
    expect(back.unsettled).toBeGreaterThanOrEqual(500);
  });

  test('a source that fails ends it, after everything has come back', async () => {
    const { send } = memoryFirehose();
    async function* source(): AsyncGenerator<{ data: Buffer }> {
      yield* oneByOne(textRecords(...numbered(600)));
      throw new Error('EIO');
    }
    const seen: number[] = [];
    const run = async (): Promise<void> => {
      for await (const { accepted, unsettled } of putRecords(source(), { send })) {
        seen.push(accepted.length + unsettled.length);
      }
    };
    await expect(run()).rejects.toThrow('EIO');
    expect(seen.reduce((sum, count) => sum + count, 0)).toBe(600);
  });

  test('an outage stops it: the input is not given up record by record', async () => {
    const { send, requests } = memoryFirehose(() => {
      throw serviceError('ServiceUnavailableException', 503);
    });
    const counts = { rejected: 0, unsettled: 0, taken: 0 };
    const options = { send, maxAttempts: 4, inFlight: 3, ...quick() };
    const source = oneByOne(textRecords(...numbered(20_000)), () => (counts.taken += 1));
    const run = async (): Promise<void> => {
      for await (const settlement of putRecords(source, options)) {
        counts.rejected += settlement.rejected.length;
        counts.unsettled += settlement.unsettled.length;
      }
    };
    await expect(run()).rejects.toThrow('ServiceUnavailableException for the test');
    expect(counts.rejected).toBe(0);
    expect(counts.unsettled).toBe(counts.taken);
    expect(counts.taken).toBeLessThanOrEqual(1001);
    expect(requests).toHaveLength(4);
  });

  test('reads no further than it can send', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let taken = 0;
    let started = 0;
    const send: PutRecordBatch = async () => {
      started += 1;
      // More than one is in flight only after one was accepted.
      if (started === 1) return [];
      if (started === 3) setImmediate(release);
      await held;
      takenWhileHeld ??= taken;
      return [];
    };
    let takenWhileHeld: number | undefined;
    await collect(
      putRecords(
        oneByOne(textRecords(...numbered(10_000)), (index) => (taken = index + 1)),
        { send, inFlight: 2 },
      ),
    );
    // One that was accepted, two in flight and the batch that waits for its turn.
    expect(takenWhileHeld).toBeLessThanOrEqual(2001);
    expect(taken).toBe(10_000);
  });

  test('keeps no more than so many bytes in flight', async () => {
    let bytes = 0;
    let most = 0;
    const send: PutRecordBatch = async (records) => {
      const size = records.reduce((sum, { length }) => sum + length, 0);
      most = Math.max(most, (bytes += size));
      await new Promise(setImmediate);
      bytes -= size;
      return [];
    };
    const data = Buffer.alloc(1_000_000);
    const source = Array.from({ length: 40 }, () => ({ data }));
    await collect(putRecords(source, { send, bytesInFlight: 8_000_000 }));
    expect(most).toBe(8_000_000);
  });

  test('does not let a slow source keep records waiting', async () => {
    const { send, requests } = memoryFirehose();
    const { clock } = quick();
    async function* slow(): AsyncGenerator<{ data: Buffer }> {
      yield* textRecords('a', 'b');
      await new Promise<void>((resolve) => clock.schedule(5000, resolve));
      yield* textRecords('c');
    }
    await collect(putRecords(slow(), { send, linger: 1000, clock }));
    expect(requests).toEqual([['a', 'b'], ['c']]);
  });

  test('a stop takes no more, resends what failed, and gives back the rest', async () => {
    const stop = new AbortController();
    const { send, requests } = memoryFirehose((_, call) => {
      if (call === 1) stop.abort();
      return call === 1 ? [0, 7] : [];
    });
    const options = { send, inFlight: 1, stop: stop.signal, ...quick() };
    const { accepted, unsettled } = await collect(putRecords([textRecords(...numbered(1200))], options));
    expect(requests[1]).toEqual(['0', '7']);
    expect(accepted).toHaveLength(500);
    expect(texts(unsettled).sort()).toEqual(numbered(1200).slice(500).sort());
  });

  test('a stop does not wait for a source that hangs', async () => {
    const stop = new AbortController();
    const { send } = memoryFirehose();
    async function* hangs(): AsyncGenerator<{ data: Buffer }> {
      yield* textRecords('a');
      stop.abort();
      await new Promise(() => undefined);
    }
    const { unsettled } = await collect(putRecords(hangs(), { send, stop: stop.signal }));
    expect(texts(unsettled)).toEqual(['a']);
  });

  test('an abort does not even wait for what is in flight', async () => {
    const abort = new AbortController();
    const send: PutRecordBatch = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
        abort.abort();
      });
    const { accepted, unsettled } = await collect(putRecords(textRecords('a'), { send, abort: abort.signal }));
    expect([accepted, texts(unsettled)]).toEqual([[], ['a']]);
  });

  test('a consumer that leaves ends the requests in flight and closes the source', async () => {
    let isClosed = false;
    let isAborted = false;
    async function* source(): AsyncGenerator<{ data: Buffer }[]> {
      try {
        for (;;) yield await Promise.resolve(textRecords(...numbered(500)));
      } finally {
        isClosed = true;
      }
    }
    const send: PutRecordBatch = (_, signal) => {
      signal.addEventListener('abort', () => (isAborted = true));
      return Promise.resolve([]);
    };
    for await (const { accepted } of putRecords(source(), { send })) if (accepted.length > 0) break;
    await new Promise(setImmediate);
    expect([isClosed, isAborted]).toEqual([true, true]);
  });

  test('finds the pace of a quota without losing a record', async () => {
    const clock = jumpingClock();
    const quota = 1000;
    let tokens = 0;
    let filledAt = 0;
    // Accepts 1,000 records a second, as a throttled stream does: from the front of the request, until it has enough.
    const send: PutRecordBatch = async (records) => {
      await new Promise<void>((resolve) => clock.schedule(5, resolve));
      tokens = Math.min(quota, tokens + ((clock.now() - filledAt) * quota) / 1000);
      filledAt = clock.now();
      const taken = Math.min(records.length, Math.floor(tokens));
      tokens -= taken;
      return records.slice(taken).map((_, index) => slowDown(taken + index));
    };
    const options = { send, clock, random: () => 0.5 };
    const { accepted, rejected } = await collect(putRecords([textRecords(...numbered(50_000))], options));
    expect([accepted.length, rejected.length]).toEqual([50_000, 0]);
    // Not far from the 50 seconds that the quota needs.
    expect(clock.now()).toBeLessThan(75_000);
  });
});
