import { Batch, type Attempt } from './batch';
import { systemClock, type Clock } from './clock';
import { Doorbell } from './doorbell';
import { tooLarge } from './firehose-limits';
import { Outage } from './outage';
import type { Outcome } from './outcome';
import type { OutgoingRecord, RecordSource, Settlement } from './outgoing-record';
import { Pacer } from './pacer';
import type { PUT_RECORDS_DEFAULTS, PutRecordsOptions } from './producer';
import { RecordSupply } from './record-supply';
import { isPassing, NothingAcceptedError } from './send-error';
import { settle, type Settled } from './settle';
import { Timers } from './timers';

type Options = PutRecordsOptions & Required<Pick<PutRecordsOptions, keyof typeof PUT_RECORDS_DEFAULTS>>;

const NOTHING = { accepted: [], rejected: [], unsettled: [], sent: 0, resent: 0 };

/** One loop decides everything, and sleeps until a reply, a read, a timer or a signal rings. */
export class Production<R extends OutgoingRecord> {
  private readonly clock: Clock;
  private readonly outage: Outage;
  private readonly pacer: Pacer;
  private readonly timers: Timers<'linger' | 'pause'>;
  private readonly supply: RecordSupply<R>;
  private readonly bell = new Doorbell();
  private readonly cut = new AbortController();
  private readonly outbox: Settlement<R>[] = [];
  private batch: Batch<R>;
  private lingered = false;
  /** Older than anything in the supply, so they go first; so there are never more than can be in flight. */
  private waiting: Attempt<R>[] = [];
  private requestsInFlight = 0;
  private bytesInFlight = 0;
  /** Requests of which at least one record was accepted. */
  private acceptances = 0;
  private error: { readonly cause: unknown } | undefined;

  constructor(
    source: RecordSource<R>,
    private readonly options: Options,
  ) {
    const { clock = systemClock, random = Math.random, maxAttempts } = options;
    this.clock = clock;
    this.timers = new Timers(clock);
    this.supply = new RecordSupply(source);
    this.outage = new Outage({ ...options, patience: maxAttempts, random });
    this.pacer = new Pacer(clock.now());
    this.batch = this.newBatch();
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
    const isIdle = this.batch.isEmpty && this.waiting.length === 0 && this.outbox.length === 0;
    return isIdle && this.requestsInFlight === 0 && this.hasNoMore;
  }

  private newBatch(): Batch<R> {
    return new Batch(this.pacer.requestBytes);
  }

  private fill(): void {
    if (this.isStopping) this.giveBack();
    while (!this.batch.isFull) {
      const [oldest] = this.waiting;
      if (oldest !== undefined) {
        if (this.batch.add(oldest)) this.waiting.shift();
        continue;
      }
      const record = this.supply.peek();
      if (record === undefined) {
        if (!this.hasNoMore) this.read();
        return;
      }
      const reason = record.refusal ?? tooLarge(record.data.length);
      if (reason !== undefined) this.batch.refuse({ record, reason });
      else if (!this.batch.add({ record, sent: 0, failures: 0 })) return;
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
    this.batch = this.newBatch();
    const queue = [...attempts, ...this.waiting];
    this.waiting = this.isCutOff ? [] : queue.filter(({ sent }) => sent > 0);
    const unsettled = [
      ...queue.filter(({ sent }) => this.isCutOff || sent === 0).map(({ record }) => record),
      ...refused.map(({ record }) => record),
      ...this.supply.giveBack(),
    ];
    if (unsettled.length > 0) this.outbox.push({ ...NOTHING, unsettled });
  }

  private mayLaunch(): boolean {
    const { batch, options, outage, pacer } = this;
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
    if (this.requestsInFlight >= outage.limit || !hasRoom) return false;
    const now = this.clock.now();
    const pause = outage.pause(now) || pacer.pause(now);
    if (pause === 0) return true;
    this.timers.start('pause', pause, () => {
      this.bell.ring();
    });
    return false;
  }

  private launch(): void {
    const { batch } = this;
    this.waiting.unshift(...batch.cutTo(this.pacer.requestBytes));
    this.batch = this.newBatch();
    this.lingered = false;
    this.timers.cancel('linger');
    if (batch.refused.length > 0) this.outbox.push({ ...NOTHING, rejected: batch.refused });
    if (batch.attempts.length > 0) void this.request(batch);
  }

  private async request({ attempts, bytes }: Batch<R>): Promise<void> {
    const { acceptances, outage, pacer } = this;
    const { round } = outage;
    const data = attempts.map(({ record }) => record.data);
    const launch = pacer.launch(bytes, this.clock.now());
    this.requestsInFlight += 1;
    this.bytesInFlight += bytes;
    const outcome = await this.send(data);
    if ('error' in outcome && (this.cut.signal.aborted || !isPassing(outcome.error))) {
      if (!this.cut.signal.aborted) this.error ??= { cause: outcome.error };
      this.outbox.push({ ...NOTHING, ...countSent(attempts), unsettled: attempts.map(({ record }) => record) });
    } else {
      const now = this.clock.now();
      const sizes = data.map(({ length }) => length);
      pacer.learn(launch, outcome, sizes, now);
      const settled = settle(attempts, outcome, this.acceptances > acceptances, this.options.maxAttempts);
      this.watchForOutage(settled, round, now);
      this.waiting.push(...settled.again);
      this.outbox.push({ ...NOTHING, ...countSent(attempts), ...pick(settled) });
    }
    this.requestsInFlight -= 1;
    this.bytesInFlight -= bytes;
    this.bell.ring();
  }

  private async send(data: readonly Uint8Array[]): Promise<Outcome> {
    try {
      return { failures: await this.options.send(data, this.cut.signal) };
    } catch (error) {
      return { error };
    }
  }

  /** An outage would reject the whole input, however long: better to stop where it began. */
  private watchForOutage({ accepted, reason }: Settled<R>, round: number, now: number): void {
    if (accepted.length > 0) {
      this.acceptances += 1;
      this.outage.accepted();
    } else {
      this.outage.refused(round, now);
      if (this.outage.isOver) this.error ??= { cause: new NothingAcceptedError(reason ?? '') };
    }
  }
}

function pick<R>({ accepted, rejected }: Settled<R>): Pick<Settled<R>, 'accepted' | 'rejected'> {
  return { accepted, rejected };
}

function countSent(attempts: readonly Attempt<unknown>[]): { sent: number; resent: number } {
  return { sent: attempts.length, resent: attempts.filter(({ sent }) => sent > 0).length };
}
