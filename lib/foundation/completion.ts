import type { ParsedCommand } from './command';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What may come next to a command: of which words, and what its options take. */
interface Completed {
  /** The words behind the program: `cidr plan`; empty for the program itself. */
  readonly path: string;
  readonly hasCommands: boolean;
  readonly words: readonly Word[];
  readonly options: readonly CompletedOption[];
}

interface Word {
  readonly word: string;
  readonly description: string;
}

interface CompletedOption extends Word {
  /** None if it takes no value; files; or a list, which is empty where nothing is known. */
  readonly value: 'none' | 'file' | readonly string[];
}

/**
 * A script that completes a program in a shell. It is made once and starts no process at a key press, so that the names in
 * it are those of the day on which it was made.
 *
 * @param names the words that stand for an argument or a value, by its name: `environment`
 */
export function completionScript(shell: Shell, program: ParsedCommand, names: Names): string {
  const completed = describe(program, '', names);
  const name = program.name();
  if (shell === 'fish') return fishScript(name, completed);
  // zsh runs bash's functions.
  const prelude = shell === 'zsh' ? 'autoload -U +X compinit bashcompinit && compinit && bashcompinit\n' : '';
  return prelude + bashScript(name, completed);
}

type Names = Readonly<Record<string, readonly string[]>>;

function describe(command: ParsedCommand, path: string, names: Names): Completed[] {
  const { commands, options, registeredArguments } = command;
  const inner = commands.map((each) => ({ word: each.name(), description: each.summary() || each.description() }));
  const given = registeredArguments.flatMap((argument) => names[argument.name()] ?? argument.argChoices ?? []);
  const own = options.map((option) => ({
    word: option.long ?? option.flags,
    description: option.description,
    value: valueOf(option.flags, option.argChoices, names),
  }));
  const help = { word: '--help', description: 'shows this', value: 'none' } as const;
  return [
    {
      path,
      hasCommands: commands.length > 0,
      words: [...inner, ...given.map((word) => ({ word, description: '' }))],
      options: [...own, help],
    },
    ...commands.flatMap((each) => describe(each, `${path} ${each.name()}`.trim(), names)),
  ];
}

function valueOf(flags: string, choices: readonly string[] | undefined, names: Names): CompletedOption['value'] {
  const known = choices ?? names[/<([^>]+)>/.exec(flags)?.[1] ?? ''];
  if (known !== undefined) return known;
  if (/<(file|folder)>/.test(flags)) return 'file';
  return flags.includes('<') ? [] : 'none';
}

function bashScript(name: string, completed: readonly Completed[]): string {
  const values = completed.flatMap(({ path, options }) =>
    options.flatMap(({ word, value }) => {
      if (value === 'none') return [];
      const replies = value === 'file' ? 'compgen -f' : `compgen -W ${quote(value.join(' '))}`;
      const reply = value.length === 0 ? '' : ` COMPREPLY=($(${replies} -- "$word"));`;
      return `    ${quote(`${path} ${word}`)})${reply} return ;;`;
    }),
  );
  const next = completed.map(({ path, words, options }) => {
    const all = [...words, ...options].map(({ word }) => word).join(' ');
    return `    ${quote(path)}) COMPREPLY=($(compgen -W ${quote(all)} -- "$word")) ;;`;
  });
  const paths = completed.flatMap(({ path }) => (path === '' ? [] : quote(path)));
  return `_${name}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" path='' longer i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    longer="\${path:+$path }\${COMP_WORDS[i]}"
    case "$longer" in
    ${paths.join(' | ')}) path="$longer" ;;
    esac
  done
  case "$path \${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
  esac
  case "$path" in
${next.join('\n')}
  esac
}
complete -o default -F _${name} ${name}
`;
}

function fishScript(name: string, completed: readonly Completed[]): string {
  const lines = completed.flatMap(({ path, hasCommands, words, options }) => {
    const complete = `complete -c ${name} -n ${quote(`__${name}_at ${hasCommands ? 'just' : 'in'} ${path}`.trim())}`;
    return [
      ...words.map(({ word, description }) => `${complete} -f -a ${quote(word)}${described(description)}`),
      ...options.map(({ word, description, value }) => {
        const takes = value === 'none' ? '' : value === 'file' ? ' -r -F' : ` -x -a ${quote(value.join(' '))}`;
        return `${complete} -l ${word.replace(/^--/, '')}${takes}${described(description)}`;
      }),
    ];
  });
  return `function __${name}_at
    set -l path $argv[2..]
    set -l words (string match -v -- '-*' (commandline -opc)[2..])
    test $argv[1] = in; and set words $words[1..(count $path)]
    test "$words" = "$path"
end
${lines.join('\n')}
`;
}

function described(description: string): string {
  return description === '' ? '' : ` -d ${quote(description)}`;
}

/** For the shell as it is, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
