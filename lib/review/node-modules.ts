import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CannotCompare } from './cannot-compare';
import { runChild } from './child-process';
import { lastLines } from './output-lines';
import type { Workspace } from './workspace';

const LOCK = 'package-lock.json';

/** How a checked-out commit came to its dependencies. */
export type Installed = 'shared' | 'cached' | 'installed' | 'none';

/**
 * Gives a checked-out commit its `node_modules`: those of the working tree where both have the same lock file byte by byte,
 * otherwise its own, installed by `npm ci` once for each lock file.
 *
 * @param project the app in the working tree
 * @param cache where installed dependencies are kept
 * @throws {CannotCompare} if they cannot be installed
 */
export async function provideModules(
  checkout: string,
  project: string,
  cache: string,
  workspace: Workspace,
): Promise<Installed> {
  const target = join(checkout, 'node_modules');
  const lock = readIf(join(checkout, LOCK));
  const own = readIf(join(project, LOCK));
  // Committed, or an app without dependencies of its own.
  if (existsSync(target)) return 'none';
  if (lock === undefined || (own !== undefined && lock.equals(own))) {
    if (!existsSync(join(project, 'node_modules'))) {
      throw new CannotCompare(`there is no node_modules in ${project}; run npm ci first`);
    }
    symlinkSync(join(project, 'node_modules'), target, 'dir');
    return 'shared';
  }
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 32);
  const kept = join(cache, `modules-${key}`);
  const known = existsSync(join(kept, 'node_modules'));
  if (!known) await install(checkout, kept, workspace);
  if (!existsSync(target) && existsSync(kept)) symlinkSync(join(kept, 'node_modules'), target, 'dir');
  return known ? 'cached' : 'installed';
}

/** In the checkout itself: scripts and dependencies may need its other files. */
async function install(checkout: string, kept: string, workspace: Workspace): Promise<void> {
  const { code, stderr, stdout } = await runChild('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: checkout,
    signal: workspace.signal,
  });
  if (code !== 0) throw new CannotCompare('its dependencies cannot be installed (npm ci)', lastLines(stderr || stdout));
  const modules = join(checkout, 'node_modules');
  // An empty list installs no folder. Links into the checkout would lead nowhere once it is gone.
  if (!existsSync(modules) || (readIf(join(modules, '.package-lock.json'))?.toString() ?? '').includes('"link": true'))
    return;
  const partial = `${kept}.${process.pid}.partial`;
  workspace.onClose(() => {
    rmSync(partial, { recursive: true, force: true });
  });
  mkdirSync(partial, { recursive: true });
  try {
    renameSync(modules, join(partial, 'node_modules'));
  } catch {
    // The cache is on another disk: the assembly will be kept, which is what saves most of the time.
    return;
  }
  // A folder under the final name is complete.
  if (!existsSync(kept)) renameSync(partial, kept);
}

function readIf(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}
