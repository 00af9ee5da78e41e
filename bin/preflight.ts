#!/usr/bin/env node
import { environments } from '../lib/environments';
import { preflightExpectations } from '../lib/environments/preflight-expectations';
import { selectOne } from '../lib/environments/select';
import { validateEnvironments } from '../lib/environments/validate';
import { command, follow, runCommand, type Exit, type ParsedCommand } from '../lib/foundation/command';
import type { AwsAccount } from '../lib/preflight/aws-account';
import { preflight } from '../lib/preflight/preflight';
import { startProgress } from '../lib/preflight/preflight-progress';
import { exitCodeFor, preflightJson, showFindings } from '../lib/preflight/preflight-report';
import { sdkAccount } from '../lib/preflight/sdk-account';

const AFTER_HELP = `It asks, in the environment's region: whose the credentials are, whether the region is bootstrapped for the CDK, whether the
zones exist, whether quotas leave room (VPCs, Elastic IP addresses), whether the session document's name is free, whether
the web platform is offered, and whether the certificate's parameter is there. Credentials come from the usual chain
(AWS_PROFILE, AWS_ACCESS_KEY_ID, …) and need only read.

Exit codes: 0 nothing stands in the way; 1 something will fail, or bad input (an environment that there is not); 2 wrong usage;
3 something could not be checked.
`;

type OpenAccount = (options: { region: string }) => AwsAccount;

// package.json pins the SDK, so its warning about versions to come says nothing to a person who deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

export const build = (exit: Exit, openAccount: OpenAccount = sdkAccount): ParsedCommand =>
  command(
    'preflight',
    'Asks AWS whether an environment can be deployed: what would fail, and what to do about it. Changes nothing.',
    AFTER_HELP,
  )
    .argument('<environment>', 'one of lib/environments')
    .option('--json', 'for programs')
    .action(async (environment, { json }) => {
      exit(await ask(environment, openAccount, json));
    });

export function main(args: string[], openAccount?: OpenAccount): Promise<number> {
  return follow((exit) => build(exit, openAccount), args);
}

async function ask(wanted: string, openAccount: OpenAccount, json = false): Promise<number> {
  const expectations = preflightExpectations(selectOne(validateEnvironments(environments), wanted));
  const progress = startProgress();
  const findings = await preflight(openAccount(expectations), expectations, progress.show);
  progress.end();
  const report = json
    ? JSON.stringify(preflightJson(expectations, findings), undefined, 2)
    : showFindings(expectations, findings);
  process.stdout.write(`${report}\n`);
  return exitCodeFor(findings);
}

if (require.main === module) void runCommand('preflight', main);
