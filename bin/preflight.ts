#!/usr/bin/env node
import { environments } from '../lib/environments';
import { lookUp } from '../lib/environments/look-up';
import { PARTS } from '../lib/environments/mistakes';
import { preflightExpectations } from '../lib/environments/preflight-expectations';
import { command, follow, runCommand, type Exit, type ParsedCommand } from '../lib/foundation/command';
import { note } from '../lib/foundation/output';
import type { AwsAccount } from '../lib/preflight/aws-account';
import type { Expectations } from '../lib/preflight/expectations';
import { preflight } from '../lib/preflight/preflight';
import { startProgress } from '../lib/preflight/preflight-progress';
import { exitCodeFor, preflightJson, showResults } from '../lib/preflight/preflight-report';
import { sdkAccount } from '../lib/preflight/sdk-account';

const AFTER_HELP = `It asks, in the environment's region: whose the credentials are, whether the region is bootstrapped for the CDK, whether its
stacks are in a state that can be deployed, whether the zones exist, whether quotas leave room (VPCs, Elastic IP addresses),
whether the session document's name is free and its latest version in force, whether the web platform is offered, and whether
the certificate's parameter is there. Credentials come from the usual chain (AWS_PROFILE, AWS_ACCESS_KEY_ID, …) and need only
read.

Exit codes: 0 nothing stands in the way; 1 something will fail, or bad input (an environment that there is not); 2 wrong usage;
3 something could not be checked.
`;

type OpenAccount = (options: { region: string }) => AwsAccount;

export const build = (exit: Exit, _: readonly string[], openAccount: OpenAccount = sdkAccount): ParsedCommand =>
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
  return follow((exit) => build(exit, args, openAccount), args);
}

async function ask(wanted: string, openAccount: OpenAccount, json = false): Promise<number> {
  const expectations = expectationsOf(wanted);
  const progress = startProgress();
  const results = await preflight(openAccount(expectations), expectations, progress.show);
  progress.end();
  const report = json
    ? JSON.stringify(preflightJson(expectations, results), undefined, 2)
    : showResults(expectations, results);
  process.stdout.write(`${report}\n`);
  return exitCodeFor(results);
}

/** What the account of the site is asked. */
function expectationsOf(wanted: string): Expectations {
  const [ofSite, ...others] = preflightExpectations(lookUp(environments, wanted, PARTS, note));
  for (const { account = '', stacks } of others) {
    const names = stacks.map(({ name }) => name).join(' ');
    process.stderr.write(`note: account ${account} is not asked; npm run deploy -- ${names} asks it first\n`);
  }
  if (ofSite === undefined) throw new Error(`no stack of ${wanted} is known`);
  return ofSite;
}

if (require.main === module) void runCommand('preflight', main);
