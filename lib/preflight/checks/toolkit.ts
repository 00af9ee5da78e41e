import { AskError } from '../ask-error';
import type { AwsAccount, Stack } from '../aws-account';
import type { Expectations } from '../expectations';
import { fails, ok } from '../check-result';
import type { Check } from './check';

/** What every template asks for at least (aws-cdk-lib 2.276, DefaultStackSynthesizer; a test compares them). */
export const LEAST_BOOTSTRAP_VERSION = 6;

/** Where `cdk bootstrap` leaves its version, and where templates look for it, with the CDK's own qualifier. */
export const BOOTSTRAP_VERSION_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** Whether the account and region are bootstrapped for the CDK, and recently enough. */
export function toolkitCheck({ region, account = '<account>', toolkitStackName }: Expectations): Check {
  const remedy = `npx cdk bootstrap aws://${account}/${region}`;
  return {
    name: 'toolkit',
    asked: `is ${region} bootstrapped, at version ${LEAST_BOOTSTRAP_VERSION} or later?`,
    look: async (aws) => {
      const stack = await stackIfAllowed(aws, toolkitStackName);
      // The stack may have another name; what templates ask for is the parameter.
      const version = versionOf(
        stack?.outputs.BootstrapVersion ?? (await aws.parameter(BOOTSTRAP_VERSION_PARAMETER))?.value,
      );
      if (version !== undefined) {
        return version >= LEAST_BOOTSTRAP_VERSION ? ok(`version ${version}`) : fails(`version ${version}`, remedy);
      }
      if (stack === undefined) return fails(`neither ${toolkitStackName} nor ${BOOTSTRAP_VERSION_PARAMETER}`, remedy);
      return fails(
        `${toolkitStackName} is ${stack.status} and has no version`,
        `${remedy} (after deleting the stack, if its creation failed)`,
      );
    },
  };
}

/** Undefined if there is no such stack, and if this caller may not look. */
async function stackIfAllowed(aws: AwsAccount, name: string): Promise<Stack | undefined> {
  try {
    return await aws.stack(name);
  } catch (error) {
    if (error instanceof AskError && error.failure === 'denied') return undefined;
    throw error;
  }
}

function versionOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
