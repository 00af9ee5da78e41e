import type { Clock } from '../../../lib/stream/producer/clock';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Time that passes only in `run`: hours take as long as what happens in them. */
export class VirtualClock implements Clock {
  private time = 0;
  private timers: Timer[] = [];

  now(): number {
    return this.time;
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + milliseconds, callback };
    const later = this.timers.findIndex(({ at }) => at > timer.at);
    this.timers.splice(later === -1 ? this.timers.length : later, 0, timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.schedule(milliseconds, resolve));
  }

  /** Until then, or until nothing is left to happen. */
  async run(until = Infinity): Promise<void> {
    for (;;) {
      // Whatever promises have in hand comes first.
      await new Promise(setImmediate);
      const [next] = this.timers;
      if (next === undefined || next.at > until) break;
      this.timers.shift();
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    if (until !== Infinity) this.time = until;
  }
}
