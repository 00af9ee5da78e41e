#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { repositoryName } from '../lib/delivery/delivery-names';
import { permitted } from '../lib/delivery/delivery-roles';
import { drawPipeline } from '../lib/delivery/pipeline-svg';
import { planPipeline } from '../lib/delivery/pipeline-plan';
import { showPipeline, showStart } from '../lib/delivery/pipeline-text';
import { readableNames } from '../lib/delivery/readable-names';
import { environments } from '../lib/environments';
import { deliveredSite } from '../lib/environments/delivered-site';
import { selectOne } from '../lib/environments/select';
import { validateEnvironments } from '../lib/environments/validate';
import { runCommand, UsageError } from '../lib/foundation/command';
import { writeWhole } from '../lib/foundation/files';
import { throwIfAny } from '../lib/foundation/problem';

const HELP = `The pipeline of an environment: its stages, what each takes and gives, and what everybody in it may do.

  pipeline explain ENVIRONMENT       stages, actions, roles, and the statements of their policies

Options
  --json                             for programs
  --svg FILE                         also draws it
  --help

Names in capitals (ARTIFACTS, KEY, …) are made up by a deployment. All else is what the template says.

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

export function main(args: string[]): number {
  if (args.some((arg) => arg === '--help' || arg === '-h') || args[0] === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, svg: { type: 'string' } },
    allowPositionals: true,
  });
  const [command, wanted, ...others] = positionals;
  if (command === undefined) throw new UsageError('say what to do: explain');
  if (command !== 'explain') throw new UsageError(`there is no command "${command}": explain`);
  if (wanted === undefined || others.length > 0) throw new UsageError('explain takes the name of one environment');
  explain(wanted, values.json, values.svg);
  return 0;
}

function explain(wanted: string, json: boolean, svg: string | undefined): void {
  const environment = selectOne(validateEnvironments(environments), wanted, 'explain');
  const { name, account, region, delivery } = environment;
  const site = deliveredSite(environment);
  if (delivery === undefined || site === undefined) {
    throwIfAny([
      { path: `${name}.delivery`, reason: 'is missing', remedy: 'give it stages, or name another environment' },
    ]);
    return;
  }
  const names = readableNames({
    environmentName: name,
    region,
    account,
    targetAccount: delivery.targetAccount,
    repositoryName: repositoryName(name, delivery.repository.name),
  });
  const stages = planPipeline(delivery, site, names);
  const start = showStart(names);
  if (svg !== undefined) writeWhole(svg, drawPipeline(stages, name, start), '--svg');
  const everybody = permitted(delivery, site, names);
  const text = json
    ? JSON.stringify({ stages, permitted: everybody }, undefined, 2)
    : showPipeline(stages, everybody, start);
  process.stdout.write(`${text}\n`);
}

if (require.main === module) void runCommand('pipeline', main);
