#!/usr/bin/env node
import { environments } from '../lib/environments';
import { deploymentExpectations } from '../lib/environments/deployment-expectations';
import { validateEnvironments } from '../lib/environments/validate';
import { runCommand } from '../lib/foundation/command';
import type { AwsAccount } from '../lib/preflight/aws-account';
import { beforeDeployment } from '../lib/preflight/before-deployment';
import { runCdk } from '../lib/preflight/cdk-process';
import { readDeployArguments } from '../lib/preflight/deploy-arguments';
import { startProgress } from '../lib/preflight/preflight-progress';
import { sdkAccount, type SdkAccountOptions } from '../lib/preflight/sdk-account';

const HELP = `Deploys stacks, and those that they depend on. Asks AWS first what would fail, and stops with what to do about it.

  deploy STACK...                names, or patterns in quotes: dev-Network 'prod-*'
  deploy --all

Options
  --no-preflight                 asks nothing first
  --help
  and every option of cdk deploy, which it is given to as it is: npx cdk deploy --help

Exit codes: those of cdk deploy; before it 1 something would fail, or there is no such stack, 2 wrong usage, 3 AWS cannot be asked
(no credentials, no network).
`;

export async function main(
  args: string[],
  openAccount: (options: SdkAccountOptions) => AwsAccount = sdkAccount,
  cdk: (args: readonly string[]) => Promise<number> = runCdk,
): Promise<number> {
  const wanted = readDeployArguments(args);
  if (wanted.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const expected = deploymentExpectations(validateEnvironments(environments), wanted);
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
