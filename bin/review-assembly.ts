#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { command, follow, runCommand, type BuildCommand, type Main } from '../lib/foundation/command';
import { readRegular } from '../lib/foundation/files';
import { ProblemsError } from '../lib/foundation/problem';
import { packAssembly, unpackAssembly } from '../lib/review/assembly-bundle';

const AFTER_HELP = 'Exit codes: 0 done; 1 something is not there, or not what it should be; 2 wrong usage.\n';

export const build: BuildCommand = () => {
  const review = command(
    'review-assembly',
    'Carries a cloud assembly from one build to another, as one file of data.',
    AFTER_HELP,
  );
  review
    .command('pack')
    .description('the JSON files of a folder (cdk.out), without assets')
    .argument('<folder>')
    .argument('<file>')
    .action((folder, file) => {
      const packed = onDisk(folder, () => packAssembly(folder));
      onDisk(file, () => {
        writeFileSync(file, packed);
      });
    });
  review
    .command('unpack')
    .description('into a folder that is not there yet')
    .argument('<file>', 'may come from anybody')
    .argument('<folder>')
    .action((file, folder) => {
      unpackAssembly(
        onDisk(file, () => readRegular(file)),
        folder,
      );
    });
  return review;
};

export const main: Main = (args) => follow(build, args);

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
