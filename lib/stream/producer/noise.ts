/** Replies remembered for the share of requests that fail whatever the rate. */
const REPLIES_REMEMBERED = 40;
/** Until more is known, none of so many did. */
const REPLIES_ASSUMED = 20;
/** In milliseconds; longer than the rate takes from one overload to the next, so that a calm stretch is always within it. */
const MEMORY = 4_000;
/** More than this is never taken for noise. */
const MOST = 0.6;
/** Standard deviations by which chance alone may well err, and by which it rarely does. */
const LIKELY = 2;
const RARE = 3;

/**
 * What is refused however slowly it is sent.
 *
 * Firehose refuses records with `ServiceUnavailableException` for want of capacity, and now and then for reasons of its
 * own. What was refused in the calmest stretch of the last seconds cannot be the rate's fault: the rate drops below what
 * was accepted after every overload, so a quota alone always leaves a stretch without refusals.
 */
export class Noise {
  private stretches: { readonly at: number; readonly share: number }[] = [];
  private wholes = 0;
  private replies = REPLIES_ASSUMED;

  /** The share of records, 0 to 1; undefined before anything was seen. */
  get records(): number | undefined {
    if (this.stretches.length === 0) return undefined;
    return Math.min(MOST, ...this.stretches.map(({ share }) => share));
  }

  /**
   * Takes in the share of so many records that a stretch of replies refused. It stands for as much as may well be behind it:
   * the calmest of many stretches is one that was lucky, and the fewer its records, the luckier.
   */
  addStretch(share: number, records: number, now: number): void {
    const likely = share + LIKELY * deviation(share, records);
    this.stretches = [...this.stretches.filter(({ at }) => at > now - MEMORY), { at: now, share: likely }];
  }

  /** Takes in how many of so many requests, none of them sent too fast, were refused as a whole. */
  addCalmReplies(refusedWhole: number, replies: number): void {
    this.replies = Math.min(REPLIES_REMEMBERED, this.replies + replies);
    const weight = Math.min(1, replies / this.replies);
    this.wholes += (refusedWhole / replies - this.wholes) * weight;
  }

  /** By how much the sum of the refused shares of so many replies, with so many records, may exceed the mean by chance. */
  recordsByChance(replies: number, records: number): number {
    const share = this.records ?? 0;
    return LIKELY * replies * deviation(share, records);
  }

  /** More than so many of these replies being refusals of whole requests is not chance. */
  wholesByChance(replies: number): number {
    const expected = replies * this.wholes;
    return expected + RARE * Math.sqrt(expected * (1 - this.wholes));
  }
}

/** Of the share of so many records that fail each by itself: the standard deviation. */
function deviation(share: number, records: number): number {
  return Math.sqrt((share * (1 - share)) / Math.max(1, records));
}
