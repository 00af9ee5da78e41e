import type { AwsAccount } from './aws-account';
import type { CheckResult } from './check-result';
import type { Expectations } from './expectations';
import { isCutShort, preflight } from './preflight';
import { exitCodeFor, showResults, verdict } from './preflight-report';

export interface BeforeDeployment {
  /** Undefined if nothing keeps the deployment back. */
  readonly exitCode: number | undefined;
  /** What was found, for a terminal. */
  readonly report: string;
}

/**
 * Asks for everything that is to be deployed before any of it is. A check that could not be made keeps nothing back, because
 * whoever deploys need not be allowed to ask; but where AWS answers nothing at all, nothing will be deployed either.
 *
 * @param open the account, with the credentials that will deploy
 */
export async function beforeDeployment(
  expected: readonly Expectations[],
  open: (expectations: Expectations) => AwsAccount,
  onAnswer?: (answered: number, all: number) => void,
): Promise<BeforeDeployment> {
  const reports: string[] = [];
  const codes: number[] = [];
  for (const expectations of expected) {
    const results = await preflight(open(expectations), expectations, onAnswer);
    const isQuiet = results.every(({ status }) => status === 'ok');
    reports.push(isQuiet ? verdict(expectations, results) : showResults(expectations, results));
    codes.push(exitCodeOf(results));
  }
  // Something that will fail is said before something that could not be asked.
  const exitCode = [1, 3].find((code) => codes.includes(code));
  return { exitCode, report: reports.join('\n\n') };
}

function exitCodeOf(results: readonly CheckResult[]): number {
  const code = exitCodeFor(results);
  return code === 1 || isCutShort(results) ? code : 0;
}
