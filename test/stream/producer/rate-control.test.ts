import fc from 'fast-check';
import { growth, SendRate } from '../../../lib/stream/producer/send-rate';
import { random } from '../support/random';
import { simulate } from '../support/simulation';

const MB = 1_000_000;

describe('the producer against a quota', () => {
  test.each([
    ['bytes, what fits is taken', { quota: { bytes: MB } }, MB],
    ['bytes, a request fits or not', { quota: { bytes: 10 * MB }, refusal: 'whole' as const }, 10 * MB],
    ['bytes, a small bucket', { quota: { bytes: 2 * MB }, burst: 0.25 }, 2 * MB],
    ['records', { quota: { records: 2_000 } }, 2_000 * 500],
    ['requests', { quota: { requests: 40 } }, 40 * 500 * 500],
    ['a slower connection', { quota: { bytes: 2 * MB }, latency: 40 }, 2 * MB],
  ])(
    '%s: at 90 % of it within 5 seconds, and little is refused then',
    async (_, simulated, quota) => {
      const seen = await simulate({ seconds: 20, ...simulated });
      expect(seen.accepted(5, 7)).toBeGreaterThan(0.9 * quota);
      expect(seen.accepted(5, 20)).toBeGreaterThan(0.95 * quota);
      expect(seen.refused(5, 20)).toBeLessThan(0.05);
      expect(seen.rejected).toBe(0);
    },
    60_000,
  );

  test.each([0.1, 0.5, 2, 4])(
    'a quota that becomes %f times as large: at 90 %% of it within 5 seconds',
    async (times) => {
      const changed = 2 * MB * times;
      const seen = await simulate({ seconds: 40, quota: { bytes: 2 * MB }, changes: [[15, { bytes: changed }]] });
      expect(seen.accepted(20, 22)).toBeGreaterThan(0.9 * changed);
      expect(seen.accepted(20, 40)).toBeGreaterThan(0.95 * changed);
      expect(seen.refused(20, 40)).toBeLessThan(0.05);
      expect(seen.rejected).toBe(0);
    },
    60_000,
  );

  test('producers that share a quota use all of it, and none starves', async () => {
    const seen = await simulate({ seconds: 60, quota: { bytes: 4 * MB }, starts: [0, 0.1, 0.2, 10] });
    const shares = [0, 1, 2, 3].map((producer) => seen.accepted(30, 60, producer) / (4 * MB));
    expect(shares.reduce((sum, share) => sum + share)).toBeGreaterThan(0.95);
    expect(Math.min(...shares)).toBeGreaterThan(0.05);
    expect(seen.refused(30, 60)).toBeLessThan(0.1);
    expect(seen.rejected).toBe(0);
  }, 60_000);
});

describe('the producer against steady faults', () => {
  const free = { seconds: 5, wire: 10 * MB } as const;

  test.each([
    [0.1, 'ServiceUnavailableException'],
    [0.3, 'ServiceUnavailableException'],
    [0.5, 'InternalFailure'],
  ])(
    '%f of all records fail with %s: it is no slower for that',
    async (failing, failingCode) => {
      const fast = (await simulate(free)).accepted(0, 5);
      const seen = await simulate({ ...free, failing, failingCode });
      expect(seen.accepted(0, 5)).toBeGreaterThan(0.8 * (1 - failing) * fast);
    },
    60_000,
  );

  test('faults and a quota together: all of the quota is used', async () => {
    const seen = await simulate({ seconds: 20, quota: { bytes: 2 * MB }, failing: 0.1 });
    expect(seen.accepted(5, 20)).toBeGreaterThan(0.9 * 0.9 * 2 * MB);
    expect(seen.refused(5, 20)).toBeLessThan(0.1 + 0.05 + 0.05);
  }, 60_000);
});

/** Of so many records, the share that fails if each does so by itself: the sum of twelve dice is nearly normal. */
function refusedByChance(records: number, share: number, dice: () => number): number {
  const normal = Array.from({ length: 12 }, dice).reduce((sum, die) => sum + die, -6);
  return share + normal * Math.sqrt((share * (1 - share)) / records);
}

describe('SendRate', () => {
  /** Replies every 10 ms from so many milliseconds on, to requests that were sent 5 ms before. */
  function feed(rate: SendRate, refused: readonly number[], from: number, sentAt?: number): void {
    refused.forEach((share, index) => {
      const now = from + index * 10;
      const reply = { rate: rate.bytesPerSecond, bytes: 100_000, records: 500, refused: share };
      rate.learn({ ...reply, sentAt: sentAt ?? now - 5 }, now);
    });
  }
  const overloaded = (): SendRate => {
    const rate = new SendRate(0);
    feed(rate, [0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0);
    return rate;
  };

  test('whatever comes back, the rate is a positive number, and nothing refused means no limit', () => {
    const replies = fc.array(fc.tuple(fc.constantFrom(0, 0.01, 0.3, 1), fc.nat(500)), { maxLength: 200 });
    fc.assert(
      fc.property(replies, (seen) => {
        const rate = new SendRate(0);
        let now = 0;
        for (const [refused, milliseconds] of seen) {
          now += milliseconds;
          rate.hold();
          feed(rate, [refused], now);
          expect(rate.bytesPerSecond).toBeGreaterThan(0);
        }
        if (seen.every(([refused]) => refused === 0)) expect(rate.bytesPerSecond).toBe(Infinity);
      }),
    );
  });

  test.each([0.02, 0.1, 0.3, 0.5])(
    '%f of records refused by chance, a hundred times anew: it is not slowed down',
    (share) => {
      const slowed = Array.from({ length: 100 }, (_, seed) => seed).filter((seed) => {
        const rate = new SendRate(0);
        const dice = random(seed);
        const replies = Array.from({ length: 1_000 }, () => refusedByChance(500, share, dice));
        feed(rate, replies, 0);
        return rate.bytesPerSecond !== Infinity;
      });
      expect(slowed).toEqual([]);
    },
  );

  test('no rate is learned from a service that accepts nothing: that is an outage', () => {
    const rate = new SendRate(0);
    feed(rate, Array<number>(50).fill(1), 0);
    expect(rate.bytesPerSecond).toBe(Infinity);
  });

  test('replies to what was sent before a step back do not make it step back again', () => {
    const rate = overloaded();
    const limit = rate.bytesPerSecond;
    expect(limit).toBeLessThan(Infinity);
    feed(rate, Array<number>(10).fill(1), 1_000, 50);
    expect(rate.bytesPerSecond).toBe(limit);
    feed(rate, Array<number>(10).fill(1), 1_500);
    expect(rate.bytesPerSecond).toBeLessThan(limit);
  });

  test('time raises it only while it holds something back', () => {
    const rate = overloaded();
    const limit = rate.bytesPerSecond;
    feed(rate, [0], 5_000);
    expect(rate.bytesPerSecond).toBe(limit);
    rate.hold();
    feed(rate, [0], 10_000);
    expect(rate.bytesPerSecond).toBeGreaterThan(limit);
  });

  test('grows from a tenth below what was accepted, ever faster, and never falls', () => {
    expect(growth(0, 500)).toBeCloseTo(0.9);
    expect(growth(1_000, 500)).toBeCloseTo(1);
    expect(growth(2_000, 500)).toBeCloseTo(1.1);
    expect(growth(3_500, 500)).toBeCloseTo(4 * growth(2_500, 500));
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(1_000), (at, more) => {
        expect(growth(at + more, 500)).toBeGreaterThanOrEqual(growth(at, 500));
      }),
    );
  });
});
