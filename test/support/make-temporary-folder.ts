import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * One folder for whatever the tests of a run, and the programs that they start, write to the temporary directory: an App of
 * the CDK without an `outdir`, for one, never removes what it writes there.
 */
export default function makeTemporaryFolder(): void {
  const shared = tmpdir();
  const folder = realpathSync(mkdtempSync(join(shared, 'ishizue-tests-')));
  // What tsx has compiled is of use to the next run: without it each program takes seconds longer to start.
  const compiled = `tsx-${userInfo().uid}`;
  mkdirSync(join(shared, compiled), { recursive: true });
  symlinkSync(join(shared, compiled), join(folder, compiled));
  process.env.TMPDIR = folder;
}
