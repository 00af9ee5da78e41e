import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
// The parser that the CDK's command line is built on.
import yargsParser from 'yargs-parser';
import { readDeployArguments, SHORT_NAMES, SWITCHES, VALUED } from '../../lib/preflight/deploy-arguments';

interface CliOption {
  readonly type: 'boolean' | 'string' | 'number' | 'array';
  readonly alias?: string | readonly string[];
  readonly count?: boolean;
}

/** The options of `cdk deploy`, as the CDK's command line itself has them. */
const OPTIONS = cliOptions();

function cliOptions(): Readonly<Record<string, CliOption>> {
  const file = join(dirname(require.resolve('aws-cdk/package.json')), 'lib/cli/cli-type-registry.json');
  const registry = JSON.parse(readFileSync(file, 'utf8')) as {
    globalOptions: Record<string, CliOption>;
    commands: { deploy: { options: Record<string, CliOption> } };
  };
  return {
    ...registry.globalOptions,
    ...registry.commands.deploy.options,
    // These are the parser's own.
    help: { type: 'boolean', alias: 'h' },
    version: { type: 'boolean' },
  };
}

const aliasesOf = ({ alias = [] }: CliOption): readonly string[] => (typeof alias === 'string' ? [alias] : alias);
const ofType = (...types: CliOption['type'][]): string[] =>
  Object.keys(OPTIONS).filter((name) => types.includes(OPTIONS[name]?.type ?? 'string'));
const counts = Object.keys(OPTIONS).filter((name) => OPTIONS[name]?.count === true);

/** What the parser of the CDK makes of the arguments, by the CDK's own table. */
function readByCdk(args: readonly string[]): Record<string, unknown> & { _: unknown[] } {
  return yargsParser([...args], {
    boolean: ofType('boolean').filter((name) => !counts.includes(name)),
    count: counts,
    // Not as numbers, so that they can be compared.
    string: [...ofType('string', 'number'), '_'],
    array: ofType('array').map((key) => ({ key, string: true as const })),
    narg: Object.fromEntries(ofType('array').map((name) => [name, 1])),
    alias: Object.fromEntries(Object.entries(OPTIONS).map(([name, option]) => [name, [...aliasesOf(option)]])),
  });
}

test('the switches and the short names are those of the CDK', () => {
  const long = (names: Iterable<string>): string[] => [...names].sort();
  // A long alias of a switch is one, too.
  const booleans = ofType('boolean').flatMap((name) => [
    name,
    ...aliasesOf(OPTIONS[name] ?? { type: 'boolean' }).filter((alias) => alias.length > 1),
  ]);
  expect(long(SWITCHES)).toEqual(long(booleans));
  expect(long(VALUED)).toEqual(long(ofType('string', 'number', 'array')));
  const short = Object.entries(OPTIONS).flatMap(([name, option]) =>
    aliasesOf(option)
      .filter((alias) => alias.length === 1)
      .map((alias) => [alias, name]),
  );
  expect(SHORT_NAMES).toEqual(Object.fromEntries(short));
});

