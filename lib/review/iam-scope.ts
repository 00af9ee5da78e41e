/** Actions, resources or principals of a statement: those that match, or (`NotAction`…) all but those. */
export type Scope = string | { readonly not: readonly string[] };

/** Whether a pattern with `*` and `?` matches everything that another one matches. May miss a match, never invents one. */
export function patternCovers(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  // A pattern's own wildcards stand for themselves here, so only a `*` can take in another one.
  const [start, ...rest] = wide.split('*');
  if (start === undefined || rest.length === 0 || !startsLike(narrow, start, 0)) return sameLength(wide, narrow);
  const end = rest.pop() ?? '';
  let at = start.length;
  for (const part of rest) {
    at = indexLike(narrow, part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return narrow.length - end.length >= at && startsLike(narrow, end, narrow.length - end.length);
}

/** Without `*`, `?` stands for one character that is not a `*`. */
function sameLength(wide: string, narrow: string): boolean {
  return !wide.includes('*') && wide.length === narrow.length && startsLike(narrow, wide, 0);
}

function startsLike(text: string, part: string, at: number): boolean {
  if (at + part.length > text.length) return false;
  for (let index = 0; index < part.length; index++) {
    const [wanted, given] = [part[index], text[at + index]];
    if (wanted !== given && !(wanted === '?' && given !== '*')) return false;
  }
  return true;
}

function indexLike(text: string, part: string, from: number): number {
  for (let at = from; at + part.length <= text.length; at++) if (startsLike(text, part, at)) return at;
  return -1;
}

/** Whether everything in `narrow` is in `wide`, too. False where it cannot be told. */
export function scopeCovers(wide: Scope, narrow: Scope, covers = patternCovers, form = asWritten): boolean {
  if (typeof wide === 'string') {
    return wide === '*' || (typeof narrow === 'string' && covers(wide, narrow));
  }
  if (typeof narrow === 'string') return wide.not.every((pattern) => areApart(form(pattern), form(narrow)));
  return wide.not.every((pattern) => narrow.not.some((other) => covers(other, pattern)));
}

function asWritten(text: string): string {
  return text;
}

/** Whether two patterns have nothing in common, as far as what stands before their wildcards tells. */
function areApart(one: string, other: string): boolean {
  const [a, b] = [one, other].map((pattern) => pattern.split(/[*?]/, 1)[0] ?? '');
  if (a === undefined || b === undefined || one.startsWith('{') || other.startsWith('{')) return false;
  const shared = Math.min(a.length, b.length);
  const at = firstDifference(a, b);
  if (at < shared) return !isOpen(a, at) && !isOpen(b, at);
  // What a placeholder stands for may be nothing.
  if ((a.length > b.length ? a : b).slice(shared).includes('${')) return false;
  if (a === one && b === other) return a !== b;
  // One is a plain text that ends before the other's wildcard begins.
  return (a === one && a.length < b.length) || (b === other && b.length < a.length);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Whether what stands there is (a part of) a placeholder, whose text is not known. */
function isOpen(text: string, at: number): boolean {
  const start = text.lastIndexOf('${', at);
  if (start < 0) return false;
  const end = text.indexOf('}', start);
  return end < 0 || end >= at;
}
