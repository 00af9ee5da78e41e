import type { Attempt, Batch } from './batch';
import { systemClock, type Clock } from './clock';
import { Doorbell } from './doorbell';
import { Loading } from './loading';
import { Outage } from './outage';
import type { Outcome } from './outcome';
import type { OutgoingRecord, RecordSource, Settlement } from './outgoing-record';
import { Pacer } from './pacer';
import type { PUT_RECORDS_DEFAULTS, PutRecordsOptions } from './producer';
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
  private readonly loading: Loading<R>;
  private readonly bell = new Doorbell();
  private readonly cut = new AbortController();
  private readonly outbox: Settlement<R>[] = [];
  private lingered = false;
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
    this.loading = new Loading(source);
    this.outage = new Outage({ ...options, patience: maxAttempts, random });
    this.pacer = new Pacer(clock.now());
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
      this.loading.close();
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
    return this.loading.isDrained || this.isStopping;
  }

  private get isOver(): boolean {
    return this.loading.isEmpty && this.outbox.length === 0 && this.requestsInFlight === 0 && this.hasNoMore;
  }

  private fill(): void {
    if (this.isStopping) {
      const unsettled = this.loading.giveBack(this.isCutOff);
      if (unsettled.length > 0) this.outbox.push({ ...NOTHING, unsettled });
    }
    if (!this.loading.fill() && !this.hasNoMore) this.read();
  }

  private read(): void {
    this.loading.read().then(
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

  private mayLaunch(): boolean {
    const { options, outage, pacer } = this;
    const { batch } = this.loading;
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
    const batch = this.loading.take(this.pacer.requestBytes);
    this.lingered = false;
    this.timers.cancel('linger');
    if (batch.refused.length > 0) this.outbox.push({ ...NOTHING, rejected: batch.refused });
    if (batch.attempts.length > 0) void this.request(batch);
  }

  private async request({ attempts, bytes }: Batch<R>): Promise<void> {
    const { acceptances, outage, pacer } = this;
    const { round } = outage;
    const wasLast = this.requestsInFlight === 0 && this.loading.isEmpty && this.hasNoMore;
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
      const othersAccepted = this.acceptances > acceptances;
      const { maxAttempts } = this.options;
      const settled = settle(attempts, outcome, { othersAccepted, wasLast, maxAttempts });
      this.watchForOutage(settled, round, now);
      this.loading.addFailed(settled.again);
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
