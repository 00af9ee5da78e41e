import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/cidr';
import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { call } from '../support/call';
import { run, runTs, type Finished } from '../support/run';

const [FIRST] = validateEnvironments(environments) as [Environment];
const PLAN = { cidr: '10.0.0.0/24', zones: ['a', 'c'], maxZones: 2, tiers: [{ name: 'app', prefixLength: 26 }] };

let folder: string;
let results: Record<string, Finished>;

/** Those that read standard input start a process; the others are calls. */
const CALLS: Record<string, { args: string[]; input?: string }> = {
  help: { args: ['--help'] },
  'plan help': { args: ['plan', '--help'] },
  'info json': { args: ['info', '10.0.0.0/24', '--json'] },
  'info text': { args: ['info', '10.0.0.0/24'] },
  'info bad': { args: ['info', '10.0.0.1/24'] },
  'plan environment': { args: ['plan', FIRST.name, '--json'] },
  'plan unknown': { args: ['plan', 'atlantis'] },
  'plan stdin': { args: ['plan', '--file', '-', '--json'], input: JSON.stringify(PLAN) },
  'plan file svg': { args: ['plan', '--file', 'PLAN', '--svg', 'SVG'] },
  'plan mistakes': {
    args: ['plan', '--file', '-'],
    input: JSON.stringify({ ...PLAN, cidr: '10.0.0.0/8', teirs: [], tiers: [{ name: 'app' }] }),
  },
  'plan twice': {
    args: ['plan', '--file', '-'],
    input: '{"cidr":"10.0.0.0/16",\n"cidr":"10.9.0.0/16"}',
  },
  'plan not an object': { args: ['plan', '--file', '-'], input: '[]' },
  'plan not JSON': { args: ['plan', '--file', '-'], input: '{' },
  'check apart': { args: ['check', '10.0.0.0/16', '10.1.0.0/16', '--json'] },
  'check overlap': { args: ['check', '10.0.0.0/16', '10.0.1.0/24', '--json'] },
  'check bad': { args: ['check', '10.0.0.0/16', '10.0.0.0/99', 'x'] },
  'no command': { args: [] },
  'unknown command': { args: ['inof'] },
  'unknown option': { args: ['info', '10.0.0.0/24', '--jsn'] },
  'no block': { args: ['info'] },
  'two blocks': { args: ['info', '10.0.0.0/24', '10.0.1.0/24'] },
  'one block': { args: ['check', '10.0.0.0/16'] },
  'no plan': { args: ['plan'] },
  'two environments': { args: ['plan', 'dev,prod'] },
  'both plans': { args: ['plan', 'dev', '--file', 'x.json'] },
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(PLAN));
  const names: Record<string, string> = { PLAN: join(folder, 'plan.json'), SVG: join(folder, 'plan.svg') };
  const spawned = await Promise.all(
    Object.entries(CALLS)
      .filter(([, { input }]) => input !== undefined)
      .map(async ([name, { args, input }]) => [name, await runTs('bin/cidr.ts', args, { input })] as const),
  );
  results = Object.fromEntries(spawned);
  for (const [name, { args, input }] of Object.entries(CALLS)) {
    if (input === undefined)
      results[name] = await call(
        'cidr',
        main,
        args.map((arg) => names[arg] ?? arg),
      );
  }
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function result(name: keyof typeof CALLS): Finished {
  const found = results[name];
  if (found === undefined) throw new Error(`no call ${name}`);
  return found;
}

test.each([
  [
    'help',
    /^Usage: cidr .*\n[^]*\n {2}info .*\n[^]*\n {2}plan .*\n[^]*\n {2}check [^]*\nExit codes: 0 done, 1 bad input/,
  ],
  ['plan help', /^Usage: cidr plan .*\n[^]*--file <file> [^]*--svg <file> [^]*\nExit codes: 0 done, 1 bad input/],
])('%s', (name, text) => {
  expect(result(name)).toMatchObject({ code: 0, stderr: '' });
  expect(result(name).stdout).toMatch(text);
});

test('info --json', () => {
  const { code, stdout, stderr } = result('info json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
    'cidr',
    'network',
    'broadcast',
    'netmask',
    'total',
    'usable',
    'first',
    'last',
    'range',
    'reserved',
    'noSubnet',
  ]);
});

test('info for people', () => {
  expect(result('info text').stdout).toMatchSnapshot();
});

test('bad input: one line on standard error, exit code 1', () => {
  expect(result('info bad')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'CIDR: "10.0.0.1/24" has host bits set: 10.0.0.1 is inside a /24, not its start; write 10.0.0.0/24\n',
  });
});

