/** The first signal stops cleanly, the second at once. */
export interface StopSignals {
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  /** What a shell expects of a process that the signal ended; undefined if there was none. */
  exitCode(): number | undefined;
}

/** By convention, 128 and the signal's number. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * In milliseconds. npm passes a Ctrl-C on that the terminal has already sent to its whole group: what comes within this
 * time is the same one.
 */
const SAME_SIGNAL = 500;

export function onStopSignals(): StopSignals {
  const stop = new AbortController();
  const abort = new AbortController();
  let exitCode: number | undefined;
  let stoppedAt = 0;
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      exitCode ??= EXIT_CODES[signal];
      if (stop.signal.aborted) {
        if (performance.now() - stoppedAt > SAME_SIGNAL) abort.abort();
      } else {
        stoppedAt = performance.now();
        process.stderr.write('\nStopping: waiting for what is in flight; once more does not wait.\n');
        stop.abort();
      }
    });
  }
  return { stop: stop.signal, abort: abort.signal, exitCode: () => exitCode };
}
