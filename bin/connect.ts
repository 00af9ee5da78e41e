#!/usr/bin/env node
import type { ConnectSettings } from '../lib/connect/connect-settings';
import { drawConnect } from '../lib/connect/connect-svg';
import { showConnect } from '../lib/connect/connect-text';
import { explainConnect } from '../lib/connect/explain-connect';
import type { ConnectedNetwork } from '../lib/connect/layout';
import { renderRouter, ROUTER_VENDORS } from '../lib/connect/router/render-router';
import { planRouter } from '../lib/connect/router/router-plan';
import { environments } from '../lib/environments';
import { lookUp } from '../lib/environments/look-up';
import { command, follow, runCommand, type BuildCommand, type Main } from '../lib/foundation/command';
import { writeWhole } from '../lib/foundation/files';
import { note } from '../lib/foundation/output';
import { choiceOption } from '../lib/foundation/option';
import { ProblemsError } from '../lib/foundation/problem';

const AFTER_HELP = `Examples
  connect explain prod --svg connect.svg
  connect router prod --vendor frr

A router's sketch holds no secrets: what is in capitals is to be filled in.

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

export const build: BuildCommand = () => {
  const connect = command(
    'connect',
    'The connection of an environment to the company network: which way traffic takes, and what is left when something fails.',
    AFTER_HELP,
  );
  connect
    .command('explain')
    .description('per prefix who wins and why, each single failure, and the resiliency that the layout has')
    .argument('<environment>', 'one of lib/environments')
    .option('--svg <file>', 'also draws it')
    .option('--json', 'for programs')
    .action((wanted, { svg, json }) => {
      const { name, connect: settings, network } = connected(wanted);
      const explanation = explainConnect(name, settings, network);
      if (svg !== undefined) writeWhole(svg, drawConnect(explanation), '--svg');
      print(json ? `${JSON.stringify(explanation, undefined, 2)}\n` : `${showConnect(explanation)}\n`);
    });
  connect
    .command('router')
    .description("a sketch of the customer's router")
    .argument('<environment>', 'one of lib/environments')
    .addOption(choiceOption('--vendor <vendor>', 'for which', ROUTER_VENDORS))
    .option('--json', 'for programs: what any router has to be told')
    .action((wanted, { vendor = 'generic', json }) => {
      const { name, connect: settings, network } = connected(wanted);
      const plan = planRouter(name, settings, network);
      print(json ? `${JSON.stringify(plan, undefined, 2)}\n` : renderRouter(plan, vendor));
    });
  return connect;
};

export const main: Main = (args) => follow(build, args);

/** @throws {ProblemsError} for an environment without connect */
function connected(wanted: string): { name: string; connect: ConnectSettings; network: ConnectedNetwork } {
  const { name, connect, network } = lookUp(environments, wanted, ['connect', 'network'], note);
  if (connect === undefined) {
    throw new ProblemsError([
      { path: `${name}.connect`, reason: 'is missing', remedy: 'give it interfaces, or name another environment' },
    ]);
  }
  return { name, connect, network };
}

function print(text: string): void {
  process.stdout.write(text);
}

if (require.main === module) void runCommand('connect', main);
