import { createHash } from 'node:crypto';
import type { Change, Finding } from './finding';

/** Changes of which one resource may have many, and where the next may be much worse. */
export const FINGERPRINTED: ReadonlySet<Change> = new Set<Change>(['iam', 'setting', 'security-group']);

/** Names a finding by what exactly changes, so that accepting one statement accepts no other. */
export function fingerprintOf({ danger, certainty, summary, details, notes }: Finding): string {
  const text = JSON.stringify([danger, certainty, summary, details, notes]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
