import type { PutRecordBatch, RecordFailure, Settlement } from '../../../lib/stream/producer';

export interface TextRecord {
  readonly data: Buffer;
  readonly refusal?: string;
}

export function textRecords(...texts: string[]): TextRecord[] {
  return texts.map((text) => ({ data: Buffer.from(text) }));
}

/** A `send` without HTTP that keeps what was asked of it; `answer` says what fails, or throws. */
export function memoryFirehose(answer: (records: readonly string[], call: number) => readonly number[] = () => []): {
  readonly send: PutRecordBatch;
  readonly requests: string[][];
} {
  const requests: string[][] = [];
  const send: PutRecordBatch = async (records) => {
    const texts = records.map((record) => Buffer.from(record).toString());
    requests.push(texts);
    await Promise.resolve();
    return answer(texts, requests.length).map(slowDown);
  };
  return { send, requests };
}

export function slowDown(index: number): RecordFailure {
  return { index, code: 'ServiceUnavailableException', message: 'Slow down.' };
}

/** As the SDK throws what the service answers. */
export function serviceError(name: string, status: number): Error {
  return Object.assign(new Error(`${name} for the test`), { name, $metadata: { httpStatusCode: status } });
}

export async function collect<R>(settlements: AsyncIterable<Settlement<R>>): Promise<Settlement<R>> {
  const all: Settlement<R>[] = [];
  for await (const settlement of settlements) all.push(settlement);
  return {
    accepted: all.flatMap(({ accepted }) => accepted),
    rejected: all.flatMap(({ rejected }) => rejected),
    unsettled: all.flatMap(({ unsettled }) => unsettled),
    sent: all.reduce((sum, { sent }) => sum + sent, 0),
    resent: all.reduce((sum, { resent }) => sum + resent, 0),
  };
}

/** A clock that jumps to the next timer as soon as everything else has been done. */
export function jumpingClock(): { now(): number; schedule(milliseconds: number, callback: () => void): () => void } {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const jump = (): void => {
    const [next] = [...timers].sort((a, b) => a.at - b.at);
    if (next === undefined) return;
    timers.delete(next);
    time = Math.max(time, next.at);
    next.callback();
  };
  return {
    now: () => time,
    schedule: (milliseconds, callback) => {
      const timer = { at: time + milliseconds, callback };
      timers.add(timer);
      setImmediate(jump);
      return () => {
        timers.delete(timer);
      };
    },
  };
}
