import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';

/** @throws {Error} if something of this run is left */
export default function removeTemporaryFolder(): void {
  const folder = tmpdir();
  if (!basename(folder).startsWith('ishizue-tests-')) throw new Error(`${folder} is not the folder of this run`);
  // A link in it is removed, and not what it leads to.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (existsSync(folder)) throw new Error(`${folder} is left`);
}
