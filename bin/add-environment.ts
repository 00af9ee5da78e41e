#!/usr/bin/env node
import { join } from 'node:path';
import { environments } from '../lib/environments';
import { addEnvironment, type EnvironmentRequest } from '../lib/environments/add-environment';
import { showAdded } from '../lib/environments/add-environment-text';
import { command, follow, runCommand, type BuildCommand, type Main } from '../lib/foundation/command';
import { note } from '../lib/foundation/output';

const ROOT = join(__dirname, '..');

const AFTER_HELP = `Writes lib/environments/NAME.ts, adds it to lib/environments/index.ts, draws its pictures (docs/pictures) and writes its
snapshots. Whatever is wrong (a name that is taken, a block that overlaps another's) is said before anything is written.

Example
  add-environment staging --from dev --cidr 10.2.0.0/16

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

export const build: BuildCommand = () =>
  command(
    'add-environment',
    'Adds an environment: everything of another one, with a name and a VPC block of its own.',
    AFTER_HELP,
  )
    .argument('<name>', 'what to call it')
    .requiredOption('--from <environment>', 'whose settings it starts with')
    .requiredOption('--cidr <cidr>', "its VPC's block, /16 to /28")
    .option('--json', 'for programs')
    .action(async (name, { from, cidr, json }) => {
      await add({ name, from, cidr }, json);
    });

export const main: Main = (args) => follow(build, args);

async function add(request: EnvironmentRequest, json = false): Promise<void> {
  const added = await addEnvironment(ROOT, environments, request, note);
  process.stdout.write(`${json ? JSON.stringify(added, undefined, 2) : showAdded(request, added)}\n`);
}

if (require.main === module) void runCommand('add-environment', main);
