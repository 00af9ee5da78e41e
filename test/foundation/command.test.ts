import { command, exitCodeOf, follow, UsageError, type BuildCommand } from '../../lib/foundation/command';
import { checkedOption, choiceOption, countOption, formOption } from '../../lib/foundation/option';
import { ProblemsError } from '../../lib/foundation/problem';
import { call } from '../support/call';

/** Called with what the action was given. */
const acted = jest.fn();

const build: BuildCommand = (exit) => {
  const shop = command('shop', 'Sells.', 'Exit codes: 0 sold, 7 sold out.\n');
  shop
    .command('sell')
    .description('one thing')
    .argument('<thing>', 'what')
    .addOption(choiceOption('--colour <colour>', 'of it', ['red', 'green', 'grey']))
    .addOption(countOption('--count <n>', 'how many', 2))
    .addOption(formOption('--code <code>', 'of the shop', /^\d{3}$/))
    .addOption(checkedOption('--upper <text>', 'a text', (text) => text.toUpperCase()))
    .option('--json', 'for programs')
    .action((thing, options) => {
      acted(thing, options);
      if (thing === 'unicorn') exit(7);
      if (thing === 'nothing') throw new UsageError('name a thing');
      if (thing === 'broken') throw new ProblemsError([{ path: 'thing', reason: 'is broken', remedy: 'mend it' }]);
      if (thing === 'defect') throw new TypeError('a defect');
    });
  shop
    .command('settle')
    .description('the bill')
    .action(async () => {
      await Promise.resolve();
      exit(8);
    });
  return shop;
};

const shop = (...args: string[]): ReturnType<typeof call> => call('shop', (given) => follow(build, given), args);

beforeEach(() => acted.mockClear());

test('an action is given arguments and options, typed', async () => {
  const args = ['sell', '--colour', 'red', 'shoe', '--count=3', '--code', '007', '--upper', 'a', '--json'];
  expect(await shop(...args)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(acted).toHaveBeenCalledWith('shoe', { colour: 'red', count: 3, code: '007', upper: 'A', json: true });
});

test.each([
  ['an action that sets none', ['sell', 'shoe'], 0],
  ['one that sets it', ['sell', 'unicorn'], 7],
  ['one that takes its time', ['settle'], 8],
])('exit code of %s', async (_, args, code) => {
  expect(await shop(...args)).toEqual({ code, stdout: '', stderr: '' });
});

test('bad input is a line, exit code 1; a defect is thrown on', async () => {
  expect(await shop('sell', 'broken')).toEqual({ code: 1, stdout: '', stderr: 'thing: is broken; mend it\n' });
  await expect(exitCodeOf('shop', (args) => follow(build, args), ['sell', 'defect'])).rejects.toThrow(TypeError);
});

// Also what Commander's own words are turned into: an upgrade that changes them is seen here.
test.each<[string[], string]>([
  [[], 'shop: say what to do: sell, settle (see shop --help)'],
  [['sel'], 'shop: unknown command "sel"; did you mean "sell"? Known: sell, settle (see shop --help)'],
  [['xyzzy'], 'shop: unknown command "xyzzy"; use one of: sell, settle (see shop --help)'],
  [['--jsn'], 'shop: unknown option "--jsn"; use one of: --help (see shop --help)'],
  [['sell'], 'shop sell: missing required argument "thing" (see shop sell --help)'],
  [
    ['sell', 'a', 'b'],
    'shop sell: too many arguments for "sell". Expected 1 argument but got 2 (see shop sell --help)',
  ],
  [
    ['sell', 'a', '--jsn'],
    'shop sell: unknown option "--jsn"; did you mean "--json"? Known: --colour, --count, --code, --upper, --json, --help (see shop sell --help)',
  ],
  [['sell', 'a', '--colour'], 'shop sell: option "--colour <colour>" argument missing (see shop sell --help)'],
  [
    ['sell', 'a', '--colour', 'gren'],
    'shop sell: --colour gren: did you mean "green" or "grey"? Known: red, green, grey (see shop sell --help)',
  ],
  [['sell', 'a', '--count', '1'], 'shop sell: --count 1 is not a whole number from 2 (see shop sell --help)'],
  [['sell', 'a', '--count', '2.5'], 'shop sell: --count 2.5 is not a whole number from 2 (see shop sell --help)'],
  [
    ['sell', 'a', '--count', '9007199254740993'],
    'shop sell: --count 9007199254740993 is not a whole number from 2 (see shop sell --help)',
  ],
  [['sell', 'a', '--code', 'x'], 'shop sell: --code "x" is not what it should be (see shop sell --help)'],
  [['sell', 'nothing'], 'shop sell: name a thing (see shop sell --help)'],
])('wrong usage: %j', async (args, line) => {
  expect(await shop(...args)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
  if (args[1] !== 'nothing') expect(acted).not.toHaveBeenCalled();
});

test.each([['--help'], ['-h'], ['help']])('%s, to standard output', async (word) => {
  const { code, stdout, stderr } = await shop(word);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Usage: shop .*\n\nSells\.\n[^]*\n {2}sell .* +one thing\n[^]*\nExit codes: 0 sold, 7 sold out\.\n/,
  );
});

test('--help of a command: its options, choices, and the exit codes of all', async () => {
  const { code, stdout } = await shop('sell', '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: shop sell \[options\] <thing>\n/);
  expect(stdout).toContain('(choices: "red", "green", "grey")');
  expect(stdout).toContain('Exit codes: 0 sold');
  expect(acted).not.toHaveBeenCalled();
});