test('plan of an environment', () => {
  const plan = JSON.parse(result('plan environment').stdout) as { cidr: string; subnets: object[] };
  expect(plan.cidr).toBe(FIRST.network.cidr);
  expect(Object.keys(plan)).toEqual(['cidr', 'subnets', 'kept', 'free', 'utilization']);
  expect(Object.keys(plan.subnets[0] ?? {})).toEqual([
    'tier',
    'zone',
    'cidr',
    'total',
    'usable',
    'first',
    'last',
    'reserved',
  ]);
});

test('plan of an environment that there is not', () => {
  expect(result('plan unknown')).toEqual({
    code: 1,
    stdout: '',
    stderr: `environment: "atlantis" is not an environment; use one of: ${environments.map(({ name }) => name).join(', ')}\n`,
  });
});

test('a key that stands twice', () => {
  expect(result('plan twice')).toEqual({
    code: 1,
    stdout: '',
    stderr: '--file: "-" has the key "cidr" twice (line 2); keep one of them\n',
  });
});

test('a plan of a million tiers is refused in a line', () => {
  const tiers = Array.from({ length: 1_000_000 }, (_, index) => ({ name: `t${index}`, prefixLength: 28 }));
  writeFileSync(join(folder, 'million.json'), JSON.stringify({ ...PLAN, tiers }));
  return expect(call('cidr', main, ['plan', '--file', join(folder, 'million.json')])).resolves.toEqual({
    code: 1,
    stdout: '',
    stderr:
      'tiers: lists 1,000,000 tiers, more than the 4,096 smallest subnets that the largest VPC holds; list fewer\n',
  });
}, 60_000);

test('output that cannot be written is a line', async () => {
  const args = ['-c', 'exec "$0" --import tsx bin/cidr.ts info 10.0.0.0/24 > /dev/full', process.execPath];
  expect(await run('bash', args)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'standard output: cannot be written (ENOSPC); make room, or write elsewhere\n',
  });
}, 60_000);

test('plan from standard input', () => {
  const { code, stdout } = result('plan stdin');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    subnets: [
      { tier: 'app', zone: 'a', cidr: '10.0.0.0/26' },
      { tier: 'app', zone: 'c', cidr: '10.0.0.64/26' },
    ],
    free: [{ cidr: '10.0.0.128/25', total: 128 }],
    utilization: 0.5,
  });
});

test('plan from a file, drawn', () => {
  expect(result('plan file svg')).toMatchObject({ code: 0, stderr: '' });
  expect(result('plan file svg').stdout).toMatchSnapshot();
  expect(readFileSync(join(folder, 'plan.svg'), 'utf8')).toMatch(/^<svg [^]*<\/svg>\n$/);
});

test('all mistakes of a plan at once, a line each', () => {
  expect(result('plan mistakes')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'teirs: is not a setting; did you mean "tiers"?\n' +
      'cidr: "10.0.0.0/8" is a /8: AWS takes VPCs of /16 to /28; choose a prefix length of 16 to 28\n' +
      'tiers[0]: "app" has neither hostsPerZone nor prefixLength; give one of them, for example hostsPerZone: 250\n',
  });
});

test.each([
  ['plan not an object', /^plan: \[\] is not an object; .*\n$/],
  ['plan not JSON', /^--file: "-" is not JSON \(.*\); .*\n$/],
])('%s', (name, message) => {
  expect(result(name)).toMatchObject({ code: 1, stdout: '' });
  expect(result(name).stderr).toMatch(message);
});

test('check', () => {
  expect(result('check apart')).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(result('check apart').stdout)).toEqual({ overlaps: [] });
  expect(result('check overlap')).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(result('check overlap').stdout)).toEqual({
    overlaps: [{ a: '10.0.0.0/16', b: '10.0.1.0/24', shared: '10.0.1.0/24' }],
  });
  expect(result('check bad').stderr.split('\n')).toHaveLength(3);
});

test.each([
  ['no command', 'cidr: say what to do: info, plan, check (see cidr --help)'],
  ['unknown command', 'cidr: unknown command "inof"; did you mean "info"? Known: info, plan, check (see cidr --help)'],
  [
    'unknown option',
    'cidr info: unknown option "--jsn"; did you mean "--json"? Known: --json, --help (see cidr info --help)',
  ],
  ['no block', 'cidr info: missing required argument "cidr" (see cidr info --help)'],
  ['two blocks', 'cidr info: too many arguments for "info". Expected 1 argument but got 2 (see cidr info --help)'],
  ['one block', 'cidr check: give two CIDR blocks or more (see cidr check --help)'],
  ['no plan', 'cidr plan: give either the name of one environment or --file (see cidr plan --help)'],
  ['both plans', 'cidr plan: give either the name of one environment or --file (see cidr plan --help)'],
  ['two environments', 'cidr plan: dev,prod: name one environment (see cidr plan --help)'],
])('wrong usage: %s', (name, line) => {
  expect(result(name)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
});
