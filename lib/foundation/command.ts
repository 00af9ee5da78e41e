import { ProblemsError } from './problem';

/** The command line itself is wrong (exit code 2), as opposed to what it names (exit code 1). */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Runs a command and turns what it throws into an exit code: 1 for bad input, 2 for wrong usage.
 * Expected mistakes are one line each on standard error; only a defect of ours shows a stack trace.
 *
 * @param name the command as a person calls it, named in usage errors
 * @param main answers the exit code
 */
export async function runCommand(name: string, main: () => number | Promise<number>): Promise<void> {
  // A reader that stops early (`| head`) is not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      process.stderr.write(`${name}: ${firstLine(error.message)} (see ${name} --help)\n`);
      process.exitCode = 2;
    } else if (error instanceof ProblemsError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  }
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof TypeError && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS_');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
