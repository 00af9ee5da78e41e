import { FIREHOSE_LIMITS } from './firehose-limits';

/** A record on its way. */
export interface Attempt<R> {
  readonly record: R;
  /** How often it was sent. */
  readonly sent: number;
  /** How often it failed while others were accepted, so that it may be its own fault. */
  readonly failures: number;
}

/** A record that was not accepted, and never will be. */
export interface Rejection<R> {
  readonly record: R;
  /** Follows "the record": `is 1024001 bytes, …`, `failed 10 times (…)`. */
  readonly reason: string;
}

/** Refused records are kept with the batch they came between; this bounds a long run of nothing else. */
const REFUSED_PER_BATCH = 5000;

/** What goes in one request: as many records as Firehose takes, or as the rate allows. */
export class Batch<R extends { readonly data: Uint8Array }> {
  readonly attempts: Attempt<R>[] = [];
  /** Records that cannot be sent, met while filling: settled when the batch is sent, so in the order of the input. */
  readonly refused: Rejection<R>[] = [];
  bytes = 0;
  private refusedBytes = 0;
  private closed = false;

  /** @param largest the most bytes it should hold; one record may be larger */
  constructor(private readonly largest: number = FIREHOSE_LIMITS.bytesPerRequest) {}

  get isEmpty(): boolean {
    return this.attempts.length === 0 && this.refused.length === 0;
  }

  get isFull(): boolean {
    return this.closed;
  }

  /** False, and the batch is full, if the record does not fit any more. */
  add(attempt: Attempt<R>): boolean {
    const { length } = attempt.record.data;
    if (this.closed || (this.attempts.length > 0 && this.bytes + length > this.largest)) {
      this.closed = true;
      return false;
    }
    this.attempts.push(attempt);
    this.bytes += length;
    this.closed = this.attempts.length === FIREHOSE_LIMITS.recordsPerRequest;
    return true;
  }

  refuse(rejection: Rejection<R>): void {
    this.refused.push(rejection);
    this.refusedBytes += rejection.record.data.length;
    this.closed ||= this.refused.length === REFUSED_PER_BATCH || this.refusedBytes >= FIREHOSE_LIMITS.bytesPerRequest;
  }

  /** Takes out what is more than so many bytes, but for one record; it was filled when more was allowed. */
  cutTo(largest: number): Attempt<R>[] {
    let kept = 0;
    let bytes = 0;
    for (const { record } of this.attempts) {
      if (kept > 0 && bytes + record.data.length > largest) break;
      bytes += record.data.length;
      kept += 1;
    }
    this.bytes = bytes;
    return this.attempts.splice(kept);
  }
}
