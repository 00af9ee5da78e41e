import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/** What a shell answers for a process that a signal ended. */
const ENDED_BY_SIGNAL = 128;

/**
 * Runs the CDK's command line, which talks to the terminal itself.
 *
 * @returns its exit code
 */
export function runCdk(args: readonly string[]): Promise<number> {
  const cdk = join(dirname(require.resolve('aws-cdk/package.json')), 'bin/cdk');
  const child = spawn(process.execPath, [cdk, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches it by the terminal, and it may want to finish; what is sent to this process alone is sent on.
  const stay = (): void => undefined;
  const pass = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', stay).on('SIGTERM', pass).on('SIGHUP', pass);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(code ?? ENDED_BY_SIGNAL + (signal === null ? 0 : constants.signals[signal]));
    });
  }).finally(() => {
    process.off('SIGINT', stay).off('SIGTERM', pass).off('SIGHUP', pass);
  });
}
