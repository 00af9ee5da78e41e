import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Ctrl-C, `kill`, and a terminal that is closed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a run leaves lying about: folders, work trees, processes. All of it goes at the end, or at a Ctrl-C. */
export class Workspace {
  private readonly controller = new AbortController();
  private readonly cleanups: (() => void)[] = [];
  /** A signal takes everything away, and ends the process. */
  private readonly stop = (signal: NodeJS.Signals): void => {
    this.close();
    // By convention.
    process.exit(128 + constants.signals[signal]);
  };

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A new folder, by its real path: a test runner does not follow links to what it is to test. */
  folder(): string {
    const path = realpathSync(mkdtempSync(join(tmpdir(), 'ishizue-')));
    this.onClose(() => {
      rmSync(path, { recursive: true, force: true });
    });
    return path;
  }

  /**
   * Called in reverse order, and in a hurry: it must not wait for anything. Signals are heard only while there is
   * something to clean up: while the process computes it hears none, and the system's own handling would end it.
   */
  onClose(cleanup: () => void): void {
    if (this.cleanups.length === 0) for (const signal of ENDING) process.on(signal, this.stop);
    this.cleanups.push(cleanup);
  }

  close(): void {
    this.controller.abort();
    for (const signal of ENDING) process.off(signal, this.stop);
    for (let cleanup = this.cleanups.pop(); cleanup !== undefined; cleanup = this.cleanups.pop()) {
      try {
        cleanup();
      } catch {
        // The next one is to be tried all the same.
      }
    }
  }
}
