import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run leaves lying about: folders, work trees, processes. All of it goes at the end, or at a Ctrl-C. */
export class Workspace {
  private readonly controller = new AbortController();
  private readonly cleanups: (() => void)[] = [];

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  folder(): string {
    const path = realpathSync(mkdtempSync(join(tmpdir(), 'pr-diff-')));
    this.onClose(() => {
      rmSync(path, { recursive: true, force: true });
    });
    return path;
  }

  /** Called in reverse order, and in a hurry: it must not wait for anything. */
  onClose(cleanup: () => void): void {
    this.cleanups.push(cleanup);
  }

  close(): void {
    this.controller.abort();
    for (let cleanup = this.cleanups.pop(); cleanup !== undefined; cleanup = this.cleanups.pop()) {
      try {
        cleanup();
      } catch {
        // The next one is to be tried all the same.
      }
    }
  }
}
