/** What a delivery stream takes, each a second; what is not given is unlimited. */
export interface Quota {
  readonly bytes?: number;
  readonly records?: number;
  readonly requests?: number;
}

/** `whole` refuses a request of which not all fits; `part` takes what fits of it. Too many requests are refused whole. */
export type Refusal = 'part' | 'whole';

interface Bucket {
  rate: number;
  tokens: number;
}

/**
 * Token buckets, one for each quota: they fill at its rate, and hold so many seconds of it. Written from the AWS pages on
 * quotas and throttling, without a look at the producer.
 */
export class QuotaModel {
  private readonly buckets = new Map<keyof Quota, Bucket>();
  private filledAt: number;

  constructor(
    private readonly now: () => number,
    quota: Quota,
    private readonly seconds = 1,
    private readonly refusal: Refusal = 'part',
  ) {
    this.filledAt = now();
    this.change(quota);
  }

  /** From now on; a bucket that held more than the new one can, overflows. */
  change(quota: Quota): void {
    for (const key of ['bytes', 'records', 'requests'] as const) {
      const rate = quota[key];
      const tokens = this.buckets.get(key)?.tokens ?? Infinity;
      if (rate === undefined) this.buckets.delete(key);
      else this.buckets.set(key, { rate, tokens: Math.min(tokens, rate * this.seconds) });
    }
  }

  /** Which records of a request are refused; undefined if all of it is. */
  put(sizes: readonly number[]): boolean[] | undefined {
    this.fill();
    if (!this.take('requests', 1)) return undefined;
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (this.refusal === 'whole' && !(this.has('records', sizes.length) && this.has('bytes', bytes))) return undefined;
    return sizes.map((size) => {
      if (!this.has('records', 1) || !this.has('bytes', size)) return true;
      this.take('records', 1);
      this.take('bytes', size);
      return false;
    });
  }

  private fill(): void {
    const seconds = (this.now() - this.filledAt) / 1000;
    this.filledAt = this.now();
    for (const bucket of this.buckets.values()) {
      bucket.tokens = Math.min(bucket.rate * this.seconds, bucket.tokens + seconds * bucket.rate);
    }
  }

  private has(key: keyof Quota, tokens: number): boolean {
    return (this.buckets.get(key)?.tokens ?? Infinity) >= tokens;
  }

  private take(key: keyof Quota, tokens: number): boolean {
    if (!this.has(key, tokens)) return false;
    const bucket = this.buckets.get(key);
    if (bucket !== undefined) bucket.tokens -= tokens;
    return true;
  }
}
