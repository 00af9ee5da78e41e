/** What is on the command line of a deployment, as far as it decides what is to be asked before it. */
export interface DeployArguments {
  /** Names and patterns of stacks. */
  readonly patterns: readonly string[];
  readonly all: boolean;
  /** Without the stacks that those depend on. */
  readonly exclusively: boolean;
  readonly help: boolean;
  readonly skipPreflight: boolean;
  readonly ignoreNoStacks: boolean;
  readonly profile: string | undefined;
  readonly toolkitStackName: string | undefined;
  /** Another app than this repository's, of whose stacks nothing is known here. */
  readonly app: string | undefined;
  /** `-c environments=…`. */
  readonly environments: string | undefined;
  /** Options that the CDK does not know. It would pass over them, and deploy more than was meant. */
  readonly unknown: readonly string[];
  /** For `cdk deploy`, as they were given. */
  readonly passed: readonly string[];
}

/**
 * Options of `cdk deploy` that stand alone; true and false may follow. Every other takes the next argument, if that is no
 * option, and so does one that the CDK does not know. A test compares them with the CDK's own table, and what is read here
 * with what the parser of the CDK reads. Source: aws-cdk 2.1148.1, cli-type-registry.json.
 */
export const SWITCHES: ReadonlySet<string> = new Set([
  'all',
  'asset-metadata',
  'asset-parallelism',
  'asset-prebuild',
  'ci',
  'color',
  'debug',
  'debug-app',
  'debug-cli',
  'ec2creds',
  'exclusively',
  'execute',
  'express',
  'force',
  'help',
  'hotswap',
  'hotswap-fallback',
  'ignore-errors',
  'ignore-no-stacks',
  'import-existing-resources',
  'logs',
  'lookups',
  'no-color',
  'notices',
  'path-metadata',
  'previous-parameters',
  'revert-drift',
  'rollback',
  'staging',
  'strict',
  'telemetry',
  'trace',
  'verbose',
  'version',
  'version-reporting',
  'watch',
  'yes',
]);

/** Options that take a value, by the same source. */
export const VALUED: ReadonlySet<string> = new Set([
  'app',
  'asset-build-concurrency',
  'build',
  'build-exclude',
  'ca-bundle-path',
  'change-set-name',
  'concurrency',
  'context',
  'hotswap-ecs-maximum-healthy-percent',
  'hotswap-ecs-minimum-healthy-percent',
  'hotswap-ecs-stabilization-timeout-seconds',
  'method',
  'monitoring-time-minutes',
  'notification-arns',
  'output',
  'outputs-file',
  'parameters',
  'plugin',
  'profile',
  'progress',
  'proxy',
  'region',
  'require-approval',
  'role-arn',
  'rollback-trigger-alarm-arns',
  'tags',
  'telemetry-file',
  'toolkit-stack-name',
  'unstable',
]);

/** The one-letter names of options, by the same source. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  a: 'app',
  c: 'context',
  p: 'plugin',
  v: 'verbose',
  i: 'ec2creds',
  r: 'role-arn',
  o: 'output',
  y: 'yes',
  E: 'build-exclude',
  e: 'exclusively',
  t: 'tags',
  m: 'method',
  f: 'force',
  O: 'outputs-file',
  h: 'help',
};

const SKIP_PREFLIGHT = '--no-preflight';

/** Reads what the CDK will read of them, and leaves them as they are. */
export function readDeployArguments(args: readonly string[], environment: Variables = process.env): DeployArguments {
  const passed = args.filter((arg) => arg !== SKIP_PREFLIGHT);
  const { patterns, options } = read(passed);
  const last = (name: string): string | undefined =>
    options.filter((option) => option.name === name).at(-1)?.value ?? environment[variableOf(name)];
  const isOn = (name: string): boolean => last(name) === 'true';
  return {
    patterns,
    all: isOn('all'),
    exclusively: isOn('exclusively'),
    help: isOn('help'),
    skipPreflight: passed.length < args.length,
    ignoreNoStacks: isOn('ignore-no-stacks'),
    profile: last('profile'),
    toolkitStackName: last('toolkit-stack-name'),
    app: last('app'),
    environments: options
      .filter(({ name, value }) => name === 'context' && value.startsWith('environments='))
      .at(-1)
      ?.value.slice('environments='.length),
    unknown: options.map(({ name }) => name).filter((name) => !SWITCHES.has(name) && !VALUED.has(name)),
    passed,
  };
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The CDK takes each option from the environment, too: `CDK_TOOLKIT_STACK_NAME`. */
function variableOf(option: string): string {
  return `CDK_${option.toUpperCase().replaceAll('-', '_')}`;
}

interface Option {
  readonly name: string;
  /** `true` for a switch that stands alone. */
  readonly value: string;
}

function read(args: readonly string[]): { patterns: string[]; options: Option[] } {
  const patterns: string[] = [];
  const options: Option[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--') return { patterns: [...patterns, ...args.slice(index + 1)], options };
    const named = readLong(arg) ?? readShort(arg);
    if (named === undefined) {
      patterns.push(arg);
      continue;
    }
    const next = args[index + 1];
    const takesNext = named.value === undefined && next !== undefined && belongsTo(named, next);
    if (takesNext) index++;
    options.push(...(named.before ?? []).map((name) => ({ name, value: 'true' })));
    options.push({ name: named.name, value: named.value ?? (takesNext ? next : 'true') });
  }
  return { patterns, options };
}

interface Named {
  readonly name: string;
  /** If the argument itself holds it. */
  readonly value?: string;
  /** Of letters, those before the last; undefined for a name in full. */
  readonly before?: readonly string[];
}

/** `--name`, `--name=value`, `--no-name`. */
function readLong(arg: string): Named | undefined {
  const [, long = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
  if (long === '') return undefined;
  const name = kebabCase(long);
  if (value !== undefined) return { name, value };
  return name.startsWith('no-') ? { name: name.slice('no-'.length), value: 'false' } : { name };
}

/** `-e`, `-ef`, `-c value`, `-c=value`; what follows several letters belongs to the last. */
function readShort(arg: string): Named | undefined {
  const [, letters = '', equals = '', rest = ''] = /^-([a-z]+)(=?)(.*)$/is.exec(arg) ?? [];
  const [name, ...before] = Array.from(letters)
    .reverse()
    .map((letter) => SHORT_NAMES[letter] ?? letter);
  if (name === undefined) return undefined;
  return equals + rest === '' ? { name, before } : { name, before, value: rest };
}

function belongsTo({ name, before }: Named, next: string): boolean {
  if (SWITCHES.has(name)) return next === 'true' || next === 'false';
  // Behind letters the parser of the CDK takes even `--` for a value.
  const isOption = before === undefined ? next.startsWith('-') : /^--?[^-]/.test(next);
  return !isOption || /^-\d/.test(next);
}

/** The parser of the CDK takes `--requireApproval`, too. */
function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
