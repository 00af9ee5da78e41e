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

/** A signal takes everything away, and ends the process. Answers how to stop listening. */
export function closeOnSignals(workspace: Workspace): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    workspace.close();
    // By convention, 128 and the signal's number.
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
}
