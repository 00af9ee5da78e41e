#!/usr/bin/env node
import { environments } from '../lib/environments';
import { deploymentExpectations } from '../lib/environments/deployment-expectations';
import { validateEnvironments } from '../lib/environments/validate';
import { command, follow, runCommand, UsageError, type Exit, type ParsedCommand } from '../lib/foundation/command';
import { suggestOneOf } from '../lib/foundation/suggestion';
import type { AwsAccount } from '../lib/preflight/aws-account';
import { beforeDeployment } from '../lib/preflight/before-deployment';
import { runCdk } from '../lib/preflight/cdk-process';
import { readDeployArguments, SWITCHES, VALUED, type DeployArguments } from '../lib/preflight/deploy-arguments';
import { startProgress } from '../lib/preflight/preflight-progress';
import { sdkAccount, type SdkAccountOptions } from '../lib/preflight/sdk-account';

const AFTER_HELP = `Examples
  deploy dev-Network
  deploy 'prod-*'

Every option of cdk deploy is taken, too, and given to it as it is: npx cdk deploy --help

Exit codes: those of cdk deploy; before it 1 something would fail, or there is no such stack, 2 wrong usage, 3 AWS cannot be asked
(no credentials, no network).
`;

type OpenAccount = (options: SdkAccountOptions) => AwsAccount;
type Cdk = (args: readonly string[]) => Promise<number>;

export const build = (
  exit: Exit,
  args: readonly string[],
  openAccount: OpenAccount = sdkAccount,
  cdk: Cdk = runCdk,
): ParsedCommand =>
  command(
    'deploy',
    'Deploys stacks, and those that they depend on. Asks AWS first what would fail, and stops with what to do about it.',
    AFTER_HELP,
  )
    .argument('[stack...]', 'names, or patterns in quotes')
    .option('--all', 'every stack of every environment')
    .option('--no-preflight', 'asks nothing first')
    .allowUnknownOption()
    .action(async () => {
      // As the CDK reads them, and not as they were parsed: which of its options take a value is known there.
      exit(await deploy(readDeployArguments(args), openAccount, cdk));
    });

export function main(args: string[], openAccount?: OpenAccount, cdk?: Cdk): Promise<number> {
  return follow((exit) => build(exit, args, openAccount, cdk), args);
}

async function deploy(wanted: DeployArguments, openAccount: OpenAccount, cdk: Cdk): Promise<number> {
  const [unknown] = wanted.unknown;
  if (unknown !== undefined) {
    throw new UsageError(
      `unknown option "--${unknown}"; ${suggestOneOf(unknown, [...SWITCHES, ...VALUED, 'no-preflight'])}`,
    );
  }
  const expected = deploymentExpectations(validateEnvironments(environments), wanted);
  if (wanted.app !== undefined) {
    process.stderr.write("note: what is asked first is about the stacks of this repository's app, not of --app\n");
  }
  if (!wanted.skipPreflight) {
    const progress = startProgress();
    const open = ({ region }: SdkAccountOptions): AwsAccount => openAccount({ region, profile: wanted.profile });
    const { exitCode, report } = await beforeDeployment(expected, open, progress.show);
    progress.end();
    // Standard output is the CDK's.
    process.stderr.write(`${report}\n\n`);
    if (exitCode !== undefined) {
      process.stderr.write('Nothing was deployed. --no-preflight deploys all the same.\n');
      return exitCode;
    }
  }
  return cdk(['deploy', '--no-lookups', '--strict', ...wanted.passed]);
}

if (require.main === module) void runCommand('deploy', main);
