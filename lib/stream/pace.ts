export interface PaceOptions {
  /** The most requests in flight at once. */
  readonly inFlight: number;
  /** A pause starts from here and doubles with every failure, in milliseconds. */
  readonly firstPause: number;
  /** No pause is longer, in milliseconds. */
  readonly longestPause: number;
  /** 0 up to 1. */
  readonly random: () => number;
}

/**
 * Up to this share of failed records, a request counts as progress: the pause does not grow. A record that fails once in
 * four times is accepted within ten attempts but for one in a million.
 */
const TOLERATED_FAILURES = 0.25;
const RECOVERY = 0.5;

/**
 * How fast to send: how many requests at once, and when the next may start.
 *
 * One pace for the whole stream, not a timer for each record: a quota is the stream's, and while one batch waits the
 * others must not take what it waits for. The number in flight halves on failure and grows by one a round on success
 * (as TCP's congestion window does); the pause is random up to a bound that doubles, so that producers that failed
 * together do not return together (AWS Architecture Blog, "Exponential Backoff And Jitter": full jitter).
 */
export class Pace {
  private window: number;
  private bound = 0;
  private openFrom = -Infinity;
  private currentRound = 0;

  constructor(private readonly options: PaceOptions) {
    this.window = options.inFlight;
  }

  /** How many requests may be in flight now. */
  get limit(): number {
    return Math.floor(this.window);
  }

  /** Kept with a request, for `learn`: the requests of one round fail together and count once. */
  get round(): number {
    return this.currentRound;
  }

  /** How long until a request may start, in milliseconds. */
  pause(now: number): number {
    return Math.max(0, this.openFrom - now);
  }

  /** Takes in how a request went: the share of its records that failed, 0 to 1. */
  learn(round: number, failed: number, now: number): void {
    const { inFlight, firstPause, longestPause, random } = this.options;
    if (failed === 0) {
      this.window = Math.min(inFlight, this.window + 1 / this.window);
      this.bound = this.bound < firstPause ? 0 : this.bound * RECOVERY;
      return;
    }
    if (round !== this.currentRound) return;
    this.currentRound += 1;
    if (failed > TOLERATED_FAILURES) {
      this.window = Math.max(1, this.window / 2);
      this.bound *= 2;
    }
    this.bound = Math.min(longestPause, Math.max(firstPause, this.bound));
    this.openFrom = now + random() * this.bound;
  }
}
