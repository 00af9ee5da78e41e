import { Batch, type Attempt } from './batch';
import { tooLarge } from './firehose-limits';
import type { OutgoingRecord, RecordSource } from './outgoing-record';
import { RecordSupply } from './record-supply';

/** Fills batches: first with what failed, then with what the source gives, and asks that for no more than fits. */
export class Loading<R extends OutgoingRecord> {
  private readonly supply: RecordSupply<R>;
  /** Older than anything in the supply; so there are never more than can be in flight. */
  private waiting: Attempt<R>[] = [];
  private current = new Batch<R>();

  constructor(source: RecordSource<R>) {
    this.supply = new RecordSupply(source);
  }

  /** What goes in the next request. */
  get batch(): Batch<R> {
    return this.current;
  }

  /** The source has ended, and all that it gave is in the batch or waits for the one after. */
  get isDrained(): boolean {
    return this.supply.isDrained;
  }

  /** Nothing is here to be sent. */
  get isEmpty(): boolean {
    return this.current.isEmpty && this.waiting.length === 0;
  }

  /** False if the batch could hold more than is here now. */
  fill(): boolean {
    while (!this.current.isFull) {
      const [oldest] = this.waiting;
      if (oldest !== undefined) {
        if (this.current.add(oldest)) this.waiting.shift();
        continue;
      }
      const record = this.supply.peek();
      if (record === undefined) return false;
      const reason = record.refusal ?? tooLarge(record.data.length);
      if (reason !== undefined) this.current.refuse({ record, reason });
      else if (!this.current.add({ record, sent: 0, failures: 0 })) return true;
      this.supply.advance();
    }
    return true;
  }

  read(): Promise<boolean> {
    return this.supply.read();
  }

  /** Hands out the batch, with no more bytes than that, and begins another. */
  take(bytes: number): Batch<R> {
    const batch = this.current;
    this.waiting.unshift(...batch.cutTo(bytes));
    this.current = new Batch(bytes);
    return batch;
  }

  /** Those that failed most often go first: what a quota refuses is mostly the end of a request. */
  addFailed(attempts: readonly Attempt<R>[]): void {
    if (attempts.length === 0) return;
    this.waiting = [...this.waiting, ...attempts].sort((a, b) => b.failures - a.failures || b.sent - a.sent);
  }

  /** Gives back what was never sent, and what was, too, if `all`; the rest is still to be sent. */
  giveBack(all: boolean): readonly R[] {
    const { attempts, refused } = this.current;
    const queue = [...attempts, ...this.waiting];
    this.current = new Batch();
    this.waiting = all ? [] : queue.filter(({ sent }) => sent > 0);
    return [
      ...queue.filter(({ sent }) => all || sent === 0).map(({ record }) => record),
      ...refused.map(({ record }) => record),
      ...this.supply.giveBack(),
    ];
  }

  close(): void {
    this.supply.close();
  }
}
