#!/usr/bin/env node
import { repositoryName } from '../lib/delivery/delivery-names';
import { permitted } from '../lib/delivery/delivery-roles';
import { drawPipeline } from '../lib/delivery/pipeline-svg';
import { planPipeline } from '../lib/delivery/pipeline-plan';
import { showPipeline, showStart } from '../lib/delivery/pipeline-text';
import { readableNames } from '../lib/delivery/readable-names';
import { environments } from '../lib/environments';
import { deliveredSite } from '../lib/environments/delivered-site';
import { lookUp } from '../lib/environments/look-up';
import { command, follow, runCommand, type BuildCommand, type Main } from '../lib/foundation/command';
import { writeWhole } from '../lib/foundation/files';
import { note } from '../lib/foundation/output';
import { throwIfAny } from '../lib/foundation/problem';

const AFTER_HELP = `Names in capitals (ARTIFACTS, KEY, …) are made up by a deployment. All else is what the template says.

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

export const build: BuildCommand = () => {
  const pipeline = command(
    'pipeline',
    'The pipeline of an environment: its stages, what each takes and gives, and what everybody in it may do.',
    AFTER_HELP,
  );
  pipeline
    .command('explain')
    .description('stages, actions, roles, and the statements of their policies')
    .argument('<environment>', 'one of lib/environments')
    .option('--svg <file>', 'also draws it')
    .option('--json', 'for programs')
    .action((environment, { svg, json }) => {
      explain(environment, json, svg);
    });
  return pipeline;
};

export const main: Main = (args) => follow(build, args);

function explain(wanted: string, json = false, svg?: string): void {
  const environment = lookUp(environments, wanted, ['account', 'region', 'web', 'delivery'], note);
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
