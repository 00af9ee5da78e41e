/** ok: will not fail for this. fails: will. unknown: AWS could not be asked, or did not answer. */
export type Status = 'ok' | 'fails' | 'unknown';

/** The answer to one question that was put to AWS. */
export interface Finding {
  readonly check: string;
  readonly status: Status;
  /** The question. */
  readonly asked: string;
  readonly found: string;
  /** What to do, unless it is ok; in the imperative. */
  readonly remedy: string | null;
}

export type Answer =
  | { readonly status: 'ok'; readonly found: string }
  | { readonly status: 'fails'; readonly found: string; readonly remedy: string };

export function ok(found: string): Answer {
  return { status: 'ok', found };
}

export function fails(found: string, remedy: string): Answer {
  return { status: 'fails', found, remedy };
}
