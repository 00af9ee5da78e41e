#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { environments } from '../lib/environments';
import { preflightExpectations } from '../lib/environments/preflight-expectations';
import { validateEnvironments } from '../lib/environments/validate';
import { runCommand, UsageError } from '../lib/foundation/command';
import type { AwsAccount } from '../lib/preflight/aws-account';
import type { Expectations } from '../lib/preflight/expectations';
import { preflight } from '../lib/preflight/preflight';
import { startProgress } from '../lib/preflight/preflight-progress';
import { exitCodeFor, preflightJson, showFindings } from '../lib/preflight/preflight-report';
import { sdkAccount } from '../lib/preflight/sdk-account';

const HELP = `Asks AWS whether an environment can be deployed: what would fail, and what to do about it. Changes nothing.

  preflight ENVIRONMENT          one of lib/environments

It asks, in the environment's region: whose the credentials are, whether the region is bootstrapped for the CDK, whether the
zones exist, whether quotas leave room (VPCs, Elastic IP addresses), whether the session document's name is free, whether
the web platform is offered, and whether the certificate's parameter is there. Credentials come from the usual chain
(AWS_PROFILE, AWS_ACCESS_KEY_ID, …) and need only read.

Options
  --json                         for programs
  --help

Exit codes: 0 nothing stands in the way, 1 something will fail, 2 wrong usage, 3 something could not be checked.
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

// package.json pins the SDK, so its warning about versions to come says nothing to a person who deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

export async function main(
  args: string[],
  openAccount: (options: { region: string }) => AwsAccount = sdkAccount,
): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const expectations = expectationsOf(positionals);
  const progress = startProgress();
  const findings = await preflight(openAccount(expectations), expectations, progress.show);
  progress.end();
  const report = values.json
    ? JSON.stringify(preflightJson(expectations, findings), undefined, 2)
    : showFindings(expectations, findings);
  process.stdout.write(`${report}\n`);
  return exitCodeFor(findings);
}

function expectationsOf(positionals: string[]): Expectations {
  const [wanted] = positionals;
  if (wanted === undefined || positionals.length > 1) throw new UsageError('say which environment, and only one');
  const valid = validateEnvironments(environments);
  const known = valid.map(({ name }) => name);
  // Not bad input, as for other commands: here exit code 1 says that a deployment will fail.
  const environment = valid.find(({ name }) => name === wanted);
  if (environment === undefined) throw new UsageError(`there is no environment "${wanted}": ${known.join(', ')}`);
  return preflightExpectations(environment);
}

if (require.main === module) void runCommand('preflight', main);
