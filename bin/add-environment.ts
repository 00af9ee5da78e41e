#!/usr/bin/env node
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environments } from '../lib/environments';
import { addEnvironment, type AddedEnvironment, type EnvironmentRequest } from '../lib/environments/add-environment';
import { showAdded } from '../lib/environments/add-environment-text';
import { runCommand, UsageError } from '../lib/foundation/command';

const ROOT = join(__dirname, '..');

const HELP = `Adds an environment: everything of another one, with a name and a VPC block of its own.

  add-environment NAME --from ENVIRONMENT --cidr CIDR

Writes lib/environments/NAME.ts, adds it to lib/environments/index.ts, draws its pictures (docs/pictures) and writes its
snapshots. Whatever is wrong (a name that is taken, a block that overlaps another's) is said before anything is written.

Options
  --from ENVIRONMENT             whose settings it starts with
  --cidr CIDR                    its VPC's block, /16 to /28
  --json                         for programs
  --help

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

const OPTIONS = {
  from: { type: 'string' },
  cidr: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const request = requestOf(positionals, values);
  const added = await addEnvironment(ROOT, environments, request, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${values.json ? toJson(added) : showAdded(request, added)}\n`);
  return 0;
}

function requestOf([name, ...others]: string[], { from, cidr }: { from?: string; cidr?: string }): EnvironmentRequest {
  if (name === undefined || others.length > 0) throw new UsageError('say what to call the new environment');
  if (from === undefined) throw new UsageError('say what to start with: --from ENVIRONMENT');
  if (cidr === undefined) throw new UsageError("say what is to be its VPC's block: --cidr CIDR");
  return { name, from, cidr };
}

function toJson(added: AddedEnvironment): string {
  return JSON.stringify(added, undefined, 2);
}

if (require.main === module) void runCommand('add-environment', main);
