import { z } from 'zod';
import { readJson } from '../foundation/files';
import { throwIfAny, type Problem } from '../foundation/problem';
import { oneOf, setting, shapeProblems } from '../foundation/settings';
import { CHANGES, type Finding } from './finding';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const entrySchema = z.strictObject({
  stack: setting(z.string().min(1), 'the ID of a stack, as the report shows it', 'dev-Network'),
  /** None for a finding about the stack itself. */
  logicalId: setting(z.string().min(1), 'a logical ID, as the report shows it', 'Bucket83908E77').optional(),
  change: oneOf(CHANGES),
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
  return schema.parse(raw);
}

export interface Allowed {
  readonly findings: readonly Finding[];
  /** Entries that are expired, or that nothing needs any more. */
  readonly problems: readonly Problem[];
}

/** @param today as YYYY-MM-DD, in UTC; an entry holds through the day on which it expires */
export function applyAllowFile(
  findings: readonly Finding[],
  entries: readonly AllowEntry[],
  today: string,
  path: string,
): Allowed {
  const valid = entries.filter(({ expires }) => expires >= today);
  return {
    findings: findings.map((finding) => {
      const entry = valid.find((each) => isMeant(finding, each));
      return entry === undefined ? finding : { ...finding, allowed: { reason: entry.reason, expires: entry.expires } };
    }),
    problems: entries.flatMap((entry, index): Problem[] => {
      const at = `${path}[${index}]`;
      const value = [entry.stack, entry.logicalId, entry.change].filter((part) => part !== undefined).join(' ');
      if (entry.expires < today) {
        return [{ path: at, value, reason: `expired on ${entry.expires}`, remedy: 'remove it, or decide again' }];
      }
      if (findings.some((finding) => isMeant(finding, entry))) return [];
      return [
        { path: at, value, reason: 'accepts a change that is not made here', remedy: 'remove it, or correct it' },
      ];
    }),
  };
}

function isMeant(finding: Finding, { stack, logicalId, change }: AllowEntry): boolean {
  return finding.stack === stack && finding.logicalId === logicalId && finding.change === change;
}
