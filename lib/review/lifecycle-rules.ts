import { canonical } from './canonical';
import { valueAt, type Fields } from './fields';
import type { Strength } from './guarded-settings';

/** When S3 deletes what a rule matches; never: Infinity. The smaller, the worse, each for itself. */
type Deadline = (rule: Fields) => number;

/** Of the rules of a bucket. Source: "AWS::S3::Bucket Rule", CloudFormation Template Reference. */
const DEADLINES: readonly Deadline[] = [
  (rule) => numberOf(rule.ExpirationInDays),
  (rule) => (typeof rule.ExpirationDate === 'string' ? new Date(rule.ExpirationDate).getTime() : Infinity),
  noncurrentDays,
  // Versions that are kept whatever their age.
  (rule) => (noncurrentDays(rule) === Infinity ? Infinity : newerVersions(rule)),
];

function noncurrentDays(rule: Fields): number {
  return numberOf(
    valueAt(rule, 'NoncurrentVersionExpiration.NoncurrentDays') ?? rule.NoncurrentVersionExpirationInDays,
  );
}

function newerVersions(rule: Fields): number {
  const kept = valueAt(rule, 'NoncurrentVersionExpiration.NewerNoncurrentVersions');
  return kept === undefined ? 0 : numberOf(kept);
}

/** What cannot be told, a parameter for one, is taken to be soon. */
function numberOf(value: unknown): number {
  if (value === undefined) return Infinity;
  const number = Number(value);
  return Number.isNaN(number) ? 0 : number;
}

/** Weaker if anything is deleted sooner than by all rules before; stronger if only later. */
export function compareLifecycles(before: unknown, after: unknown): Strength {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  if (shortens(old, now)) return 'weaker';
  return shortens(now, old) ? 'stronger' : undefined;
}

function shortens(old: readonly Fields[], now: readonly Fields[]): boolean {
  return now.some((rule) =>
    DEADLINES.some((deadline) => {
      const known = old.filter((other) => covers(other, rule)).map(deadline);
      return deadline(rule) < Math.min(Infinity, ...known);
    }),
  );
}

function rulesOf(lifecycle: unknown): Fields[] {
  const rules = valueAt(lifecycle, 'Rules');
  return (Array.isArray(rules) ? (rules as Fields[]) : []).filter((rule) => valueAt(rule, 'Status') === 'Enabled');
}

/** Whether one rule matches all that the other does. */
function covers(wide: Fields, narrow: Fields): boolean {
  const [prefix, within] = [wide.Prefix ?? '', narrow.Prefix ?? ''];
  const isWithin =
    canonical(prefix) === canonical(within) ||
    (typeof prefix === 'string' && typeof within === 'string' && within.startsWith(prefix));
  return (
    isWithin && FILTERS.every((name) => wide[name] === undefined || canonical(wide[name]) === canonical(narrow[name]))
  );
}

const FILTERS = ['TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'] as const;
