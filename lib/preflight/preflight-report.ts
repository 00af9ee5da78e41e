import { renderTable } from '../foundation/table';
import type { CheckResult, Status } from './check-result';
import type { Expectations } from './expectations';

const SOMETHING_FAILS = 1;
const SOMETHING_UNKNOWN = 3;

/** 0: nothing stands in the way. 1: something will fail. 3: nothing is known to fail, but not everything could be asked. */
export function exitCodeFor(results: readonly CheckResult[]): number {
  if (countOf(results, 'fails') > 0) return SOMETHING_FAILS;
  return countOf(results, 'unknown') > 0 ? SOMETHING_UNKNOWN : 0;
}

/** For programs. */
export function preflightJson({ environment, region }: Expectations, results: readonly CheckResult[]): object {
  return {
    environment,
    region,
    ok: countOf(results, 'ok'),
    warns: countOf(results, 'warns'),
    fails: countOf(results, 'fails'),
    unknown: countOf(results, 'unknown'),
    results,
  };
}

/** For a terminal. */
export function showResults(expectations: Expectations, results: readonly CheckResult[]): string {
  const table = renderTable(
    ['status', 'check', 'found'],
    // What was found speaks for itself; what could not be is told by the question.
    results.map(({ status, check, asked, found }) => [
      status,
      check,
      status === 'unknown' ? `${asked} ${found}` : found,
    ]),
  );
  return [table, ...toDo(results), verdict(expectations, results)].join('\n\n');
}

/** What to do, each thing once, whatever it is good for. Commands are indented, a line each. */
function toDo(results: readonly CheckResult[]): string[] {
  const remedies = new Map<string, string[]>();
  for (const { check, remedy } of results) {
    if (remedy !== null) remedies.set(remedy, [...(remedies.get(remedy) ?? []), check]);
  }
  const lines = [...remedies].map(([remedy, checks]) => `  ${checks.join(', ')}: ${remedy.replaceAll('\n', '\n    ')}`);
  return lines.length === 0 ? [] : [['To do:', ...lines].join('\n')];
}

/** `dev in ap-northeast-1: 1 will fail, 2 of 9 could not be checked`, or that nothing stands in the way. */
export function verdict({ environment, region }: Expectations, results: readonly CheckResult[]): string {
  const [failing, warned, unknown] = [
    countOf(results, 'fails'),
    countOf(results, 'warns'),
    countOf(results, 'unknown'),
  ];
  const parts = [
    ...(failing > 0 ? [`${failing} will fail`] : []),
    ...(unknown > 0 ? [`${unknown} of ${results.length} could not be checked`] : []),
    ...(failing + unknown > 0 ? [] : ['nothing stands in the way of a deployment']),
    ...(warned > 0 ? [`${warned} to be seen to`] : []),
  ];
  return `${environment} in ${region}: ${parts.join(', ')}`;
}

function countOf(results: readonly CheckResult[], wanted: Status): number {
  return results.filter(({ status }) => status === wanted).length;
}
