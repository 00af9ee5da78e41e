import type { Expectations } from '../expectations';
import { fails, ok } from '../check-result';
import type { Check } from './check';

/** Whether the credentials are of the account that the environment names. */
export function accountCheck({ environment, account: wanted }: Expectations): Check {
  return {
    name: 'account',
    asked: wanted === undefined ? 'are there credentials?' : `are the credentials of account ${wanted}?`,
    look: async (aws) => {
      const { account, arn } = await aws.identity();
      if (wanted === undefined || wanted === account) return ok(arn);
      return fails(
        `they are of ${account} (${arn})`,
        `sign in to ${wanted}, or correct account in lib/environments/${environment}.ts`,
      );
    },
  };
}
