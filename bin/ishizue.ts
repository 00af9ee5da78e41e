import {
  command,
  follow,
  runCommand,
  type BuildCommand,
  type Exit,
  type ParsedCommand,
} from '../lib/foundation/command';

/** All commands, each in its file in bin, which exports `build`. To add one, add its row. */
export const COMMANDS: Readonly<Record<string, string>> = {
  preflight: 'what would fail if an environment were deployed, asked of AWS',
  deploy: 'deploys stacks, and asks AWS first what would fail',
  'pr-diff': 'what a change does to the infrastructure',
  cidr: 'IPv4 blocks and address plans',
  firewall: "an environment's firewall: its rules, and what decides on a request",
  connect: "an environment's connection: which way traffic takes, and the other side's router",
  pipeline: "an environment's pipeline: its stages, and who may do what",
  'add-environment': 'adds an environment, made from another',
  'put-records': 'sends lines of JSON to a delivery stream',
  'review-assembly': 'carries a cloud assembly between builds, as one file',
  completion: 'prints the script that completes all this in bash, zsh or fish',
  'review-comment': "writes pr-diff's report on a CodeCommit pull request",
};

const AFTER_HELP = 'ishizue COMMAND --help says what a command takes, and what its exit codes mean.\n';

/** Declares the commands: some of them as they are, the others by their line, because loading them takes time. */
export function build(exit: Exit, args: readonly string[], whole: readonly (string | undefined)[]): ParsedCommand {
  const root = command('ishizue', 'All commands of this repository.', AFTER_HELP);
  for (const [name, summary] of Object.entries(COMMANDS)) {
    if (whole.includes(name)) root.addCommand(load(name)(exit, args.slice(1)).summary(summary));
    else root.command(name).summary(summary);
  }
  return root;
}

export function main(args: string[]): Promise<number> {
  const called = args[0] === 'help' ? args[1] : args[0];
  return follow((exit) => build(exit, args, [called]), args);
}

export function start(): void {
  void runCommand('ishizue', main);
}

/** At once and not by `import()`, for which tsx would start a thread: that takes longer than most commands. */
function load(name: string): BuildCommand {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the command that is called is loaded
  return (require(`./${name}`) as { build: BuildCommand }).build;
}
