import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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

/** What the CDK and its CLI write at the top of an assembly. */
const ASSEMBLY_FILES =
  /^(manifest|tree|validation-report|policy-validation-report)\.json$|^cdk\.out$|\.(template|assets|metadata)\.json$|^asset\.|\.lock$/;

/**
 * Removes a cloud assembly, and the folder if nothing else is in it. Of any other folder nothing is removed but the CLI's
 * lock, and the folder itself if that was all: `--output` may name any folder, and a person's files stay.
 */
export function discardAssembly(directory: string | undefined): void {
  if (directory === undefined || !existsSync(directory)) return;
  const own = isAssembly(directory) ? ASSEMBLY_FILES : /\.lock$/;
  for (const entry of readdirSync(directory).filter((name) => own.test(name))) {
    rmSync(join(directory, entry), { recursive: true, force: true });
  }
  if (readdirSync(directory).length === 0) rmdirSync(directory);
}

/** True if the folder says, in the words of the CDK, that it is one. */
function isAssembly(directory: string): boolean {
  try {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), 'utf8'));
    const manifest = read('manifest.json') as { version?: unknown; artifacts?: unknown };
    return (
      typeof manifest.artifacts === 'object' && (read('cdk.out') as { version?: unknown }).version === manifest.version
    );
  } catch {
    return false;
  }
}
