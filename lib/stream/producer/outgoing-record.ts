import type { Rejection } from './batch';

/** What to send, and whatever the caller wants back with its outcome. */
export interface OutgoingRecord {
  /** Sent as it is: the delivery stream appends the line break (AppendDelimiterToRecord). */
  readonly data: Uint8Array;
  /** Why it must not be sent, if it must not: it comes back rejected, in its turn. */
  readonly refusal?: string;
}

/** Records, one by one or some at a time; some at a time is much cheaper when there are millions. */
export type RecordSource<R> = AsyncIterable<R | readonly R[]> | Iterable<R | readonly R[]>;

/** What became of some records. Every record taken from the source is in exactly one of these lists, once. */
export interface Settlement<R> {
  readonly accepted: readonly R[];
  readonly rejected: readonly Rejection<R>[];
  /** Taken, but neither accepted nor rejected because of a stop or an error; sending them again is right. */
  readonly unsettled: readonly R[];
  /** Records in the request that this is the answer to; 0 if it is not about a request. */
  readonly sent: number;
  /** Those of them that had been sent before. */
  readonly resent: number;
}
