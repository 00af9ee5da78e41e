import type { Attempt, Rejection } from './batch';
import type { Outcome } from './outcome';
import { describeError, isThrottling, isThrottlingCode } from './send-error';

/** What becomes of the records of a request that was answered. */
export interface Settled<R> {
  readonly accepted: readonly R[];
  readonly rejected: readonly Rejection<R>[];
  /** To send again. */
  readonly again: readonly Attempt<R>[];
  /** Why records failed, if any did. */
  readonly reason: string | undefined;
}

/** What was going on while the request was on its way. */
export interface Circumstances {
  /** Some record of another request was accepted. */
  readonly othersAccepted: boolean;
  /** The request held all that was left to send. */
  readonly wasLast: boolean;
  readonly maxAttempts: number;
}

interface Failure {
  readonly reason: string;
  readonly isThrottling: boolean;
}

/**
 * Sorts a request's records by what became of them.
 *
 * A failure counts against a record only if it may be the record's own fault: if at least half of its request was
 * accepted; if others were meanwhile, and it was not for want of capacity; or if only records that failed before are left.
 * So neither an outage nor a quota rejects anything.
 */
export function settle<R>(attempts: readonly Attempt<R>[], outcome: Outcome, circumstances: Circumstances): Settled<R> {
  const { othersAccepted, wasLast, maxAttempts } = circumstances;
  const failures = failuresByIndex(attempts.length, outcome);
  const isAnswered = !('error' in outcome);
  const mostAccepted = failures.size * 2 <= attempts.length;
  const onlySuspects = isAnswered && wasLast && attempts.every((attempt) => attempt.failures > 0);
  const accepted: R[] = [];
  const rejected: Rejection<R>[] = [];
  const again: Attempt<R>[] = [];
  attempts.forEach(({ record, sent, failures: before }, index) => {
    const failure = failures.get(index);
    if (failure === undefined) {
      accepted.push(record);
      return;
    }
    const counts = mostAccepted || onlySuspects || (othersAccepted && !failure.isThrottling);
    const failed = before + (counts ? 1 : 0);
    if (failed < maxAttempts) again.push({ record, sent: sent + 1, failures: failed });
    else rejected.push({ record, reason: `failed ${sent + 1} times (${failure.reason})` });
  });
  const [first] = failures.values();
  return { accepted, rejected, again, reason: first?.reason };
}

function failuresByIndex(records: number, outcome: Outcome): ReadonlyMap<number, Failure> {
  if ('error' in outcome) {
    const failure = { reason: describeError(outcome.error), isThrottling: isThrottling(outcome.error) };
    return new Map(Array.from({ length: records }, (_, index) => [index, failure]));
  }
  return new Map(
    outcome.failures.map(({ index, code, message }) => {
      const reason = message === '' ? code : `${code}: ${message}`;
      return [index, { reason, isThrottling: isThrottlingCode(code) }];
    }),
  );
}
