import type { Clock } from './clock';

/** Timers by name, each set at most once at a time. */
export class Timers<Name extends string> {
  private readonly cancels = new Map<Name, () => void>();

  constructor(private readonly clock: Clock) {}

  start(name: Name, milliseconds: number, callback: () => void): void {
    if (this.cancels.has(name)) return;
    const cancel = this.clock.schedule(milliseconds, () => {
      this.cancels.delete(name);
      callback();
    });
    this.cancels.set(name, cancel);
  }

  cancel(name: Name): void {
    this.cancels.get(name)?.();
    this.cancels.delete(name);
  }
}
