import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CannotCompare } from './cannot-compare';
import { runChild } from './child-process';
import { lastLines } from './output-lines';
import type { Workspace } from '../foundation/workspace';

/**
 * Synthesizes an app as `npm run synth` does, every gate on, into a folder of its own.
 *
 * @param project the folder with `cdk.json`
 * @throws {CannotCompare} if it does not synthesize
 */
export async function synthesizeApp(
  project: string,
  output: string,
  label: string,
  workspace: Workspace,
): Promise<void> {
  const cdk = join(project, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  if (!existsSync(join(project, 'cdk.json')))
    throw new CannotCompare(`${label} has no cdk.json, so no app to synthesize`);
  if (!existsSync(cdk)) throw new CannotCompare(`${label} has no aws-cdk among its dependencies`);
  const args = [cdk, 'synth', '--no-lookups', '--strict', '--quiet', '--no-notices', '--output', output];
  const { code, stdout, stderr } = await runChild(process.execPath, args, {
    cwd: project,
    env: withoutCredentials(process.env),
    signal: workspace.signal,
  });
  if (code !== 0) throw new CannotCompare(`${label} does not synthesize`, lastLines(stderr || stdout));
}

/** What differs from one terminal or run of npm to the next, and that no app goes by. */
const NOISE =
  /^(npm_.*|INIT_CWD|NODE|PATH|PWD|OLDPWD|SHLVL|_|TERM|TERM_.*|COLORTERM|COLUMNS|LINES|SSH_.*|JEST_WORKER_ID)$/;

/** A hash of the environment that an app gets: `STAGE=dev` may make other templates than `STAGE=prod`. */
export function environmentKey(env: NodeJS.ProcessEnv = process.env): string {
  const given = Object.entries(withoutCredentials(env)).filter(([name]) => !NOISE.test(name));
  return createHash('sha256').update(JSON.stringify(given.sort())).digest('hex').slice(0, 16);
}

/** The code of a pull request needs none, and templates must not depend on whose they are. */
function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !name.startsWith('AWS_') && !['GITHUB_TOKEN', 'GH_TOKEN', 'FORCE_COLOR'].includes(name),
  );
  return { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1' };
}
