import { readdirSync, rmSync } from 'node:fs';
import { ProblemsError } from './problem';

/**
 * Runs a CDK app. Mistakes in the configuration are printed without a stack trace, end the process with exit code 1, and
 * leave no cloud assembly behind: neither a half-written one, nor an older one that could be deployed by mistake.
 */
export function runApp(build: () => void): void {
  try {
    build();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    discardAssembly(process.env.CDK_OUTDIR);
    // Not only an exit code: an app that already exists would write its assembly before the process ends.
    process.exit(1);
  }
}

/** Files that the CLI and the CDK write at the top of an assembly, besides one or more for every stack. */
const ASSEMBLY_MARKS = ['manifest.json', 'cdk.out'];

/** Removes a directory only if it is a cloud assembly, or empty but for the CLI's lock: `--output` may name any folder. */
export function discardAssembly(directory: string | undefined): void {
  if (directory === undefined) return;
  let entries: string[];
  try {
    entries = readdirSync(directory);
  } catch {
    return;
  }
  const isAssembly = ASSEMBLY_MARKS.every((mark) => entries.includes(mark));
  const isEmpty = entries.every((entry) => entry.endsWith('.lock'));
  if (isAssembly || isEmpty) rmSync(directory, { recursive: true, force: true });
}
