import { FIREHOSE_LIMITS } from './firehose-limits';
import { SendRate } from './send-rate';
import { throttledShare, type Outcome } from './outcome';

/** In milliseconds of the rate: a request holds no more, so that a small quota's bucket can take it whole. */
const REQUEST = 100;
/** In milliseconds: what was not sent on time may be made up for, so much and no more. */
const ARREARS = 50;
/** In milliseconds: however low the rate, a request starts after that. It tells whether there is more by now. */
const LONGEST_PAUSE = 1_000;

/** What is kept of a request until it is answered. */
export interface Launch {
  readonly sentAt: number;
  readonly rate: number;
  readonly bytes: number;
}

/** Turns the rate into requests: when the next may start, and how large it may be. */
export class Pacer {
  private readonly rate: SendRate;
  private openFrom = -Infinity;

  constructor(now: number) {
    this.rate = new SendRate(now);
  }

  /** The most a request should hold now; one record may be larger. */
  get requestBytes(): number {
    return Math.min(FIREHOSE_LIMITS.bytesPerRequest, (this.rate.bytesPerSecond * REQUEST) / 1000);
  }

  /** How long until a request may start that nothing else holds back, in milliseconds. */
  pause(now: number): number {
    const pause = this.rate.bytesPerSecond === Infinity ? 0 : Math.max(0, this.openFrom - now);
    if (pause > 0) this.rate.hold();
    return pause;
  }

  launch(bytes: number, now: number): Launch {
    const rate = this.rate.bytesPerSecond;
    const takes = Math.min(LONGEST_PAUSE, (bytes * 1000) / rate);
    this.openFrom = Math.max(this.openFrom, now - ARREARS) + takes;
    return { sentAt: now, rate, bytes };
  }

  learn(launch: Launch, outcome: Outcome, sizes: readonly number[], now: number): void {
    const refused = throttledShare(outcome, sizes);
    if (refused !== undefined) this.rate.learn({ ...launch, records: sizes.length, refused }, now);
  }
}
