import { environments } from '../../lib/environments';
import { lookUp } from '../../lib/environments/look-up';
import { EnvironmentMistakes, PARTS, type Part } from '../../lib/environments/mistakes';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { UsageError } from '../../lib/foundation/usage-error';

const [template] = environments as [EnvironmentInput];

function environment(name: string, cidr: string, change: { network?: object } = {}): Record<string, unknown> {
  return { ...template, ...change, name, network: { ...template.network, cidr, ...change.network } };
}

const ONE = environment('one', '10.100.0.0/16');
const TWO = environment('two', '10.101.0.0/16');
const BAD_WEB = { web: { ...template.web, platform: 'php-9' } };
const BAD_NETWORK = { network: { nat: 'singel' } };
const BAD_FIREWALL = { firewall: { ...template.firewall, rules: [] } };

interface Answer {
  readonly found?: object;
  readonly notes: string[];
  readonly thrown?: string;
}

function look(inputs: readonly unknown[], wanted: string, parts: readonly Part[]): Answer {
  const notes: string[] = [];
  try {
    return { found: lookUp(inputs, wanted, parts, (line) => notes.push(line)), notes };
  } catch (error) {
    if (!(error instanceof EnvironmentMistakes)) throw error;
    return { notes, thrown: error.message };
  }
}

test('where there is no mistake there is no note', () => {
  expect(look([ONE, TWO], 'two', ['firewall'])).toMatchObject({ found: { name: 'two', firewall: {} }, notes: [] });
});

test.each<[string, Record<string, unknown>[], readonly Part[], string]>([
  [
    'another part',
    [{ ...ONE, ...BAD_WEB }, TWO],
    ['firewall'],
    'note: 1 mistake elsewhere (one.web): npm run synth shows them',
  ],
  [
    'another environment',
    [ONE, { ...TWO, ...BAD_FIREWALL }],
    ['firewall'],
    'note: 1 mistake elsewhere (two.firewall): npm run synth shows them',
  ],
  [
    'both, and more',
    [
      { ...environment('one', '10.100.0.0/16', BAD_NETWORK), ...BAD_WEB, colour: 1 },
      { ...TWO, ...BAD_WEB, ...BAD_FIREWALL },
    ],
    ['firewall'],
    'note: 5 mistakes elsewhere (one.network, one.web, one.colour and 2 more places): npm run synth shows them',
  ],
  [
    'something that is no environment',
    [ONE, TWO, undefined as never],
    ['network'],
    'note: 1 mistake elsewhere (environments[2]): npm run synth shows them',
  ],
])('a mistake in %s is noted in one line, and stops nothing', (_, inputs, parts, note) => {
  const { found, notes } = look(inputs, 'one', parts);
  expect(found).toMatchObject({ name: 'one' });
  expect(notes).toEqual([note]);
});

test('the mistakes of what is looked at are shown, and only these', () => {
  const { thrown, notes } = look(
    [
      { ...ONE, ...BAD_WEB, ...BAD_FIREWALL },
      { ...TWO, ...BAD_FIREWALL },
    ],
    'one',
    ['firewall'],
  );
  expect(thrown?.split('\n').map((line) => line.replace(/(rules): .*/, '$1'))).toEqual([
    'number 1 of the list in lib/environments/index.ts, firewall: 1 mistake',
    'one.firewall.rules',
    '',
    'note: 2 mistakes elsewhere (one.web, two.firewall): npm run synth shows them',
  ]);
  expect(notes).toEqual([]);
});

test('a part that another environment is in the way of is a mistake of the one that has to move', () => {
  const inputs = [ONE, environment('two', '10.100.0.0/16')];
  expect(look(inputs, 'two', ['network']).thrown).toContain(
    'two.network.cidr: "10.100.0.0/16" overlaps one.network.cidr',
  );
  expect(look(inputs, 'one', ['network']).found).toBeDefined();
});

test('a name that is there twice is a mistake of both', () => {
  expect(look([ONE, environment('one', '10.101.0.0/16')], 'one', ['firewall']).thrown).toContain(
    'environments[1].name: "one" is already',
  );
});

test('all parts: whatever is wrong with the environment', () => {
  expect(look([{ ...ONE, ...BAD_WEB, ...BAD_FIREWALL }, TWO], 'one', PARTS).thrown).toContain(
    '2 mistakes in 1 environment',
  );
});

test('one environment that there is', () => {
  expect(() => look([ONE, TWO], 'three', ['network'])).toThrow(
    'environment: "three" is not an environment; use one of: one, two',
  );
  expect(() => look([ONE, TWO], 'one,two', ['network'])).toThrow(UsageError);
});
