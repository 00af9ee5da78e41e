import { execFile, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/run';

/** What cfn-lint says, as its `--format json` writes it. */
export interface LintFinding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** Where cfn-lint is, installed now if need be; otherwise what to tell a person. */
export function findCfnLint(): { readonly program: string } | { readonly missing: string } {
  const { status, stdout, stderr, error } = spawnSync(join(ROOT, '.ci/install-python'), { encoding: 'utf8' });
  if (error !== undefined) return { missing: error.message };
  if (status !== 0) return { missing: stderr.trim() };
  return { program: join(stdout.trim(), 'bin/cfn-lint') };
}

/**
 * Lints the templates as they are in one region, on all processors.
 *
 * @param home a folder without a configuration of cfn-lint, neither the project's nor a person's: what is ignored is
 *   decided by whoever calls, who then knows what was not needed
 */
export async function cfnLint(
  program: string,
  files: readonly string[],
  region: string,
  home: string,
): Promise<LintFinding[]> {
  const shares = Array.from({ length: Math.min(availableParallelism(), files.length) }, (_, share) =>
    files.filter((__, index) => index % Math.min(availableParallelism(), files.length) === share),
  );
  const answers = await Promise.all(shares.map((share) => lintShare(program, share, region, home)));
  return answers.flat();
}

function lintShare(program: string, files: readonly string[], region: string, home: string): Promise<LintFinding[]> {
  const args = ['--format', 'json', '--regions', region, '--', ...files];
  const options = { cwd: home, env: { PATH: process.env.PATH, HOME: home }, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    // Its exit code only says what the answer says, too; without an answer it has failed.
    execFile(program, args, options, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as LintFinding[]);
      } catch {
        reject(new Error(`cfn-lint gave no answer: ${stderr.trim() || (error?.message ?? 'it said nothing')}`));
      }
    });
  });
}
