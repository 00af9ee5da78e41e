import { z } from 'zod';
import { readJson } from '../foundation/files';
import { throwIfAny, type Problem } from '../foundation/problem';
import { oneOf, setting, shapeProblems } from '../foundation/settings';
import { CHANGES, DANGERS, type Finding } from './finding';
import { FINGERPRINTED, fingerprintOf } from './fingerprint';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const entrySchema = z.strictObject({
  stack: setting(z.string().min(1), 'the ID of a stack, as the report shows it', 'dev-Network'),
  /** None for a finding about the stack itself. */
  logicalId: setting(z.string().min(1), 'a logical ID, as the report shows it', 'Bucket83908E77').optional(),
  change: oneOf(CHANGES),
  /** The worst that is accepted. */
  danger: oneOf(DANGERS),
  /** `may` does not accept what happens for certain. */
  certainty: oneOf(['may', 'will']).optional(),
  fingerprint: setting(
    z.string().regex(/^[0-9a-f]{16}$/),
    'the fingerprint of the finding, as --format json and the report show it',
    '0123456789abcdef',
  ).optional(),
  reason: setting(z.string().min(10), 'a reason of at least ten characters', 'Moved to the new bucket on Monday'),
  expires: setting(
    z
      .string()
      .regex(DATE)
      .refine((text) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)),
    'a date as YYYY-MM-DD',
    '2027-01-31',
  ),
});

const schema = setting(z.array(entrySchema), 'a list of accepted changes', []);

/** A danger that somebody accepts: which, why, and until when. */
export type AllowEntry = z.output<typeof entrySchema>;

/** @throws {ProblemsError} with every mistake in the file */
export function readAllowFile(path: string): AllowEntry[] {
  const raw = readJson(path, '--allow');
  throwIfAny(shapeProblems(schema, raw, path));
  const entries = schema.parse(raw);
  throwIfAny(
    entries.flatMap(({ change, fingerprint }, index): Problem[] =>
      FINGERPRINTED.has(change) && fingerprint === undefined
        ? [
            {
              path: `${path}[${index}].fingerprint`,
              reason: `is missing: one resource may have many changes of the kind ${change}`,
              remedy: 'take it from the forbidden finding in the report, or from --format json',
            },
          ]
        : [],
    ),
  );
  return entries;
}

export interface Allowed {
  readonly findings: readonly Finding[];
  /** Entries that are expired or hold too long, are there twice, or that nothing needs any more. */
  readonly problems: readonly Problem[];
}

/** @param today as YYYY-MM-DD, in UTC; an entry holds through the day on which it expires, a year at most */
export function applyAllowFile(
  findings: readonly Finding[],
  entries: readonly AllowEntry[],
  today: string,
  path: string,
): Allowed {
  const latest = aYearAfter(today);
  const valid = entries.filter(({ expires }) => expires >= today && expires <= latest);
  const needed = new Set<AllowEntry>();
  const judged = findings.map((finding) => {
    const entry = valid.find((each) => isMeant(finding, each));
    if (entry === undefined) return finding;
    needed.add(entry);
    return { ...finding, allowed: { reason: entry.reason, expires: entry.expires } };
  });
  const problems = entries.flatMap((entry, index): Problem[] => {
    const value = [entry.stack, entry.logicalId, entry.change].filter((part) => part !== undefined).join(' ');
    const problem = problemOf(entry);
    return problem === undefined ? [] : [{ path: `${path}[${index}]`, value, ...problem }];
  });
  return { findings: judged, problems };

  function problemOf(entry: AllowEntry): Pick<Problem, 'reason' | 'remedy'> | undefined {
    const { expires } = entry;
    if (expires < today) return { reason: `expired on ${expires}`, remedy: 'remove it, or decide again' };
    if (expires > latest) {
      return { reason: `expires on ${expires}, more than a year ahead`, remedy: `give a day until ${latest}` };
    }
    if (needed.has(entry)) return undefined;
    if (findings.some((finding) => isMeant(finding, entry))) {
      return { reason: 'accepts what an earlier entry accepts', remedy: 'remove one of the two' };
    }
    if (findings.some((finding) => isNamed(finding, entry))) {
      return {
        reason: 'accepts less than happens here: the danger is worse, more certain, or the fingerprint another',
        remedy: 'look at the finding again, and decide again',
      };
    }
    return { reason: 'accepts a change that is not made here', remedy: 'remove it, or correct it' };
  }
}

function isMeant(finding: Finding, entry: AllowEntry): boolean {
  return (
    isNamed(finding, entry) &&
    DANGERS.indexOf(finding.danger) >= DANGERS.indexOf(entry.danger) &&
    (entry.certainty !== 'may' || finding.certainty === 'may') &&
    (entry.fingerprint === undefined || entry.fingerprint === fingerprintOf(finding))
  );
}

function isNamed(finding: Finding, { stack, logicalId, change }: AllowEntry): boolean {
  return finding.stack === stack && finding.logicalId === logicalId && finding.change === change;
}

/** Nobody remembers longer why. */
function aYearAfter(today: string): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}
