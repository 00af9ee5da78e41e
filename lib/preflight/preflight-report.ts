import { renderTable } from '../foundation/table';
import type { Expectations } from './expectations';
import type { Finding, Status } from './finding';

const SOMETHING_FAILS = 1;
const SOMETHING_UNKNOWN = 3;

/** 0: everything is ok. 1: something will fail. 3: nothing is known to fail, but not everything could be asked. */
export function exitCodeFor(findings: readonly Finding[]): number {
  if (countOf(findings, 'fails') > 0) return SOMETHING_FAILS;
  return countOf(findings, 'unknown') > 0 ? SOMETHING_UNKNOWN : 0;
}

/** For programs. */
export function preflightJson({ environment, region }: Expectations, findings: readonly Finding[]): object {
  return {
    environment,
    region,
    ok: countOf(findings, 'ok'),
    fails: countOf(findings, 'fails'),
    unknown: countOf(findings, 'unknown'),
    findings,
  };
}

/** For a terminal. */
export function showFindings({ environment, region }: Expectations, findings: readonly Finding[]): string {
  const table = renderTable(
    ['status', 'check', 'found'],
    // What was found speaks for itself; what could not be is told by the question.
    findings.map(({ status, check, asked, found }) => [
      status,
      check,
      status === 'unknown' ? `${asked} ${found}` : found,
    ]),
  );
  return [table, ...toDo(findings), verdict(findings, `${environment} in ${region}`)].join('\n\n');
}

/** What to do, each thing once, whatever it is good for. */
function toDo(findings: readonly Finding[]): string[] {
  const remedies = new Map<string, string[]>();
  for (const { check, remedy } of findings) {
    if (remedy !== null) remedies.set(remedy, [...(remedies.get(remedy) ?? []), check]);
  }
  const lines = [...remedies].map(([remedy, checks]) => `  ${checks.join(', ')}: ${remedy}`);
  return lines.length === 0 ? [] : [['To do:', ...lines].join('\n')];
}

function verdict(findings: readonly Finding[], where: string): string {
  const failing = countOf(findings, 'fails');
  const unknown = countOf(findings, 'unknown');
  const left = unknown === 0 ? '' : `${unknown} of ${findings.length} could not be checked`;
  if (failing > 0) return `${where}: ${failing} will fail${left === '' ? '' : `, ${left}`}`;
  return `${where}: ${left === '' ? 'nothing stands in the way of a deployment' : left}`;
}

function countOf(findings: readonly Finding[], wanted: Status): number {
  return findings.filter(({ status }) => status === wanted).length;
}
