import type { Clock } from './clock';
import type { OutgoingRecord, RecordSource, Settlement } from './outgoing-record';
import { Production } from './production';
import type { PutRecordBatch } from './send-error';

export interface PutRecordsOptions {
  /** Sends one request: `firehoseSender`. */
  readonly send: PutRecordBatch;
  /**
   * How often a record may fail before it counts as rejected, and how many requests in a row may be refused entirely
   * before all ends. Only failures while others are accepted count against a record.
   */
  readonly maxAttempts?: number;
  /** The most requests in flight. */
  readonly inFlight?: number;
  /** The most bytes in flight (but always one request). The SDK needs about eight times as much memory. */
  readonly bytesInFlight?: number;
  /** How long a batch that is not full waits for a slow source, in milliseconds. */
  readonly linger?: number;
  /** The pause while nothing is accepted, which doubles, and the longest, in milliseconds. */
  readonly pause?: { readonly first: number; readonly longest: number };
  /** Stops cleanly: takes no more records, waits for those in flight, resends what fails of them. */
  readonly stop?: AbortSignal;
  /** Stops at once: what is in flight comes back unsettled, though it may have been accepted. */
  readonly abort?: AbortSignal;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export const PUT_RECORDS_DEFAULTS = {
  maxAttempts: 10,
  inFlight: 8,
  bytesInFlight: 8 * 1024 * 1024,
  linger: 1_000,
  pause: { first: 50, longest: 3_000 },
} as const;

/**
 * Sends records to a Firehose delivery stream in as few requests as it allows, as fast as its quota allows, and yields
 * what becomes of them.
 *
 * Fills batches to 500 records or 4 MiB with several in flight, smaller ones where the quota is small; resends exactly the
 * records that failed. Reads no further than it can send, and sends no further than its outcomes are taken: memory does
 * not grow with the input.
 * At least once: if a connection breaks after Firehose accepted a request but before its answer arrived, the records are
 * sent again. A record whose acceptance was seen never is.
 *
 * @throws what the source throws, what `send` throws if resending cannot help (access denied, no such stream), and
 * NothingAcceptedError if nothing was accepted `maxAttempts` times in a row: then nothing is rejected, and all comes back
 * unsettled. Before it throws, all that was taken has come back
 */
export function putRecords<R extends OutgoingRecord>(
  source: RecordSource<R>,
  options: PutRecordsOptions,
): AsyncGenerator<Settlement<R>, void, undefined> {
  return new Production(source, { ...PUT_RECORDS_DEFAULTS, ...options }).run();
}
