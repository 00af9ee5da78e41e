import type { DeployArguments } from '../preflight/deploy-arguments';
import type { Expectations } from '../preflight/expectations';
import { selectStacks } from '../preflight/select-stacks';
import { preflightExpectations } from './preflight-expectations';
import type { Environment } from './schema';
import { selectEnvironments } from './select';
import { stackCatalog } from './stack-catalog';

/**
 * What the stacks that a command line deploys will need, by environment and account.
 *
 * @throws {UsageError} if it names no stack
 * @throws {ProblemsError} for each name or pattern that no stack has
 */
export function deploymentExpectations(environments: readonly Environment[], args: DeployArguments): Expectations[] {
  const catalogs = selectEnvironments(environments, args.environments).map((environment) => ({
    environment,
    stacks: stackCatalog(environment),
  }));
  const selected = new Set(
    selectStacks(
      catalogs.flatMap(({ stacks }) => stacks),
      args,
    ),
  );
  return catalogs
    .flatMap(({ environment, stacks }) =>
      preflightExpectations(
        environment,
        stacks.filter((stack) => selected.has(stack)),
      ),
    )
    .map((expectations) => ({
      ...expectations,
      toolkitStackName: args.toolkitStackName ?? expectations.toolkitStackName,
    }));
}
