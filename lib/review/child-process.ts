import { spawn } from 'node:child_process';

export interface Finished {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the process, and all that it started. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. Rejects only if it cannot be started, or is stopped. */
export function runChild(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const { cwd, env = process.env, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // In a group of its own: npm and the CDK start processes that would otherwise outlive them.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stop = (): void => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    signal?.addEventListener('abort', stop, { once: true });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted === true) reject(new Error('stopped'));
      else resolve({ code, ...output });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}
