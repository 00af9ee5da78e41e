/**
 * ok: a deployment will not fail for this. warns: it will not, and something is to be done all the same. fails: it will.
 * unknown: AWS could not be asked, or did not answer.
 */
export type Status = 'ok' | 'warns' | 'fails' | 'unknown';

/** What came of one check. */
export interface CheckResult {
  readonly check: string;
  readonly status: Status;
  /** The question. */
  readonly asked: string;
  readonly found: string;
  /** What to do, unless it is ok; in the imperative. Commands are on lines of their own. */
  readonly remedy: string | null;
}

export type Answer =
  | { readonly status: 'ok'; readonly found: string }
  | { readonly status: 'warns' | 'fails'; readonly found: string; readonly remedy: string };

export function ok(found: string): Answer {
  return { status: 'ok', found };
}

export function fails(found: string, remedy: string): Answer {
  return { status: 'fails', found, remedy };
}

export function warns(found: string, remedy: string): Answer {
  return { status: 'warns', found, remedy };
}
