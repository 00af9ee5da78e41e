import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkOut, resolveCommit, type Repository } from './git';
import { provideModules } from './node-modules';
import type { Side } from './report';
import { environmentKey, synthesizeApp } from './synthesize';
import type { Workspace } from '../foundation/workspace';

/** The working tree as it is, committed or not. */
export const WORKING_TREE = '.';

/** An assembly on disk, and what it was made from. */
export interface Synthesized {
  readonly side: Side;
  readonly directory: string;
  /** What a person who waits wants to know: `from the cache`. */
  readonly how: string;
}

/**
 * Synthesizes the working tree, or a commit. Assemblies of commits are kept: a base is compared with many times.
 *
 * @param label `base` or `head`
 * @throws {CannotCompare} if there is no such commit, or it does not synthesize
 */
export async function synthesizeSide(
  name: string,
  label: string,
  repository: Repository,
  workspace: Workspace,
): Promise<Synthesized> {
  const project = join(repository.root, repository.prefix);
  if (name === WORKING_TREE) {
    const directory = join(workspace.folder(), 'cdk.out');
    await synthesizeApp(project, directory, `${label} (the working tree)`, workspace);
    return { side: { name: 'working tree' }, directory, how: 'synthesized' };
  }
  const commit = await resolveCommit(repository, name, workspace);
  const cache = join(project, 'node_modules', '.cache', 'pr-diff');
  const kept = join(cache, `${commit}-${toolsOf(project)}-${environmentKey()}`);
  const side = { name, commit };
  if (existsSync(join(kept, 'manifest.json'))) return { side, directory: kept, how: 'from the cache' };
  const checkout = await checkOut(repository, commit, workspace);
  const modules = await provideModules(checkout, project, repository.prefix, cache, workspace);
  const partial = `${kept}.${process.pid}.partial`;
  workspace.onClose(() => {
    rmSync(partial, { recursive: true, force: true });
  });
  mkdirSync(cache, { recursive: true });
  await synthesizeApp(checkout, partial, `${label} (${name}, ${commit.slice(0, 10)})`, workspace);
  keep(partial, kept);
  return { side, directory: kept, how: `synthesized, dependencies ${modules}` };
}

/** A folder with a manifest under the final name is complete. If another run was quicker, its assembly is the same. */
function keep(partial: string, kept: string): void {
  if (existsSync(join(kept, 'manifest.json'))) return;
  rmSync(kept, { recursive: true, force: true });
  renameSync(partial, kept);
}

/** What is installed takes part in what is synthesized, also where a commit shares it. */
function toolsOf(project: string): string {
  const installed = join(project, 'node_modules', '.package-lock.json');
  const hash = createHash('sha256').update(process.version);
  if (existsSync(installed)) hash.update(readFileSync(installed));
  return hash.digest('hex').slice(0, 16);
}
