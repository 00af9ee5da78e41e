import { AskError, askRemedy } from './ask-error';
import type { AwsAccount } from './aws-account';
import { accountCheck } from './checks/account';
import { certificateCheck } from './checks/certificate';
import type { Check } from './checks/check';
import { headroomChecks } from './checks/headroom';
import { platformCheck } from './checks/platform';
import { sessionDocumentCheck } from './checks/session-document';
import { toolkitCheck } from './checks/toolkit';
import { zonesCheck } from './checks/zones';
import type { Expectations } from './expectations';
import type { Finding } from './finding';

/** Everything that is asked for an environment, behind the account's identity. */
function checksOf(expectations: Expectations): Check[] {
  const { sessionDocumentName, solutionStackName, certificateParameter } = expectations;
  return [
    toolkitCheck(expectations),
    zonesCheck(expectations),
    ...headroomChecks(expectations),
    ...(sessionDocumentName === undefined ? [] : [sessionDocumentCheck(expectations, sessionDocumentName)]),
    ...(solutionStackName === undefined ? [] : [platformCheck(expectations, solutionStackName)]),
    ...(certificateParameter === undefined ? [] : [certificateCheck(expectations, certificateParameter)]),
  ];
}

/**
 * Asks an account whether it will take an environment. What cannot be asked is a finding like any other.
 *
 * @param onAnswer is called with how many of the questions are answered, and how many there are
 */
export async function preflight(
  account: AwsAccount,
  expectations: Expectations,
  onAnswer: (answered: number, all: number) => void = () => undefined,
): Promise<Finding[]> {
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
    // The other answers would be about another account, or each would wait for the same nothing.
    return [identity.finding, ...checks.map((check) => notAsked(check, reason, identity.finding.remedy))];
  }
  const outcomes = await Promise.all(checks.map(ask));
  return [identity.finding, ...outcomes.map(({ finding }) => finding)];
}

interface Outcome {
  readonly finding: Finding;
  readonly error?: AskError;
}

async function lookInto({ name, asked, look }: Check, account: AwsAccount): Promise<Outcome> {
  try {
    const answer = await look(account);
    return { finding: { check: name, asked, remedy: null, ...answer } };
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const finding = { check: name, status: 'unknown', asked, found: error.message, remedy: askRemedy(error) } as const;
    return { finding, error };
  }
}

function reasonToStop({ finding, error }: Outcome): string | undefined {
  if (finding.status === 'fails') return 'the credentials are of another account';
  if (error?.failure === 'credentials') return 'no valid credentials';
  return error?.failure === 'unreachable' ? 'AWS cannot be reached' : undefined;
}

function notAsked({ name, asked }: Check, reason: string, remedy: string | null): Finding {
  return { check: name, status: 'unknown', asked, found: `not asked: ${reason}`, remedy };
}
