import { formatProblem } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';
import { addressPlanInput, networkSchema, tierKind } from '../../lib/network/network-settings';

const GOOD = {
  cidr: '10.0.0.0/16',
  tiers: [{ name: 'app', prefixLength: 24 }],
  nat: 'none',
  flowLogs: { retentionDays: 30 },
};

function messages(change: object): string[] {
  return shapeProblems(networkSchema, { ...GOOD, ...change }, '').map(formatProblem);
}

function named(name: unknown): object {
  return { tiers: [{ name, prefixLength: 24 }] };
}

test('fills in what is left out', () => {
  expect(networkSchema.parse(GOOD)).toEqual({
    ...GOOD,
    maxZones: 4,
    allowPublic: false,
    interfaceEndpoints: [],
    onPremises: [],
  });
});

test.each(['a', 'app', 'app-b', 'a1-b2-c3', 'a'.repeat(32)])('accepts the tier name %s', (name) => {
  expect(messages(named(name))).toEqual([]);
});

test.each(['', 'App', '1app', 'app-1', 'app-', '-app', 'app--b', 'app b', 'app.', 'a'.repeat(33)])(
  'refuses the tier name "%s"',
  (name) => {
    expect(messages(named(name))).toEqual([
      `tiers[0].name: "${name}" is not a name of lower-case words, each starting with a letter, joined by hyphens (32 characters at most); for example "app"`,
    ]);
  },
);

test.each<[string, object, string]>([
  ['no tiers', { tiers: [] }, 'tiers: [] is not a list of tiers; for example [{"name":"app","hostsPerZone":250}]'],
  [
    'tiers that are no list',
    { tiers: 'app' },
    'tiers: "app" is not a list of tiers; for example [{"name":"app","hostsPerZone":250}]',
  ],
  [
    'a strategy that there is not',
    { nat: 'double' },
    'nat: "double" is not one of none, single, perZone, regional; use one of: none, single, perZone, regional',
  ],
  [
    'an endpoint that there is not',
    { interfaceEndpoints: ['kmss'] },
    'interfaceEndpoints[0]: "kmss" is not a known value; did you mean "kms"?',
  ],
  [
    'endpoints that are no list',
    { interfaceEndpoints: 'ssm' },
    'interfaceEndpoints: "ssm" is not a list of endpoint names; for example ["ssm"]',
  ],
  [
    'a network that is no text',
    { onPremises: [7] },
    'onPremises[0]: 7 is not an IPv4 CIDR block; for example "192.168.0.0/16"',
  ],
  [
    'networks that are no list',
    { onPremises: '192.168.0.0/16' },
    'onPremises: "192.168.0.0/16" is not a list of IPv4 CIDR blocks; for example ["192.168.0.0/16"]',
  ],
  [
    'a word that there is not',
    { flowLogs: { retentionDays: 30, days: 1 } },
    'flowLogs.days: is not a setting; remove it; known here: retentionDays',
  ],
])('refuses %s', (_, change, expected) => {
  expect(messages(change)).toEqual([expected]);
});

test('zones are the environment’s, not the network’s', () => {
  expect(messages({ zones: ['a'] })).toEqual([expect.stringMatching(/^zones: is not a setting; /)]);
});

test.each([
  [{ name: 'app' }, 'app'],
  [{ name: 'data' }, 'data'],
  [{ name: 'batch', kind: 'app' }, 'app'],
  [{ name: 'public', kind: 'data' }, 'data'],
  [{ name: 'batch' }, undefined],
] as const)('%j is of kind %s', (tier, kind) => {
  expect(tierKind(tier)).toBe(kind);
});

test('the plan of an environment has its zones, and of a tier all that moves addresses', () => {
  const network = networkSchema.parse({
    ...GOOD,
    maxZones: 2,
    tiers: [
      { name: 'app', prefixLength: 24 },
      { name: 'old', kind: 'data', hostsPerZone: 10, retired: true },
    ],
  });
  expect(addressPlanInput(network, ['a', 'c'])).toEqual({
    cidr: '10.0.0.0/16',
    zones: ['a', 'c'],
    maxZones: 2,
    allowPublic: false,
    tiers: [
      { name: 'app', prefixLength: 24 },
      { name: 'old', hostsPerZone: 10, retired: true },
    ],
  });
});
