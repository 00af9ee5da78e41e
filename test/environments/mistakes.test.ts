import { environments } from '../../lib/environments';
import { EnvironmentMistakes } from '../../lib/environments/mistakes';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { formatProblem } from '../../lib/foundation/problem';
import { TEN_MISTAKES } from './ten-mistakes';

const [template] = environments as [EnvironmentInput];

function mistakesOf(inputs: readonly unknown[]): EnvironmentMistakes {
  try {
    validateEnvironments(inputs);
  } catch (error) {
    if (error instanceof EnvironmentMistakes) return error;
    throw error;
  }
  throw new Error('there was no mistake');
}

/** As a person reads it, without the words behind the first colon. */
function shown(inputs: readonly unknown[]): string[] {
  return mistakesOf(inputs)
    .message.split('\n')
    .map((line) => (/^(lib|number|\d)/.test(line) ? line : line.replace(/: .*/, '')));
}

function environment(name: string, change: object = {}): object {
  return { ...template, name, ...change };
}

test('one mistake: the file, the area, and a line', () => {
  expect(mistakesOf([{ ...template, network: { ...template.network, nat: 'singel' } }]).message).toBe(
    `lib/environments/${template.name}.ts, network: 1 mistake\n` +
      `${template.name}.network.nat: "singel" is not one of none, single, perZone, regional; did you mean "single"? Known: none, single, perZone, regional`,
  );
});

test('ten mistakes: by environment and area, in the order of a file', () => {
  expect(shown(TEN_MISTAKES)).toEqual([
    'lib/environments/dev.ts: 1 mistake',
    'dev.availabilityZones[1]',
    '',
    'lib/environments/dev.ts, network: 7 mistakes',
    'dev.network.nat',
    'dev.network.flowLogs.retentionDays',
    'dev.network.intefaceEndpoints',
    'dev.network.tiers[1].hostsPerZone',
    'dev.network.tiers[2]',
    'dev.network.tiers[3].name',
    'dev.network.tiers[3]',
    '',
    'lib/environments/prod.ts: 1 mistake',
    'prod.availabilityZones[1]',
    '',
    'lib/environments/prod.ts, network: 1 mistake',
    'prod.network.cidr',
    '',
    '10 mistakes in 2 environments',
  ]);
});

test('fifty environments: a heading and a line for each', () => {
  const all = Array.from({ length: 50 }, (_, index) =>
    environment(`e${index}`, { network: { ...template.network, cidr: `10.${index}.0.0/16`, nat: 'singel' } }),
  );
  const lines = shown(all);
  expect(lines.slice(0, 4)).toEqual([
    'number 1 of the list in lib/environments/index.ts, network: 1 mistake',
    'e0.network.nat',
    '',
    'number 2 of the list in lib/environments/index.ts, network: 1 mistake',
  ]);
  expect(lines.at(-1)).toBe('50 mistakes in 50 environments');
  expect(lines).toHaveLength(50 * 3 + 1);
});

test('one name twice: the places in the list, because a name would name either file', () => {
  const lines = shown([environment('one', { delivery: undefined }), environment('one', { delivery: undefined })]);
  expect(lines.slice(0, 2)).toEqual([
    'number 2 of the list in lib/environments/index.ts: 1 mistake',
    'environments[1].name',
  ]);
});

test('a name that starts like another, or like its path, takes none of its mistakes', () => {
  const network = { ...template.network, nat: 'singel' };
  const lines = shown([
    environment('a', { delivery: undefined }),
    environment('a.network', { delivery: undefined, network: { ...network, cidr: '10.200.0.0/16' } }),
    environment('ab', { delivery: undefined, network: { ...network, cidr: '10.201.0.0/16' } }),
  ]);
  expect(lines).toEqual([
    'number 2 of the list in lib/environments/index.ts: 1 mistake',
    'a.network.name',
    '',
    'number 2 of the list in lib/environments/index.ts, network: 1 mistake',
    'a.network.network.nat',
    '',
    'number 3 of the list in lib/environments/index.ts, network: 1 mistake',
    'ab.network.nat',
    '',
    '3 mistakes in 2 environments',
  ]);
});

test.each([[undefined], [null], [3], [{}], [{ name: '../..' }]])('%p among the environments', (input) => {
  const error = mistakesOf([template, input]);
  expect(error.message).toMatch(/^number 2 of the list in lib\/environments\/index\.ts/);
  for (const problem of error.problems) expect(error.message.split('\n')).toContain(formatProblem(problem));
});

test('every mistake has its line, whatever it is about', () => {
  const error = mistakesOf([{ name: 'dev', netwrk: {} }, ...TEN_MISTAKES.slice(1), undefined]);
  const lines = error.message.split('\n').filter((line) => line !== '' && !/^(lib|number) |^\d+ mistakes/.test(line));
  for (const problem of error.problems) expect(lines).toContain(formatProblem(problem));
});
