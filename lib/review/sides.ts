import { findRepository } from './git';
import { synthesizeSide, WORKING_TREE, type Synthesized } from './git-assemblies';
import { impactOf } from './impact';
import type { Workspace } from '../foundation/workspace';

/** Where a side comes from: an assembly that is there, or a commit. */
export interface SideSource {
  readonly assembly: string | undefined;
  /** A commit, or `.` for the working tree, which is also what is meant by none. */
  readonly commit: string | undefined;
}

/** Both sides, synthesized at the same time where they are not there. */
export async function provideSides(
  base: SideSource,
  head: SideSource,
  workspace: Workspace,
): Promise<[Synthesized, Synthesized]> {
  const sides = [provideSide(base, 'base', workspace), provideSide(head, 'head', workspace)] as const;
  if (base.assembly === undefined || head.assembly === undefined) {
    // This process has nothing to do while others synthesize: time to read the specification of all resources.
    setImmediate(() => impactOf('AWS::S3::Bucket', 'BucketName', []));
  }
  // Both are waited for: neither may still be running when the workspace goes.
  await Promise.allSettled(sides);
  return Promise.all(sides);
}

/** @throws {CannotCompare} if it does not synthesize */
export async function provideSide(
  { assembly, commit = WORKING_TREE }: SideSource,
  label: string,
  workspace: Workspace,
): Promise<Synthesized> {
  if (assembly !== undefined) return { side: { name: assembly }, directory: assembly, how: 'given' };
  progress(`${label}: ${commit} …`);
  const start = performance.now();
  const side = await synthesizeSide(commit, label, await findRepository(process.cwd(), workspace), workspace);
  progress(`${label}: ${side.how}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return side;
}

/** For somebody who waits, not for logs. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
}
