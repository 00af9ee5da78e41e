import type { Expectations } from '../expectations';
import { fails, ok } from '../check-result';
import type { Check } from './check';

const MOST_SHOWN = 3;

/** Whether Elastic Beanstalk lets this account create environments on the platform: versions go, and branches retire. */
export function platformCheck({ environment, region }: Expectations, solutionStackName: string): Check {
  return {
    name: 'platform',
    asked: `is "${solutionStackName}" offered in ${region}?`,
    look: async (aws) => {
      const offered = await aws.solutionStacks();
      if (offered.includes(solutionStackName)) return ok(`${solutionStackName} is offered`);
      const sameBranch = offered.filter((name) => branchOf(name) === branchOf(solutionStackName));
      if (sameBranch.length > 0) {
        return fails(
          `${solutionStackName} is not offered, another version is`,
          `update the table of platforms: ${shown(sameBranch)} (or deploy to an account that used the old version)`,
        );
      }
      const sameRuntime = offered.filter((name) => runtimeOf(name) === runtimeOf(solutionStackName));
      const others = sameRuntime.length > 0 ? `; offered are ${shown(sameRuntime)}` : '';
      return fails(
        `${solutionStackName} is not offered to this account`,
        `choose another platform under web in lib/environments/${environment}.ts${others}`,
      );
    },
  };
}

/** `64bit Amazon Linux 2023 v4.13.7 running PHP 8.5` without its version. */
function branchOf(solutionStackName: string): string {
  return solutionStackName.replace(/ v[\d.]+ /, ' ');
}

/** The `PHP` of `… running PHP 8.5`. */
function runtimeOf(solutionStackName: string): string | undefined {
  return / running (\w+)/.exec(solutionStackName)?.[1];
}

function shown(names: readonly string[]): string {
  const more = names.length - MOST_SHOWN;
  return names.slice(0, MOST_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
