import { Batch, type Attempt, type Rejection } from './batch';
import { systemClock, type Clock } from './clock';
import { Doorbell } from './doorbell';
import { tooLarge } from './firehose-limits';
import type { OutgoingRecord, RecordSource, Settlement } from './outgoing-record';
import { Pace } from './pace';
import { RecordSupply } from './record-supply';
import { describeError, isPassing, NothingAcceptedError, type PutRecordBatch, type RecordFailure } from './send-error';
import { Timers } from './timers';

export interface PutRecordsOptions {
  /** Sends one request: `firehoseSender`. */
  readonly send: PutRecordBatch;
  /** How often a record is sent before it counts as rejected. */
  readonly maxAttempts?: number;
  /** The most requests in flight. */
  readonly inFlight?: number;
  /** The most bytes in flight (but always one request). The SDK needs about eight times as much memory. */
  readonly bytesInFlight?: number;
  /** How long a batch that is not full waits for a slow source, in milliseconds. */
  readonly linger?: number;
  /** The pause after a first failure, and the longest, in milliseconds. */
  readonly pause?: { readonly first: number; readonly longest: number };
  /** Stops cleanly: takes no more records, waits for those in flight, resends what fails of them. */
  readonly stop?: AbortSignal;
  /** Stops at once: what is in flight comes back unsettled, though it may have been accepted. */
  readonly abort?: AbortSignal;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export const PUT_RECORDS_DEFAULTS = {
  maxAttempts: 10,
  inFlight: 8,
  bytesInFlight: 8 * 1024 * 1024,
  linger: 1_000,
  pause: { first: 50, longest: 3_000 },
} as const;

/**
 * Sends records to a Firehose delivery stream in as few requests as it allows, and yields what becomes of them.
 *
 * Fills batches to 500 records or 4 MiB with several in flight; resends exactly the records that failed. Reads no further
 * than it can send, and sends no further than its outcomes are taken: memory does not grow with the input.
 * At least once: if a connection breaks after Firehose accepted a request but before its answer arrived, the records are
 * sent again. A record whose acceptance was seen never is.
 *
 * @throws what the source throws, what `send` throws if resending cannot help (access denied, no such stream), and
 * NothingAcceptedError if as many requests in a row as may be in flight had every attempt refused; before it throws, all
 * that was taken has come back
 */
export function putRecords<R extends OutgoingRecord>(
  source: RecordSource<R>,
  options: PutRecordsOptions,
): AsyncGenerator<Settlement<R>, void, undefined> {
  return new Production(source, options).run();
}

const NOTHING = { accepted: [], rejected: [], unsettled: [], sent: 0, resent: 0 };

/** One loop decides everything, and sleeps until a reply, a read, a timer or a signal rings. */
class Production<R extends OutgoingRecord> {
  private readonly options: PutRecordsOptions & typeof PUT_RECORDS_DEFAULTS;
  private readonly clock: Clock;
  private readonly pace: Pace;
  private readonly timers: Timers<'linger' | 'pause'>;
  private readonly supply: RecordSupply<R>;
  private readonly bell = new Doorbell();
  private readonly cut = new AbortController();
  private readonly outbox: Settlement<R>[] = [];
  private batch = new Batch<R>();
  private lingered = false;
  /** Older than anything in the supply, so they go first; so there are never more than can be in flight. */
  private failed: Attempt<R>[] = [];
  private requestsInFlight = 0;
  private bytesInFlight = 0;
  /** Replies in a row that brought rejections and nothing accepted. */
  private hopelessReplies = 0;
  private error: { readonly cause: unknown } | undefined;

  constructor(source: RecordSource<R>, options: PutRecordsOptions) {
    this.options = { ...PUT_RECORDS_DEFAULTS, ...options } as typeof this.options;
    this.clock = options.clock ?? systemClock;
    this.timers = new Timers(this.clock);
    this.supply = new RecordSupply(source);
    const { inFlight, pause } = this.options;
    this.pace = new Pace({
      inFlight,
      firstPause: pause.first,
      longestPause: pause.longest,
      random: options.random ?? Math.random,
    });
  }

  async *run(): AsyncGenerator<Settlement<R>, void, undefined> {
    const { stop, abort } = this.options;
    const wake = (): void => {
      this.bell.ring();
    };
    const cut = (): void => {
      this.cut.abort();
      this.bell.ring();
    };
    stop?.addEventListener('abort', wake);
    abort?.addEventListener('abort', cut);
    if (abort?.aborted === true) cut();
    try {
      for (;;) {
        yield* this.outbox.splice(0);
        this.fill();
        if (this.mayLaunch()) this.launch();
        else if (this.isOver) break;
        else if (this.outbox.length === 0) await this.bell.wait();
      }
      if (this.error !== undefined) throw this.error.cause;
    } finally {
      stop?.removeEventListener('abort', wake);
      abort?.removeEventListener('abort', cut);
      this.cut.abort();
      this.timers.cancel('linger');
      this.timers.cancel('pause');
      this.supply.close();
    }
  }

  /** Nothing new is sent any more. */
  private get isStopping(): boolean {
    return this.options.stop?.aborted === true || this.isCutOff;
  }

  /** Nothing at all is sent any more, not even what failed. */
  private get isCutOff(): boolean {
    return this.cut.signal.aborted || this.error !== undefined;
  }

  private get hasNoMore(): boolean {
    return this.supply.isDrained || this.isStopping;
  }

