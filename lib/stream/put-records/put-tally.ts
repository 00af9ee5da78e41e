import type { LineRecord } from './line-record';
import type { Settlement } from '../producer';

/** How far a run has come. */
export interface PutCounts {
  /** Read from the first line asked for, blank ones included. */
  readonly lines: number;
  /** Lines with nothing but white space: no records. */
  readonly blank: number;
  readonly accepted: number;
  /** Records sent again, counted each time. */
  readonly resent: number;
  /** Lines in the dead-letter file. */
  readonly dead: number;
  readonly requests: number;
  /** Of the records accepted, before base64. */
  readonly bytes: number;
}

/** Counts, and knows where to resume: every line before that is accepted or in the dead-letter file. */
export class PutTally {
  private readonly sums = { blank: 0, accepted: 0, resent: 0, dead: 0, requests: 0, bytes: 0 };
  private lastSettled: number;
  private firstUnsettled = Infinity;

  constructor(private readonly fromLine: number) {
    this.lastSettled = fromLine - 1;
  }

  /** @param lastLine the last line read */
  counts(lastLine: number): PutCounts {
    return { lines: Math.max(0, lastLine - this.fromLine + 1), ...this.sums };
  }

  addBlank(): void {
    this.sums.blank += 1;
  }

  addReply({ accepted, unsettled, sent, resent }: Settlement<LineRecord>): void {
    this.sums.requests += sent > 0 ? 1 : 0;
    this.sums.resent += resent;
    this.sums.accepted += accepted.length;
    for (const { line, data } of accepted) {
      this.sums.bytes += data.length;
      if (line > this.lastSettled) this.lastSettled = line;
    }
    this.addUnsettled(unsettled.map(({ line }) => line));
  }

  addDead(lines: readonly number[]): void {
    this.sums.dead += lines.length;
    for (const line of lines) if (line > this.lastSettled) this.lastSettled = line;
  }

  addUnsettled(lines: readonly number[]): void {
    for (const line of lines) if (line < this.firstUnsettled) this.firstUnsettled = line;
  }

  get hasDead(): boolean {
    return this.sums.dead > 0;
  }

  /** Nothing that was taken from the input is left open. */
  get isSettled(): boolean {
    return this.firstUnsettled === Infinity;
  }

  /** Lines from here on may have been accepted too, if the run was ended while they were in flight. */
  get resumeLine(): number {
    return Math.min(this.firstUnsettled, this.lastSettled + 1);
  }
}
