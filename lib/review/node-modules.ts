import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CannotCompare } from './cannot-compare';
import { runChild } from './child-process';
import { lastLines } from './output-lines';
import type { Workspace } from '../foundation/workspace';

const LOCK = 'package-lock.json';

/** How a checked-out commit came to its dependencies. */
export type Installed = 'shared' | 'cached' | 'installed' | 'none';

/**
 * Gives a checked-out commit its `node_modules`: those of the working tree where both have the same lock file byte by byte,
 * otherwise its own, installed by `npm ci` once for each lock file.
 *
 * @param project the app in the working tree
 * @param prefix of the app in its repository, where lock files above the app are looked for
 * @param cache where installed dependencies are kept
 * @throws {CannotCompare} if they cannot be installed
 */
export async function provideModules(
  checkout: string,
  project: string,
  prefix: string,
  cache: string,
  workspace: Workspace,
): Promise<Installed> {
  const target = join(checkout, 'node_modules');
  const locked = lockFolder(checkout, prefix);
  const lock = readIf(join(locked, LOCK));
  const own = readIf(join(lockFolder(project, prefix), LOCK));
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
  if (!known) await install(locked, kept, workspace);
  for (const [folder, modules] of [
    [locked, join(kept, 'node_modules')],
    [checkout, join(locked, 'node_modules')],
  ] as const) {
    const link = join(folder, 'node_modules');
    if (!existsSync(link) && existsSync(modules)) symlinkSync(modules, link, 'dir');
  }
  return known ? 'cached' : 'installed';
}

/** The folder of the lock file that npm goes by: the app's own, or the next one above it in the repository. */
function lockFolder(app: string, prefix: string): string {
  const depth = prefix.split('/').filter((part) => part !== '').length;
  const folders = Array.from({ length: depth + 1 }, (_, up) => join(app, ...Array<string>(up).fill('..')));
  return folders.find((folder) => existsSync(join(folder, LOCK))) ?? app;
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