test('what is a stack, and what belongs to an option, is what the CDK takes it for', () => {
  const word = fc.constantFrom('dev-Web', 'prod-*', 'never', 'true', 'false', 'environments=dev', 'a=b', '7', '-1');
  const name = fc.constantFrom(...Object.keys(OPTIONS), 'unknown', 'requireApproval');
  const argument = fc.oneof(
    { weight: 3, arbitrary: word },
    name.map((long) => `--${long}`),
    fc.tuple(name, word).map(([long, value]) => `--${long}=${value}`),
    fc.constantFrom(...ofType('boolean').filter((long) => !long.startsWith('no-'))).map((long) => `--no-${long}`),
    fc
      .array(fc.constantFrom(...Object.keys(SHORT_NAMES), 'x'), { minLength: 1, maxLength: 3 })
      .map((all) => `-${all.join('')}`),
    fc.constantFrom('-c', '-e', '-f', '-r', '-c=environments=prod', '-e=false', '--'),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 8 }), (args) => {
      // An option that must have a value, and has none, the CDK refuses before it looks at stacks.
      const cdk = readByCdk(args);
      fc.pre(!lacksValue(cdk));
      const read = readDeployArguments(args);
      expect(read.patterns).toEqual(cdk._.map(String));
      expect(read.exclusively).toBe(lastOf(cdk.exclusively) ?? false);
      expect(read.all).toBe(lastOf(cdk.all) ?? false);
      expect(read.passed).toEqual(args);
      const contexts = ((cdk.context ?? []) as string[]).filter((each) => each.startsWith('environments='));
      expect(read.environments).toBe(contexts.at(-1)?.slice('environments='.length));
    }),
    { numRuns: 300 },
  );
}, 30_000);

/** The CDK refuses a repeated option that is no list; its parser alone makes a list of the values. */
function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[]).at(-1) : value;
}

function lacksValue(read: Record<string, unknown>): boolean {
  return ofType('array', 'string', 'number').some((name) => {
    const value = read[name];
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    return value !== undefined && (values.length === 0 || values.some((each) => each === '' || each === undefined));
  });
}

describe('examples', () => {
  test.each([
    [['dev-Network'], ['dev-Network']],
    [
      ['dev-Web', '--require-approval', 'never', 'dev-Stream'],
      ['dev-Web', 'dev-Stream'],
    ],
    [['--require-approval=never', 'dev-*'], ['dev-*']],
    [['-e', 'dev-Web', '-f'], ['dev-Web']],
    [
      ['--exclusively', 'dev-Web', '--no-rollback', 'dev-Stream'],
      ['dev-Web', 'dev-Stream'],
    ],
    [['-c', 'environments=dev', '--all'], []],
    // To the parser of the CDK a value, behind a letter.
    [['-r', '--', '-a', 'dev-Web'], []],
    [['--parameters', 'dev-Web:a=b', '--concurrency', '4', 'dev-Web'], ['dev-Web']],
  ])('%j', (args, patterns) => {
    expect(readDeployArguments(args)).toMatchObject({ patterns, passed: args });
  });

  test('what the CDK does not know is told', () => {
    const args = ['dev-Web', '--exclusivly', '--requireApproval', 'never', '-z', '--no-prefligt', '--no-rollback'];
    expect(readDeployArguments(args).unknown).toEqual(['exclusivly', 'z', 'prefligt']);
  });

  test('what the CDK takes from the environment counts, behind what is written', () => {
    const environment = { CDK_PROFILE: 'other', CDK_TOOLKIT_STACK_NAME: 'Toolkit', CDK_EXCLUSIVELY: 'true' };
    expect(readDeployArguments(['dev-Web'], environment)).toMatchObject({
      profile: 'other',
      toolkitStackName: 'Toolkit',
      exclusively: true,
    });
    expect(readDeployArguments(['dev-Web', '--profile', 'mine'], environment).profile).toBe('mine');
  });

  test('--no-preflight is ours, and the CDK does not see it', () => {
    const { skipPreflight, passed, patterns } = readDeployArguments(['dev-Web', '--no-preflight', '--ci']);
    expect({ skipPreflight, passed, patterns }).toEqual({
      skipPreflight: true,
      passed: ['dev-Web', '--ci'],
      patterns: ['dev-Web'],
    });
  });

  test('what preflight has to know of the options', () => {
    const args = [
      '--all',
      '--profile',
      'hanako',
      '--toolkit-stack-name=Kit',
      '-c',
      'a=1',
      '-c',
      'environments=dev,prod',
    ];
    expect(readDeployArguments(args)).toMatchObject({
      all: true,
      profile: 'hanako',
      toolkitStackName: 'Kit',
      environments: 'dev,prod',
      skipPreflight: false,
    });
  });
});
