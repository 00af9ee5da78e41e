import type { Problem } from '../foundation/problem';
import type { Comparison } from './compare';
import { DANGERS, type Danger, type Finding } from './finding';
import { FINGERPRINTED, fingerprintOf } from './fingerprint';

/** What a gate forbids; each forbids all that those behind it do. */
export const FAIL_ON = ['any', 'broadening', 'destructive', 'data-loss', 'never'] as const;

export type FailOn = (typeof FAIL_ON)[number];

export interface Side {
  /** As a person named it: `origin/main`, `.`, a folder. */
  readonly name: string;
  /** The commit, where it is one. */
  readonly commit?: string;
}

/** Everything that renderers show. As JSON it is the contract with other programs. */
export interface Report extends Comparison {
  readonly base: Side;
  readonly head: Side;
  readonly failOn: FailOn;
  /** Findings that the gate forbids and nobody accepted. */
  readonly forbidden: number;
  /** Of the allow file: each fails the gate. */
  readonly allowProblems: readonly Problem[];
  /** What the comparison cannot know: `drift` of what is deployed, for one. */
  readonly remarks: readonly string[];
}

export function makeReport(
  comparison: Comparison,
  options: Pick<Report, 'base' | 'head' | 'failOn' | 'allowProblems'> & { readonly remarks?: readonly string[] },
): Report {
  const forbidden = comparison.findings.filter((finding) => isForbidden(finding, options.failOn)).length;
  const findings = comparison.findings.map((finding) =>
    FINGERPRINTED.has(finding.change) ? { ...finding, fingerprint: fingerprintOf(finding) } : finding,
  );
  return { ...comparison, findings, ...options, remarks: options.remarks ?? [], forbidden };
}

export function isForbidden({ danger, allowed }: Finding, failOn: FailOn): boolean {
  if (failOn === 'never' || allowed !== undefined) return false;
  if (failOn === 'any') return true;
  return DANGERS.indexOf(danger) <= DANGERS.indexOf(failOn);
}

/** 0 nothing forbidden, 1 a forbidden change or a stale allow file. */
export function exitCodeOf({ forbidden, allowProblems }: Report): 0 | 1 {
  return forbidden + allowProblems.length === 0 ? 0 : 1;
}

export const DANGER_NAMES: Readonly<Record<Danger, string>> = {
  'data-loss': 'data loss',
  destructive: 'destructive',
  broadening: 'broadening',
  none: 'other',
};

/** `2 data loss, 1 broadening, 12 other`; the worst first. */
export function countsOf(findings: readonly Finding[]): string {
  const parts = DANGERS.flatMap((danger) => {
    const count = findings.filter((finding) => finding.danger === danger).length;
    return count === 0 ? [] : [`${count} ${DANGER_NAMES[danger]}`];
  });
  return parts.join(', ');
}
