import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this repository to its end. It sees no credentials, and this process's gates are not switched off in it. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: Record<string, string> } = {},
): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AWS_') && !['NODE_ENV', 'FORCE_COLOR', 'CDK_VALIDATION'].includes(name),
  );
  const env = { ...Object.fromEntries(inherited), ...options.env };
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { cwd: options.cwd ?? ROOT, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 128;
        resolve({ code, stdout, stderr });
      },
    );
    child.stdin?.end(options.input ?? '');
  });
}

/** Runs a TypeScript program as the package's scripts do. */
export function runTs(
  file: string,
  args: readonly string[],
  options: Parameters<typeof run>[2] = {},
): Promise<Finished> {
  return run(process.execPath, ['--import', 'tsx', join(ROOT, file), ...args], options);
}

/** Runs the CDK's command line, without its look for notices on the internet. */
export function runCdk(args: readonly string[], options: Parameters<typeof run>[2] = {}): Promise<Finished> {
  return run(process.execPath, [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), '--no-notices', ...args], options);
}
