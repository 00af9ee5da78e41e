import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
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

/** Ctrl-C, `kill`, and a terminal that is closed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal takes everything away, and ends the process. Answers how to stop listening. */
export function closeOnSignals(workspace: Workspace): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    workspace.close();
    // By convention.
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of ENDING) process.on(signal, stop);
  return () => {
    for (const signal of ENDING) process.off(signal, stop);
  };
}
