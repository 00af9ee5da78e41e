import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { watchOutput } from './output';
import { escapeControls, ProblemsError } from './problem';
import { suggestOneOf } from './suggestion';
import { UsageError } from './usage-error';

export { UsageError };

/** A command as the parser has it: what completion, help and parsing are made of. */
export type ParsedCommand = CommandUnknownOpts;

/** Sets the exit code of a command; without a call it is 0. */
export type Exit = (code: number) => void;

/**
 * Declares a command. Nothing that it does happens before it is parsed. It is given its arguments for what it passes on to
 * another program as it is.
 */
export type BuildCommand = (exit: Exit, args: readonly string[]) => ParsedCommand;

/** Takes the arguments behind a command's name and answers the exit code. */
export type Main = (args: string[]) => number | Promise<number>;

/**
 * A command of this repository, to be declared further. Commander parses; what it says is said in our words: see exitCodeOf.
 *
 * @param name as a person calls it
 * @param afterHelp what `--help` shows behind the options, for this command and those below it: exit codes, shapes of files
 */
export function command(name: string, description: string, afterHelp: string): Command {
  return new Command(name)
    .description(description)
    .helpOption('-h, --help', 'shows this')
    .addHelpText('afterAll', `\n${afterHelp}`)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError(false);
}

/**
 * Parses the arguments and does what they say.
 *
 * @returns the exit code
 * @throws {UsageError} if they cannot be parsed, and whatever the command throws
 */
export async function follow(build: BuildCommand, args: string[]): Promise<number> {
  let code = 0;
  const parser = build((given) => {
    code = given;
  }, args);
  try {
    await parser.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(error.message, commandPath(calledIn(parser, args)));
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, calledIn(parser, args));
  }
  return code;
}

/**
 * Runs a command as a process: its exit code becomes the process's.
 *
 * @param name the command as a person calls it
 */
export async function runCommand(name: string, main: Main): Promise<void> {
  const output = watchOutput(process.stdout, process.stderr);
  const code = await exitCodeOf(name, main, process.argv.slice(2));
  process.exitCode = await output.exitCode(code);
}

/**
 * Calls a command and turns what it throws into an exit code: 1 for bad input, 2 for wrong usage.
 * Expected mistakes are a line each on standard error; only a defect of ours is thrown on.
 */
export async function exitCodeOf(name: string, main: Main, args: string[]): Promise<number> {
  try {
    return await main(args);
  } catch (error) {
    if (error instanceof UsageError) {
      const called = error.command ?? name;
      process.stderr.write(escapeControls(`${called}: ${error.message} (see ${called} --help)`) + '\n');
      return 2;
    }
    if (error instanceof ProblemsError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

/** What Commander found wrong, in one line, with the name that was probably meant. */
function usageError(error: CommanderError, called: ParsedCommand): UsageError {
  const path = commandPath(called);
  const names = called.commands.map((each) => each.name());
  // Commander would show its help: a command was expected, and none given.
  if (error.code === 'commander.help') return new UsageError(`say what to do: ${names.join(', ')}`, path);
  const message = error.message.replace(/^error: |\.$/g, '').replaceAll("'", '"');
  const unknown = /^unknown (?:option|command) "([^"]*)"/.exec(message)?.[1];
  if (unknown === undefined) return new UsageError(message, path);
  const known = error.code === 'commander.unknownOption' ? optionsOf(called) : names;
  return new UsageError(`${message}; ${suggestOneOf(unknown, known)}`, path);
}

function optionsOf(called: ParsedCommand): string[] {
  return [...called.options.flatMap(({ long }) => long ?? []), '--help'];
}

/** The innermost command that the arguments name. */
function calledIn(parser: ParsedCommand, args: readonly string[]): ParsedCommand {
  return args.reduce((called, arg) => called.commands.find((each) => each.name() === arg) ?? called, parser);
}

/** `cidr plan`, as a person types it. */
function commandPath(called: ParsedCommand): string {
  return called.parent === null ? called.name() : `${commandPath(called.parent)} ${called.name()}`;
}
