import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CannotCompare } from './cannot-compare';
import { runChild } from './child-process';
import type { Workspace } from '../foundation/workspace';

/** The repository that the command runs in. */
export interface Repository {
  readonly root: string;
  /** Where in it the app is: empty, or a path that ends with a slash. */
  readonly prefix: string;
}

export async function findRepository(cwd: string, workspace: Workspace): Promise<Repository> {
  const git = (args: string[]): ReturnType<typeof runChild> => runChild('git', args, { cwd, signal: workspace.signal });
  const { code, stdout, stderr } = await git(['rev-parse', '--show-toplevel', '--show-prefix']);
  const [root, prefix] = stdout.split('\n');
  if (code !== 0 || root === undefined || prefix === undefined) {
    throw new CannotCompare(
      `${cwd} is not in a git repository; compare assemblies with --base-assembly and --head-assembly`,
      [stderr.trim()],
    );
  }
  return { root, prefix };
}

/** The commit that a name stands for now. */
export async function resolveCommit({ root }: Repository, name: string, workspace: Workspace): Promise<string> {
  // No ref starts so, and an option of git must not be given in its place.
  const isOption = name.startsWith('-');
  const { code, stdout } = isOption
    ? { code: 1, stdout: '' }
    : await runChild('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
        cwd: root,
        signal: workspace.signal,
      });
  if (code !== 0) {
    const remote = /^origin\/(.+)$/.exec(name)?.[1];
    const remedy =
      remote === undefined
        ? 'name a branch, a tag or a commit that is in this clone'
        : `fetch it: git fetch origin ${remote}`;
    throw new CannotCompare(`there is no commit ${JSON.stringify(name)} here; ${remedy}`);
  }
  return stdout.trim();
}

/** Checks a commit out beside the working tree. Answers the folder of the app in it. */
export async function checkOut({ root, prefix }: Repository, commit: string, workspace: Workspace): Promise<string> {
  const folder = join(workspace.folder(), 'tree');
  workspace.onClose(() => {
    execFileSync('git', ['worktree', 'remove', '--force', '--force', folder], { cwd: root, stdio: 'ignore' });
  });
  // Hooks are the user's, and about their working tree.
  const args = ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--force', '--detach', folder, commit];
  const { code, stderr } = await runChild('git', args, { cwd: root, signal: workspace.signal });
  if (code !== 0) throw new CannotCompare(`commit ${commit} cannot be checked out`, stderr.trim().split('\n'));
  return join(folder, prefix);
}
