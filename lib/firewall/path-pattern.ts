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
    // A script may stand before the path: what nginx hands to PHP as /index.php/admin, an application may take for /admin.
    ...(beginnings.length === 0 ? [] : [`^(?:.*\\.php)?(?:${beginnings.join('|')})`]),
    ...(endings.length === 0 ? [] : [`(?:${endings.join('|')})$`]),
  ];
  return `(?i)${parts.join('|')}`;
}

/** The expression as JavaScript has it: no flags inside, and an end that is not before a last newline, as WAF's is, too. */
export function asRegExp(pattern: string): RegExp {
  return new RegExp(pattern.replace('(?i)', '').replace(/\$$/, '\\n?$'), 'is');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
