import type { Writable } from 'node:stream';

export interface WatchedOutput {
  /** The exit code of a command that answered `code`, once all that it printed is written. */
  exitCode(code: number): Promise<number>;
}

/**
 * Watches what a command prints to. A reader that stops early (`| head`) is no error, and changes no exit code. That output
 * cannot be written (a full disk) is one, in a line.
 */
export function watchOutput(stdout: Writable, stderr: Writable): WatchedOutput {
  let failure: string | undefined;
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // After the first error the stream is destroyed, and says so at each further write.
    if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    failure ??= code ?? message;
  });
  // Where this cannot be written, there is nobody to tell.
  stderr.on('error', () => undefined);
  return {
    async exitCode(code) {
      // Errors of earlier writes come before the call-back of this one.
      await new Promise((resolve) => stdout.write('', resolve));
      if (failure === undefined) return code;
      stderr.write(`standard output: cannot be written (${failure}); make room, or write elsewhere\n`);
      return 1;
    },
  };
}

/** Says something beside a command's answer, in a line of its own that no program takes for the answer. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
