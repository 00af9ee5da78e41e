import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { ProblemsError } from '../foundation/problem';
import { Workspace } from '../foundation/workspace';
import { writeTogether, type TextFile } from '../foundation/write-together';

/** The tests that keep snapshots of environments. */
const TESTS = ['test/environments/snapshots.test.ts', 'test/gates/acknowledgements.test.ts'];

/** Not copied: what no test of these needs, and what is too large to be. */
const LEFT_OUT = ['.git', 'node_modules', 'cdk.out', 'coverage'];

/**
 * The snapshot files as they will be with some files added or changed. The tests run in a copy of the repository, so that
 * nothing of it is touched if they fail or are stopped.
 *
 * @param root of the repository
 * @param files with paths below it
 * @throws {ProblemsError} if a snapshot that exists would change
 */
export async function snapshotsWith(root: string, files: readonly TextFile[]): Promise<TextFile[]> {
  const workspace = new Workspace();
  const copy = workspace.folder();
  try {
    cpSync(root, copy, { recursive: true, filter: (path) => path === root || !LEFT_OUT.includes(basename(path)) });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    writeTogether(
      files.map(({ path, content }) => ({ path: join(copy, path), content })),
      'copy',
    );
    await runTests(copy, workspace.signal);
    return TESTS.map((test) => {
      const path = join(test, '../__snapshots__', `${basename(test)}.snap`);
      return { path, content: readFileSync(join(copy, path), 'utf8') };
    });
  } finally {
    workspace.close();
  }
}

/** Writes snapshots that are not there, also where CI is set; one that differs is an error. */
async function runTests(root: string, signal: AbortSignal): Promise<void> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  try {
    await promisify(execFile)(process.execPath, [jest, '--ci=false', ...TESTS], {
      cwd: root,
      signal,
      // What a stopped run leaves behind goes with the copy.
      env: { ...process.env, TMPDIR: root },
    });
  } catch (error) {
    const failed = (error as { stderr?: string }).stderr?.match(/^ {2}● .*/m)?.[0].slice(4) ?? String(error);
    throw new ProblemsError([
      {
        path: 'snapshots',
        reason: `cannot be written: ${failed}`,
        remedy: `mend what npm test -- ${TESTS.join(' ')} shows`,
      },
    ]);
  }
}
