import { environments } from '../lib/environments';
import { stackCatalog } from '../lib/environments/stack-catalog';
import { validateEnvironments } from '../lib/environments/validate';
import { command, type BuildCommand } from '../lib/foundation/command';
import { completionScript, SHELLS } from '../lib/foundation/completion';
import { choiceArgument } from '../lib/foundation/option';
import { build as buildAll, COMMANDS } from './ishizue';

const AFTER_HELP = `Examples
  source <(npx ishizue completion bash)                              in this shell; in ~/.bashrc, in each
  source <(npx ishizue completion zsh)
  npx ishizue completion fish > ~/.config/fish/completions/ishizue.fish
  alias ishizue='npx ishizue'                                        what is completed is the word ishizue

Make it again when a command or an environment is added.

Exit codes: 0 done, 2 wrong usage.
`;

/** A shell runs what else may be in a word: environments are not validated here. */
const PLAIN = /^[\w-]+$/;

export const build: BuildCommand = () =>
  command('completion', 'Prints the script that completes ishizue in a shell.', AFTER_HELP)
    .addArgument(choiceArgument('<shell>', 'for which', SHELLS))
    .action((shell) => {
      const program = buildAll(() => undefined, [], Object.keys(COMMANDS));
      const names = {
        environment: environments.map(({ name }) => name).filter((name) => PLAIN.test(name)),
        stack: validateEnvironments(environments)
          .flatMap(stackCatalog)
          .map(({ name }) => name),
      };
      process.stdout.write(completionScript(shell, program, names));
    });
