import { ProblemsError } from './problem';

/** The command line itself is wrong (exit code 2), as opposed to what it names (exit code 1). */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Runs a command as a process: its exit code becomes the process's.
 *
 * @param name the command as a person calls it
 * @param main takes the arguments behind the name and answers the exit code
 */
export async function runCommand(name: string, main: Command): Promise<void> {
  // A reader that stops early (`| head`) is not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  process.exitCode = await exitCodeOf(name, main, process.argv.slice(2));
}

export type Command = (args: string[]) => number | Promise<number>;

/**
 * Calls a command and turns what it throws into an exit code: 1 for bad input, 2 for wrong usage.
 * Expected mistakes are a line each on standard error; only a defect of ours is thrown on.
 */
export async function exitCodeOf(name: string, main: Command, args: string[]): Promise<number> {
  try {
    return await main(args);
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      process.stderr.write(`${name}: ${firstLine(error.message)} (see ${name} --help)\n`);
      return 2;
    }
    if (error instanceof ProblemsError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

function isParseArgsError(error: unknown): error is Error {
  return String((error as { code?: unknown } | undefined)?.code).startsWith('ERR_PARSE_ARGS_');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