  private get isOver(): boolean {
    const isIdle = this.batch.isEmpty && this.failed.length === 0 && this.outbox.length === 0;
    return isIdle && this.requestsInFlight === 0 && this.hasNoMore;
  }

  private fill(): void {
    if (this.isStopping) this.giveBack();
    while (!this.batch.isFull) {
      const [oldest] = this.failed;
      if (oldest !== undefined) {
        if (this.batch.add(oldest)) this.failed.shift();
        continue;
      }
      const record = this.supply.peek();
      if (record === undefined) {
        if (!this.hasNoMore) this.read();
        return;
      }
      const reason = record.refusal ?? tooLarge(record.data.length);
      if (reason !== undefined) this.batch.refuse({ record, reason });
      else if (!this.batch.add({ record, failures: 0 })) return;
      this.supply.advance();
    }
  }

  private read(): void {
    this.supply.read().then(
      (hasRead) => {
        if (hasRead) this.bell.ring();
      },
      (cause: unknown) => {
        // A source that is torn down because of the stop has not failed.
        if (!this.isStopping) this.error = { cause };
        this.bell.ring();
      },
    );
  }

  /** What was never sent goes back; what was sent and failed is sent again, unless nothing may be. */
  private giveBack(): void {
    const { attempts, refused } = this.batch;
    this.batch = new Batch();
    this.failed = [...attempts.filter(({ failures }) => failures > 0), ...this.failed];
    const unsettled = [
      ...(this.isCutOff ? this.failed.splice(0).map(({ record }) => record) : []),
      ...attempts.filter(({ failures }) => failures === 0).map(({ record }) => record),
      ...refused.map(({ record }) => record),
      ...this.supply.giveBack(),
    ];
    if (unsettled.length > 0) this.outbox.push({ ...NOTHING, unsettled });
  }

  private mayLaunch(): boolean {
    const { batch, options } = this;
    if (batch.isEmpty) return false;
    if (!batch.isFull && !this.hasNoMore && !this.lingered) {
      this.timers.start('linger', options.linger, () => {
        this.lingered = true;
        this.bell.ring();
      });
      return false;
    }
    if (batch.attempts.length === 0) return true;
    const hasRoom = this.requestsInFlight === 0 || this.bytesInFlight + batch.bytes <= options.bytesInFlight;
    if (this.requestsInFlight >= this.pace.limit || !hasRoom) return false;
    const pause = this.pace.pause(this.clock.now());
    if (pause === 0) return true;
    this.timers.start('pause', pause, () => {
      this.bell.ring();
    });
    return false;
  }

  private launch(): void {
    const { batch } = this;
    this.batch = new Batch();
    this.lingered = false;
    this.timers.cancel('linger');
    if (batch.refused.length > 0) this.outbox.push({ ...NOTHING, rejected: batch.refused });
    if (batch.attempts.length > 0) void this.request(batch);
  }

  private async request({ attempts, bytes }: Batch<R>): Promise<void> {
    const { round } = this.pace;
    const data = attempts.map(({ record }) => record.data);
    this.requestsInFlight += 1;
    this.bytesInFlight += bytes;
    try {
      const failures = await this.options.send(data, this.cut.signal);
      this.pace.learn(round, failures.length / attempts.length, this.clock.now());
      this.settle(attempts, new Map(failures.map((failure) => [failure.index, describeFailure(failure)])));
    } catch (cause) {
      this.settleUnanswered(attempts, round, cause);
    }
    this.requestsInFlight -= 1;
    this.bytesInFlight -= bytes;
    this.bell.ring();
  }

  private settle(attempts: readonly Attempt<R>[], reasons: ReadonlyMap<number, string>): void {
    const accepted: R[] = [];
    const rejected: Rejection<R>[] = [];
    attempts.forEach(({ record, failures }, index) => {
      const reason = reasons.get(index);
      if (reason === undefined) accepted.push(record);
      else if (failures + 1 < this.options.maxAttempts) this.failed.push({ record, failures: failures + 1 });
      else rejected.push({ record, reason: `failed ${failures + 1} times (${reason})` });
    });
    this.outbox.push({ ...NOTHING, ...countSent(attempts), accepted, rejected });
    this.watchForOutage(accepted.length, rejected);
  }

  /** An outage that outlasts every attempt would reject the whole input, however long: better to stop where it began. */
  private watchForOutage(accepted: number, rejected: readonly Rejection<R>[]): void {
    const [first] = rejected;
    if (accepted > 0) this.hopelessReplies = 0;
    else if (first !== undefined) this.hopelessReplies += 1;
    if (first !== undefined && this.hopelessReplies >= this.options.inFlight) {
      this.error ??= { cause: new NothingAcceptedError(first.reason) };
    }
  }

  private settleUnanswered(attempts: readonly Attempt<R>[], round: number, cause: unknown): void {
    if (isPassing(cause) && !this.cut.signal.aborted) {
      const reason = describeError(cause);
      this.pace.learn(round, 1, this.clock.now());
      this.settle(attempts, new Map(attempts.map((_, index) => [index, reason])));
      return;
    }
    if (!this.cut.signal.aborted) this.error ??= { cause };
    this.outbox.push({ ...NOTHING, ...countSent(attempts), unsettled: attempts.map(({ record }) => record) });
  }
}

function countSent(attempts: readonly Attempt<unknown>[]): { sent: number; resent: number } {
  return { sent: attempts.length, resent: attempts.filter(({ failures }) => failures > 0).length };
}

function describeFailure({ code, message }: RecordFailure): string {
  return message === '' ? code : `${code}: ${message}`;
}
