import { AnswerError, type RecordFailure } from './send-error';

/** The parts of PutRecordBatch's answer that say what was accepted. */
export interface Answer {
  readonly FailedPutCount?: number | undefined;
  readonly RequestResponses?:
    | readonly {
        readonly RecordId?: string | undefined;
        readonly ErrorCode?: string | undefined;
        readonly ErrorMessage?: string | undefined;
      }[]
    | undefined;
}

const OK = 200;

/**
 * The records that failed. The answer has one entry for each record, in the order of the request: a `RecordId` if it was
 * accepted, an `ErrorCode` if not. Source: API reference, PutRecordBatch, read November 2026.
 *
 * @throws {AnswerError} if it contradicts itself. Guessing which were accepted would lose records or send them twice.
 */
export function readFailures({ FailedPutCount, RequestResponses = [] }: Answer, sent: number): RecordFailure[] {
  if (RequestResponses.length !== sent) {
    throw new AnswerError(`it speaks of ${RequestResponses.length} records, and ${sent} were sent`, OK);
  }
  const failures = RequestResponses.flatMap(({ ErrorCode, ErrorMessage }, index) =>
    ErrorCode === undefined ? [] : [{ index, code: ErrorCode, message: ErrorMessage ?? '' }],
  );
  if (FailedPutCount !== failures.length) {
    const count = FailedPutCount ?? 'missing';
    throw new AnswerError(`its FailedPutCount is ${count}, and ${failures.length} records are marked as failed`, OK);
  }
  const mute = RequestResponses.findIndex(
    ({ RecordId, ErrorCode }) => RecordId === undefined && ErrorCode === undefined,
  );
  if (mute !== -1) throw new AnswerError(`it says neither yes nor no to record ${mute + 1} of ${sent}`, OK);
  return failures;
}
