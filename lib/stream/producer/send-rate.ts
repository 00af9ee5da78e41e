import { Noise } from './noise';
import { ReplyWindow, type PacedReply } from './reply-window';

/** After an overload: so much of what was accepted. */
const STEP_BACK = 0.9;
/** In milliseconds: from there back to what was accepted. */
const RETURN = 1_000;
/** In milliseconds: how long the rate stays near what was accepted; then it doubles again and again. */
const STAY = 2_500;
/** In milliseconds. At the start nothing is known yet, so it doubles sooner. */
const DOUBLING = { start: 200, later: 700 } as const;
/** In milliseconds: so long after the last request of the old rate, the server's bucket may be empty still. */
const SETTLING = 100;
/** In milliseconds: over less, what was accepted tells no rate. */
const FIRST_MEASURE = 250;

/** Refused beyond the noise: this much at once, or this share in the mean, is an overload. */
const CLEAR_EXCESS = { unlimited: 2.5, limited: 0.3 } as const;
const MEAN_EXCESS = 0.02;
/** Whole requests refused in a window: where nothing is known; where it was just slowed down; and never more than a share. */
const WHOLES = { unlimited: 3, calm: 2, calmShare: 0.15, mostShare: 0.25 } as const;
/** One step down is at most so deep, and none goes below so many bytes a second: a hundredth of the smallest quota. */
const DEEPEST = 0.3;
const SLOWEST = 10_000;
/** So much of the noise is allowed for when the capacity is estimated. All of it, and producers that share a quota would not yield. */
const NOISE_ALLOWED = 0.8;

/**
 * How many bytes a second to send, learned from what is refused.
 *
 * No limit until something is refused for want of capacity. Then a tenth below what was accepted; back to that within a
 * second, carefully beyond it for a second and a half, and then by doubling, until something is refused again (the shape
 * is that of TCP CUBIC, RFC 9438). What is refused whatever the rate does not count: see Noise. docs/adr/0016.
 */
export class SendRate {
  private readonly noise = new Noise();
  private limit = Infinity;
  /** What was sent before that, at another rate or to a bucket that was still empty, does not count. */
  private validFrom = -Infinity;
  private window: ReplyWindow;
  /** What is accepted, as it was last estimated, in bytes a second. */
  private capacity = Infinity;
  /** In milliseconds since then, not counting time in which the limit was not reached. */
  private sinceEstimate = 0;
  private isStarting = true;
  private acceptedBytes = 0;
  private isHolding = false;
  private lastReply: number;
  private calm = { replies: 0, wholes: 0 };

  constructor(private readonly started: number) {
    this.lastReply = started;
    this.window = new ReplyWindow(started);
  }

  /** In bytes a second; Infinity if nothing limits it. */
  get bytesPerSecond(): number {
    return this.limit;
  }

  /** Says that a request waits for the rate and for nothing else: only then does time raise it. */
  hold(): void {
    this.isHolding = true;
  }

  learn(reply: PacedReply, now: number): void {
    this.grow(now);
    if (this.limit === Infinity) this.acceptedBytes += reply.bytes * (1 - reply.refused);
    if (reply.sentAt < this.validFrom) return;
    if (this.noise.records === undefined) {
      // The very first request can hardly have been one too many.
      this.noise.addStretch(reply.refused < 1 ? reply.refused : 0, reply.records, now);
      return;
    }
    this.window.add(reply, now);
    this.watchCalm(reply);
    if (this.isOverload()) this.stepBack(now, now - reply.sentAt);
    else if (this.window.isDone) this.closeWindow(now);
  }

  /** The rate is below what was accepted: what is refused now is noise. */
  private get isCalm(): boolean {
    return this.limit !== Infinity && this.sinceEstimate < RETURN;
  }

  private isOverload(): boolean {
    const { window, noise } = this;
    const { length, partials } = window;
    const allowed = partials * (noise.records ?? 0) + noise.recordsByChance(partials, window.records);
    const excess = window.partialSum - allowed;
    const clear = this.limit === Infinity ? CLEAR_EXCESS.unlimited : CLEAR_EXCESS.limited;
    if (length > 1 && excess > clear) return true;
    if (window.isDone && excess > MEAN_EXCESS * length) return true;
    const byChance = Math.min(noise.wholesByChance(length), Math.max(2, WHOLES.mostShare * length));
    return window.wholes >= Math.max(1 + byChance, this.fewestWholes(length));
  }

  private fewestWholes(replies: number): number {
    if (this.limit === Infinity) return WHOLES.unlimited;
    return this.isCalm ? Math.max(WHOLES.calm, WHOLES.calmShare * replies) : 1;
  }

  private stepBack(now: number, latency: number): void {
    const isFirst = this.limit === Infinity;
    if (isFirst && this.acceptedBytes === 0) {
      // Nothing was accepted yet, so no rate would be: that is an outage, and not for here.
      this.window = new ReplyWindow(now);
      return;
    }
    if (isFirst) {
      this.capacity = (this.acceptedBytes * 1000) / Math.max(FIRST_MEASURE, now - this.started);
    } else {
      const kept = (1 - this.window.share) / (1 - NOISE_ALLOWED * (this.noise.records ?? 0));
      this.capacity = Math.min(this.limit, this.window.rate) * Math.max(DEEPEST, kept);
    }
    // Little was sent yet at the start, so the first estimate is no reason to stay there.
    this.sinceEstimate = isFirst ? STAY : 0;
    this.isStarting = isFirst;
    this.limit = Math.max(SLOWEST, this.capacity * STEP_BACK);
    this.calm = { replies: 0, wholes: 0 };
    // What is on its way arrives within half of that.
    this.validFrom = now + latency / 2 + SETTLING;
    this.window = new ReplyWindow(this.validFrom);
  }

  private closeWindow(now: number): void {
    const { window } = this;
    if (window.partials > 0) this.noise.addStretch(window.partialShare, window.records, now);
    if (this.limit === Infinity && window.isFull) this.noise.addCalmReplies(window.wholes, window.length);
    this.window = new ReplyWindow(now);
  }

  /** A calm time counts once it has passed without an overload; before, it may not have been calm at all. */
  private watchCalm({ refused }: PacedReply): void {
    const { calm } = this;
    if (this.isCalm) {
      this.calm = { replies: calm.replies + 1, wholes: calm.wholes + (refused === 1 ? 1 : 0) };
    } else if (calm.replies > 0) {
      // One may be late: refused by a bucket that was not full again yet.
      if (calm.replies >= CALM_REPLIES) this.noise.addCalmReplies(Math.max(0, calm.wholes - 1), calm.replies);
      this.calm = { replies: 0, wholes: 0 };
    }
  }

  private grow(now: number): void {
    const passed = now - this.lastReply;
    this.lastReply = now;
    const wasHolding = this.isHolding;
    this.isHolding = false;
    if (!wasHolding || this.limit === Infinity) return;
    this.sinceEstimate += passed;
    const doubling = this.isStarting ? DOUBLING.start : DOUBLING.later;
    this.limit = Math.max(this.limit, this.capacity * growth(this.sinceEstimate, doubling));
  }
}

/** Fewer tell nothing of how often one in twenty fails. */
const CALM_REPLIES = 20;

/** The rate as a multiple of the capacity, so many milliseconds after that was estimated. */
export function growth(milliseconds: number, doubling: number): number {
  const cubic = (at: number): number => 1 + (1 - STEP_BACK) * ((at - RETURN) / RETURN) ** 3;
  if (milliseconds <= STAY) return cubic(milliseconds);
  return cubic(STAY) * 2 ** ((milliseconds - STAY) / doubling);
}
