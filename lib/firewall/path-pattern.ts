/** Source: "AWS WAF quotas", AWS WAF Developer Guide. */
export const LONGEST_PATTERN = 512;

/**
 * One regular expression for a list of paths (`/admin`: whatever starts so) and endings (`*.bak`). Case does not count. It
 * uses what WAF's expressions and JavaScript's have in common, and so no capturing groups.
 */
export function pathPattern(paths: readonly string[]): string {
  const beginnings = paths.filter((path) => path.startsWith('/')).map(escape);
  const endings = paths.filter((path) => path.startsWith('*')).map((path) => escape(path.slice(1)));
  const parts = [
    ...(beginnings.length === 0 ? [] : [`^(?:${beginnings.join('|')})`]),
    ...(endings.length === 0 ? [] : [`(?:${endings.join('|')})$`]),
  ];
  return `(?i)${parts.join('|')}`;
}

/** The expression as JavaScript has it, which has no flags inside. */
export function asRegExp(pattern: string): RegExp {
  return new RegExp(pattern.replace('(?i)', ''), 'i');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
