import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS, main } from '../../bin/ishizue';
import { environments } from '../../lib/environments';
import packageJson from '../../package.json';
import { call } from '../support/call';
import { ROOT, run, type Finished } from '../support/run';

const ishizue = (...args: string[]): Promise<Finished> => call('ishizue', main, args);

test('every file of bin is a command, but the app and the entry itself', () => {
  const files = readdirSync(join(ROOT, 'bin')).flatMap((file) => /^(.*)\.ts$/.exec(file)?.[1] ?? []);
  expect(files.filter((name) => name !== 'app' && name !== 'ishizue')).toEqual(Object.keys(COMMANDS).sort());
});

test('--help lists every command with a line', async () => {
  const { code, stdout } = await ishizue('--help');
  expect(code).toBe(0);
  for (const name of Object.keys(COMMANDS)) expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\w`, 'm'));
});

test.each(Object.keys(COMMANDS))('%s --help is its own, under the name that was called', async (name) => {
  const { code, stdout } = await ishizue(name, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: ishizue ${name} `));
  expect(stdout).toMatch(/^Exit codes: (0 |those of cdk deploy)/m);
  expect((await ishizue('help', name)).stdout).toBe(stdout);
});

test('as the package declares it: only the command that is called is loaded', async () => {
  const { code, stdout, stderr } = await run(process.execPath, [
    packageJson.bin.ishizue,
    'cidr',
    'check',
    '10.0.0.0/16',
    '10.0.1.0/24',
  ]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain('10.0.1.0/24');
}, 60_000);

test.each([
  [['cdr'], /^ishizue: unknown command "cdr"; did you mean "cidr"\? \(see ishizue --help\)\n$/],
  [['cidr', 'pln'], /^ishizue cidr: unknown command "pln"; did you mean "plan"\? .* \(see ishizue cidr --help\)\n$/],
  [[], /^ishizue: say what to do: preflight, .* \(see ishizue --help\)\n$/],
  [['completion', 'basch'], /^ishizue completion: shell basch: did you mean "bash"\? /],
])('wrong usage: %j', async (args, line) => {
  expect(await ishizue(...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(line) as unknown });
});

describe('completion bash', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
    writeFileSync(join(folder, 'completion'), (await ishizue('completion', 'bash')).stdout);
    writeFileSync(join(folder, 'plan.json'), '{}');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What bash offers for the last of the words. */
  function offered(...words: string[]): string[] {
    const script = `source ./completion && complete -p ishizue >&2
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ishizue; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ['--norc', '--noprofile', '-ec', script, 'bash', 'ishizue', ...words];
    const stdout = execFileSync('bash', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return stdout.split('\n').filter((word) => word !== '');
  }

  test.each<[string[], string[]]>([
    [[''], [...Object.keys(COMMANDS), '--help']],
    [['p'], ['preflight', 'pr-diff', 'pipeline', 'put-records']],
    [
      ['cidr', ''],
      ['info', 'plan', 'check', '--help'],
    ],
    [
      ['cidr', 'plan', ''],
      [...environments.map(({ name }) => name), '--file', '--svg', '--json', '--help'],
    ],
    [['cidr', 'plan', '--s'], ['--svg']],
    [
      ['cidr', 'plan', '--file', ''],
      ['completion', 'plan.json'],
    ],
    [['firewall', 'explain', '--json', environments[0]?.name.slice(0, 1) ?? ''], [environments[0]?.name ?? '']],
    [
      ['pr-diff', '--fail-on', 'd'],
      ['data-loss', 'destructive'],
    ],
    [['pr-diff', '--base', ''], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', '--help'],
    ],
    [
      ['nonsense', ''],
      [...Object.keys(COMMANDS), '--help'],
    ],
  ])(
    '%j',
    (words, expected) => {
      // Of files bash offers them in no order.
      expect(offered(...words).sort()).toEqual([...expected].sort());
    },
    30_000,
  );
});
