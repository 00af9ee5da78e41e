import { AskError, askRemedy } from './ask-error';
import type { AwsAccount } from './aws-account';
import { accountCheck } from './checks/account';
import { certificateCheck } from './checks/certificate';
import type { Check } from './checks/check';
import { hostNamesCheck } from './checks/host-names';
import { headroomChecks } from './checks/headroom';
import { parametersCheck } from './checks/parameters';
import { platformCheck } from './checks/platform';
import { sessionDocumentCheck } from './checks/session-document';
import { stacksCheck } from './checks/stacks';
import { virtualInterfacesCheck } from './checks/virtual-interfaces';
import { toolkitCheck } from './checks/toolkit';
import { zonesCheck } from './checks/zones';
import type { CheckResult } from './check-result';
import { concerns } from './concerns';
import type { Expectations } from './expectations';

/** Everything that is asked for the stacks, behind the account's identity. */
function checksOf(expectations: Expectations): Check[] {
  const { sessionDocumentName, solutionStackName, certificateParameter, connectParameters, virtualInterfaces } =
    expectations;
  const checks = [
    toolkitCheck(expectations),
    stacksCheck(expectations),
    zonesCheck(expectations),
    ...headroomChecks(expectations),
    ...(sessionDocumentName === undefined ? [] : [sessionDocumentCheck(expectations, sessionDocumentName)]),
    ...(solutionStackName === undefined ? [] : [platformCheck(expectations, solutionStackName)]),
    ...(certificateParameter === undefined ? [] : [certificateCheck(expectations, certificateParameter)]),
    ...(connectParameters.length === 0 ? [] : [parametersCheck(expectations, connectParameters)]),
    ...(virtualInterfaces.length === 0 ? [] : [virtualInterfacesCheck(expectations, virtualInterfaces)]),
    hostNamesCheck(expectations),
  ];
  return checks.filter(({ name }) => concerns(name, expectations));
}

/**
 * Asks an account whether it will take the stacks of an environment. What cannot be asked has a result like any other.
 *
 * @param onAnswer is called with how many of the questions are answered, and how many there are
 */
export async function preflight(
  account: AwsAccount,
  expectations: Expectations,
  onAnswer: (answered: number, all: number) => void = () => undefined,
): Promise<CheckResult[]> {
  const checks = checksOf(expectations);
  let answered = 0;
  const ask = async (check: Check): Promise<Outcome> => {
    const outcome = await lookInto(check, account);
    onAnswer(++answered, checks.length + 1);
    return outcome;
  };
  const identity = await ask(accountCheck(expectations));
  const reason = reasonToStop(identity);
  if (reason !== undefined) {
    // Other answers of AWS would be about another account, or each would wait for the same nothing.
    const pass = (check: Check): CheckResult => notAsked(check, reason, identity.result.remedy);
    const results = checks.map(async (check) => (check.isOffline ? (await ask(check)).result : pass(check)));
    return [identity.result, ...(await Promise.all(results))];
  }
  const outcomes = await Promise.all(checks.map(ask));
  return [identity.result, ...outcomes.map(({ result }) => result)];
}

/** Whether AWS was asked who is asking, and nothing else. */
export function isCutShort(results: readonly CheckResult[]): boolean {
  return results.some(({ found }) => found.startsWith(`${NOT_ASKED}:`));
}

interface Outcome {
  readonly result: CheckResult;
  readonly error?: AskError;
}

async function lookInto({ name, asked, look }: Check, account: AwsAccount): Promise<Outcome> {
  try {
    const answer = await look(account);
    return { result: { check: name, asked, remedy: null, ...answer } };
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const result = { check: name, status: 'unknown', asked, found: error.message, remedy: askRemedy(error) } as const;
    return { result, error };
  }
}

function reasonToStop({ result, error }: Outcome): string | undefined {
  if (result.status === 'fails') return 'the credentials are of another account';
  if (error?.failure === 'credentials') return 'no valid credentials';
  if (error?.failure === 'foreign') return 'what answers is not AWS';
  return error?.failure === 'unreachable' ? 'AWS cannot be reached' : undefined;
}

const NOT_ASKED = 'not asked';

function notAsked({ name, asked }: Check, reason: string, remedy: string | null): CheckResult {
  return { check: name, status: 'unknown', asked, found: `${NOT_ASKED}: ${reason}`, remedy };
}
