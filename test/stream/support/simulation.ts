import { putRecords, type PutRecordBatch, type PutRecordsOptions } from '../../../lib/stream/producer';
import { slowDown, serviceError } from './memory-firehose';
import { QuotaModel, type Quota, type Refusal } from './quota';
import { random } from './random';
import { VirtualClock } from './virtual-clock';

export interface Simulated {
  /** In seconds of the simulation. */
  readonly seconds: number;
  readonly quota?: Quota;
  /** How many seconds of the quota may come at once. */
  readonly burst?: number;
  readonly refusal?: Refusal;
  /** At which second the quota becomes what. */
  readonly changes?: readonly (readonly [number, Quota])[];
  /** The share of records that fails whatever the rate, 0 to 1, and with which code. */
  readonly failing?: number;
  readonly failingCode?: string;
  /** When each producer starts, in seconds. One at 0 unless given. */
  readonly starts?: readonly number[];
  readonly recordBytes?: number;
  /** In milliseconds, give or take a quarter. */
  readonly latency?: number;
  /** What the server and the network take in bytes a second, whatever the quota: requests wait for it. */
  readonly wire?: number;
  readonly options?: Partial<PutRecordsOptions>;
}

export interface Seen {
  /** Accepted between two seconds, in bytes a second; of one producer, or of all. */
  accepted(from: number, to: number, producer?: number): number;
  /** The share of what was sent that was refused, 0 to 1. */
  refused(from: number, to: number): number;
  readonly rejected: number;
  readonly requests: number;
}

const SLOT = 250;

/** The producer itself, with time and Firehose simulated: sends without end, and counts what comes of it. */
export async function simulate(simulated: Simulated): Promise<Seen> {
  const { seconds, quota = {}, burst = 1, refusal = 'part', starts = [0], recordBytes = 500, latency = 20 } = simulated;
  const clock = new VirtualClock();
  const dice = random(1);
  const model = new QuotaModel(() => clock.now(), quota, burst, refusal);
  for (const [second, changed] of simulated.changes ?? []) {
    clock.schedule(second * 1000, () => {
      model.change(changed);
    });
  }
  const slots = starts.map(() => ({ accepted: [] as number[], refused: [] as number[] }));
  const counts = { rejected: 0, requests: 0 };
  const stop = new AbortController();
  let wireFreeAt = 0;

  const sendOf =
    (producer: number): PutRecordBatch =>
    async (records) => {
      const half = (latency * (0.75 + dice() / 2)) / 2;
      await clock.wait(half);
      counts.requests += 1;
      const sizes = records.map(({ length }) => length);
      const refused = model.put(sizes);
      const faulty = sizes.map(() => dice() < (simulated.failing ?? 0));
      const fails = sizes.map((_, index) => refused?.[index] ?? refused === undefined);
      count(producer, sizes, (index) => fails[index] === true || faulty[index] === true);
      if (simulated.wire !== undefined) {
        const bytes = sizes.reduce((sum, size) => sum + size, 0);
        wireFreeAt = Math.max(wireFreeAt, clock.now()) + (bytes * 1000) / simulated.wire;
        await clock.wait(Math.max(half, wireFreeAt - clock.now()));
      } else {
        await clock.wait(half);
      }
      if (refused === undefined) throw serviceError('ServiceUnavailableException', 503);
      return sizes.flatMap((_, index) => {
        if (fails[index] === true) return [slowDown(index)];
        if (faulty[index] !== true) return [];
        return [{ ...slowDown(index), code: simulated.failingCode ?? 'ServiceUnavailableException' }];
      });
    };

  function count(producer: number, sizes: readonly number[], isRefused: (index: number) => boolean): void {
    const slot = Math.floor(clock.now() / SLOT);
    const { accepted, refused } = slots[producer] ?? { accepted: [], refused: [] };
    sizes.forEach((size, index) => {
      const into = isRefused(index) ? refused : accepted;
      into[slot] = (into[slot] ?? 0) + size;
    });
  }

  const data = Buffer.alloc(recordBytes);
  const many = Array.from({ length: 500 }, () => ({ data }));
  function* endless(): Generator<{ data: Buffer }[]> {
    for (;;) yield many;
  }
  const produce = async (producer: number, start: number): Promise<void> => {
    await clock.wait(start * 1000);
    const options = { clock, random: dice, abort: stop.signal, ...simulated.options };
    for await (const { rejected } of putRecords(endless(), { send: sendOf(producer), ...options })) {
      counts.rejected += rejected.length;
    }
  };
  const running = starts.map((start, producer) => produce(producer, start));
  await clock.run(seconds * 1000);
  stop.abort();
  await clock.run();
  await Promise.all(running);

  const sum = (kind: 'accepted' | 'refused', from: number, to: number, producer?: number): number => {
    const chosen = slots.filter((_, index) => producer === undefined || producer === index);
    const inTime = chosen.flatMap((each) => each[kind].slice((from * 1000) / SLOT, (to * 1000) / SLOT));
    return inTime.reduce((total, bytes) => total + bytes, 0);
  };
  return {
    accepted: (from, to, producer) => sum('accepted', from, to, producer) / (to - from),
    refused: (from, to) => {
      const [accepted, refused] = [sum('accepted', from, to), sum('refused', from, to)];
      return refused / Math.max(1, accepted + refused);
    },
    rejected: counts.rejected,
    requests: counts.requests,
  };
}
