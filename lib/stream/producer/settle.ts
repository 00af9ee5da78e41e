import type { Attempt, Rejection } from './batch';
import type { Outcome } from './outcome';
import { describeError, type RecordFailure } from './send-error';

/** What becomes of the records of a request that was answered. */
export interface Settled<R> {
  readonly accepted: readonly R[];
  readonly rejected: readonly Rejection<R>[];
  /** To send again. */
  readonly again: readonly Attempt<R>[];
  /** Why records failed, if any did. */
  readonly reason: string | undefined;
}

/**
 * Sorts a request's records by what became of them.
 *
 * A failure counts against a record only if it may be the record's own fault: while others were accepted, or if the
 * request held nothing but records that had failed like that. So an outage rejects nothing.
 *
 * @param othersAccepted whether any record of another request was accepted since this one was sent
 */
export function settle<R>(
  attempts: readonly Attempt<R>[],
  outcome: Outcome,
  othersAccepted: boolean,
  maxAttempts: number,
): Settled<R> {
  const reasons = failureReasons(attempts.length, outcome);
  const isAnswered = !('error' in outcome);
  const counts =
    othersAccepted || reasons.size < attempts.length || (isAnswered && attempts.every(({ failures }) => failures > 0));
  const accepted: R[] = [];
  const rejected: Rejection<R>[] = [];
  const again: Attempt<R>[] = [];
  attempts.forEach(({ record, sent, failures }, index) => {
    const reason = reasons.get(index);
    const failed = failures + (counts ? 1 : 0);
    if (reason === undefined) accepted.push(record);
    else if (failed < maxAttempts) again.push({ record, sent: sent + 1, failures: failed });
    else rejected.push({ record, reason: `failed ${sent + 1} times (${reason})` });
  });
  const [reason] = reasons.values();
  return { accepted, rejected, again, reason };
}

/** Why records failed, by their place in the request. */
function failureReasons(records: number, outcome: Outcome): ReadonlyMap<number, string> {
  if (!('error' in outcome)) return new Map(outcome.failures.map((failure) => [failure.index, describe(failure)]));
  const reason = describeError(outcome.error);
  return new Map(Array.from({ length: records }, (_, index) => [index, reason]));
}

function describe({ code, message }: RecordFailure): string {
  return message === '' ? code : `${code}: ${message}`;
}
