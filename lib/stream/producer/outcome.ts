import { isThrottling, isThrottlingCode, type RecordFailure } from './send-error';

/** What became of a request: which of its records failed, or why all of it did. */
export type Outcome = { readonly failures: readonly RecordFailure[] } | { readonly error: unknown };

/**
 * The share of a request's bytes that was refused for want of capacity, 0 to 1; undefined if the request tells nothing of
 * that: a connection that broke, a service in trouble. Records that fail for other reasons count as sent, not as refused.
 */
export function throttledShare(outcome: Outcome, sizes: readonly number[]): number | undefined {
  if ('error' in outcome) return isThrottling(outcome.error) ? 1 : undefined;
  const refused = outcome.failures.filter(({ code }) => isThrottlingCode(code));
  if (refused.length === sizes.length) return 1;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const bytes = refused.reduce((sum, { index }) => sum + (sizes[index] ?? 0), 0);
  return total === 0 ? refused.length / sizes.length : bytes / total;
}
