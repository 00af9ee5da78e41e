import type { RecordSource } from './outgoing-record';

/** Takes records from their source, no further ahead than asked: that is the backpressure. */
export class RecordSupply<R> {
  private readonly iterator: Iterator<R | readonly R[], unknown> | AsyncIterator<R | readonly R[], unknown>;
  private taken: readonly R[] = [];
  private next = 0;
  private isReading = false;
  private hasEnded = false;

  constructor(source: RecordSource<R>) {
    this.iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** There is nothing left, here or in the source. */
  get isDrained(): boolean {
    return this.hasEnded && this.peek() === undefined;
  }

  /** The next record, if it was taken from the source already. */
  peek(): R | undefined {
    return this.taken[this.next];
  }

  advance(): void {
    this.next += 1;
  }

  /** Takes more from the source, once at a time; false if that is under way already or the source has ended. */
  async read(): Promise<boolean> {
    if (this.isReading || this.hasEnded) return false;
    this.isReading = true;
    const result = await this.iterator.next();
    this.isReading = false;
    if (result.done === true) {
      this.hasEnded = true;
    } else {
      this.taken = isMany(result.value) ? result.value : [result.value];
      this.next = 0;
    }
    return true;
  }

  /** Hands out, unsent, whatever was taken and not advanced over. */
  giveBack(): readonly R[] {
    const rest = this.taken.slice(this.next);
    this.taken = [];
    this.next = 0;
    return rest;
  }

  /** Tells the source that no more will be asked for. Does not wait: a source that hangs must not keep a stop waiting. */
  close(): void {
    if (!this.hasEnded) void Promise.resolve(this.iterator.return?.()).catch(() => undefined);
  }
}

function isMany<R>(value: R | readonly R[]): value is readonly R[] {
  return Array.isArray(value);
}
