#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../lib/foundation/command';
import { ProblemsError } from '../lib/foundation/problem';
import { packAssembly, unpackAssembly } from '../lib/review/assembly-bundle';

const HELP = `Carries a cloud assembly from one build to another, as one file of data.

  review-assembly pack DIR FILE      the JSON files of DIR (cdk.out), without assets
  review-assembly unpack FILE DIR    into a DIR that is not there yet; FILE may come from anybody

  --help

Exit codes: 0 done; 1 something is not there, or not what it should be; 2 wrong usage.
`;

const OPTIONS = { help: { type: 'boolean', short: 'h', default: false } } as const;

export function main(args: string[]): number {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [command, from, to, ...more] = positionals;
  if (from === undefined || to === undefined || more.length > 0 || !(command === 'pack' || command === 'unpack')) {
    throw new UsageError('say pack DIR FILE, or unpack FILE DIR');
  }
  if (command === 'pack') {
    const packed = onDisk(from, () => packAssembly(from));
    onDisk(to, () => {
      writeFileSync(to, packed);
    });
  } else {
    const packed = onDisk(from, () => readFileSync(from));
    unpackAssembly(packed, to);
  }
  return 0;
}

function onDisk<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const remedy = 'name a file or folder that is there and may be used';
    throw new ProblemsError([{ path, reason: `cannot be read or written (${code})`, remedy }]);
  }
}

if (require.main === module) void runCommand('review-assembly', main);
