export interface OutageOptions {
  /** The most requests in flight at once. */
  readonly inFlight: number;
  /** So many requests in a row without any acceptance are an outage. */
  readonly patience: number;
  /** The pause before the second, which doubles, and the longest, in milliseconds. */
  readonly pause: { readonly first: number; readonly longest: number };
  /** 0 up to 1. */
  readonly random: () => number;
}

/**
 * Whether anything is accepted at all, and how many requests may find that out at once.
 *
 * One, until something was accepted; then one more for each that was. Every request of which nothing is accepted halves
 * the number, down to one that probes, with a pause that doubles: an outage costs a handful of requests.
 */
export class Outage {
  private window = 1;
  private fruitless = 0;
  private openFrom = -Infinity;
  private hasAccepted = false;

  constructor(private readonly options: OutageOptions) {}

  /** How many requests may be in flight now. */
  get limit(): number {
    return Math.max(1, Math.floor(Math.min(this.window, this.options.inFlight) / 2 ** this.fruitless));
  }

  /** Kept with a request, for `refused`: requests that were in flight together count once. */
  get round(): number {
    return this.fruitless;
  }

  /** Nothing was accepted for so long that more is not worth trying. */
  get isOver(): boolean {
    return this.fruitless >= this.options.patience;
  }

  /** How long until a request may start, in milliseconds. */
  pause(now: number): number {
    return Math.max(0, this.openFrom - now);
  }

  /** At least one record of a request was accepted. */
  accepted(): void {
    this.hasAccepted = true;
    this.window = Math.min(this.options.inFlight, this.window + 1);
    this.fruitless = 0;
    this.openFrom = -Infinity;
  }

  /** Not one record of a request was. */
  refused(round: number, now: number): void {
    if (round !== this.fruitless) return;
    this.fruitless += 1;
    // Where others are accepted, a single request that failed is no reason to wait.
    const waits = this.hasAccepted ? this.fruitless - 1 : this.fruitless;
    if (waits < 1) return;
    const { pause, random } = this.options;
    const bound = Math.min(pause.longest, pause.first * 2 ** (waits - 1));
    // Random, so that producers that failed together do not return together; never short, so that patience lasts.
    this.openFrom = now + (bound * (1 + random())) / 2;
  }
}
