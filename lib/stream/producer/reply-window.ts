/** How one request went, as far as the rate is concerned. */
export interface PacedReply {
  /** In milliseconds of the clock: what was sent before a change of the rate says nothing of the new one. */
  readonly sentAt: number;
  /** The rate it was sent at, in bytes a second. */
  readonly rate: number;
  readonly bytes: number;
  readonly records: number;
  /** The share of its bytes that was refused for want of capacity, 0 to 1; 1 if the whole request was. */
  readonly refused: number;
}

/** A window is judged after so many replies, … */
const REPLIES = 20;
/** … or after so many milliseconds with so many replies, where requests are few. */
const MILLISECONDS = 800;
const FEWEST_REPLIES = 4;
/** One refusal among fewer requests than this says little of the share that would be refused. */
const REPLIES_TO_JUDGE_WHOLES = 8;
/** What is refused now is not told by the last reply alone. */
const FEWEST_REFUSALS = 3;
/** Between the first and the last of fewer replies, or in less time, the rate they came at cannot be told. */
const REPLIES_TO_MEASURE = 5;
const MILLISECONDS_TO_MEASURE = 50;
/** A measured rate errs by about this. */
const MEASURED_MARGIN = 1.1;

/** The replies since the rate was last judged. */
export class ReplyWindow {
  private readonly replies: PacedReply[] = [];
  private firstAt = 0;
  private lastAt = 0;

  constructor(private readonly since: number) {}

  add(reply: PacedReply, now: number): void {
    if (this.replies.length === 0) this.firstAt = now;
    this.lastAt = now;
    this.replies.push(reply);
  }

  get length(): number {
    return this.replies.length;
  }

  get isFull(): boolean {
    return this.length >= REPLIES;
  }

  get isDone(): boolean {
    return this.isFull || (this.lastAt - this.since >= MILLISECONDS && this.length >= FEWEST_REPLIES);
  }

  /** Requests that were refused as a whole. */
  get wholes(): number {
    return this.replies.filter(isWhole).length;
  }

  get records(): number {
    return this.partial.reduce((sum, { records }) => sum + records, 0);
  }

  /** The sum of the shares that were refused of requests that were not refused as a whole. */
  get partialSum(): number {
    return this.partial.reduce((sum, { refused }) => sum + refused, 0);
  }

  get partials(): number {
    return this.partial.length;
  }

  get partialShare(): number {
    return this.partials === 0 ? 0 : this.partialSum / this.partials;
  }

  /** The share that is refused now, of records and of whole requests. */
  get share(): number {
    // Since it began, and not over the whole window: before, the bucket was not empty yet.
    const { partial } = this;
    const first = partial.findIndex(({ refused }) => refused > 0);
    const since = partial.slice(Math.max(0, Math.min(first, partial.length - FEWEST_REFUSALS)));
    const share = since.reduce((sum, { refused }) => sum + refused, 0) / Math.max(1, since.length);
    const wholeShare = this.wholes / Math.max(REPLIES_TO_JUDGE_WHOLES, this.length);
    return share + (1 - share) * wholeShare;
  }

  /** What was sent, in bytes a second: as was asked for, or as was seen if that is less. */
  get rate(): number {
    const asked = this.replies.reduce((sum, { rate }) => sum + rate, 0) / this.length;
    const milliseconds = this.lastAt - this.firstAt;
    if (this.length < REPLIES_TO_MEASURE || milliseconds <= MILLISECONDS_TO_MEASURE) return asked;
    const bytes = this.replies.slice(1).reduce((sum, reply) => sum + reply.bytes, 0);
    return Math.min(asked, (MEASURED_MARGIN * bytes * 1000) / milliseconds);
  }

  private get partial(): readonly PacedReply[] {
    return this.replies.filter((reply) => !isWhole(reply));
  }
}

function isWhole({ refused }: PacedReply): boolean {
  return refused === 1;
}
