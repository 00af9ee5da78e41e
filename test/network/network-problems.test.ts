import { formatProblem } from '../../lib/foundation/problem';
import { networkProblems, reachableServices } from '../../lib/network/network-problems';

const TIERS = [
  { name: 'public', prefixLength: 24 },
  { name: 'app', prefixLength: 24 },
];
const GOOD = { cidr: '10.0.0.0/16', tiers: TIERS, nat: 'single', flowLogs: { retentionDays: 30 } };

function messages(change: object): string[] {
  return networkProblems({ ...GOOD, ...change }, ['ap-northeast-1a'], 'dev').map(formatProblem);
}

test('accepts good settings, and every NAT strategy', () => {
  for (const nat of ['none', 'single', 'perZone', 'regional']) expect(messages({ nat })).toEqual([]);
});

test.each<[string, object, string[]]>([
  [
    'a tier whose kind nobody can tell',
    { tiers: [...TIERS, { name: 'batch', prefixLength: 24 }] },
    ['dev.network.tiers[2].kind: is missing, and the name "batch" does not say it; set kind to public, app or data'],
  ],
  [
    'gateways without a public tier to stand in',
    { tiers: TIERS.slice(1) },
    [
      'dev.network.nat: "single" puts gateways into a public tier, and there is none; add a tier of kind public, or choose regional or none',
    ],
  ],
  [
    'gateways that nobody uses',
    { nat: 'regional', tiers: TIERS.slice(0, 1) },
    [
      'dev.network.nat: "regional" pays for gateways that no tier of kind app uses; choose none, or add a tier of kind app',
    ],
  ],
  [
    'gateways for a retired tier',
    { tiers: TIERS.map((tier) => ({ ...tier, retired: tier.name === 'app' })) },
    [
      'dev.network.nat: "single" pays for gateways that no tier of kind app uses; choose none, or add a tier of kind app',
    ],
  ],
  [
    'an endpoint twice',
    { interfaceEndpoints: ['ssm', 'logs', 'ssm'] },
    ['dev.network.interfaceEndpoints[2]: "ssm" is already dev.network.interfaceEndpoints[0]; list each endpoint once'],
  ],
  [
    'endpoints with no tier to stand in',
    { nat: 'none', tiers: TIERS.slice(0, 1), interfaceEndpoints: ['ssm'] },
    [
      'dev.network.interfaceEndpoints: need a tier of kind app or data to stand in, and there is none; add such a tier, or list no endpoints',
    ],
  ],
  [
    'an on-premises range that is none',
    { onPremises: ['192.168.0.0/16', '192.168.1.1/24'] },
    [
      'dev.network.onPremises[1]: "192.168.1.1/24" has host bits set: 192.168.1.1 is inside a /24, not its start; write 192.168.1.0/24',
    ],
  ],
  [
    'on-premises ranges that a VPC of IPv4 cannot overlap, or that are in others',
    { onPremises: ['fd00::/8', '192.168.0.0/16', '192.168.7.0/24'] },
    [
      'dev.network.onPremises[0]: "fd00::/8" is IPv6, and this list is of IPv4; write IPv4 addresses and CIDR blocks',
      'dev.network.onPremises[2]: "192.168.7.0/24" is already in onPremises[1], 192.168.0.0/16; list only one of them',
    ],
  ],
])('refuses %s', (_, change, expected) => {
  expect(messages(change)).toEqual(expected);
});

test('a regional gateway needs no public tier to stand in', () => {
  expect(messages({ nat: 'regional', tiers: TIERS.slice(1) })).toEqual([]);
});

test('a hundred subnets fit a stack, and not one more; retired tiers have none', () => {
  const data = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ name: `d${index}`, kind: 'data', prefixLength: 28 }));
  const of = (tiers: object[]): string[] =>
    networkProblems({ ...GOOD, nat: 'none', tiers }, ['ap-northeast-1a', 'ap-northeast-1c'], 'dev').map(formatProblem);
  expect(of(data(50))).toEqual([]);
  expect(of(data(51))).toEqual([
    'dev.network.tiers: make 102 subnets, and a CloudFormation stack has room for 100; make fewer and larger tiers, or a second environment',
  ]);
  expect(of([...data(50), { name: 'old', kind: 'data', prefixLength: 28, retired: true }])).toEqual([]);
  expect(of(data(1).map((tier) => ({ ...tier, retired: true })))).toEqual([
    'dev.network.tiers: are all retired: the VPC would have no subnet; add a tier that is not',
  ]);
  // None at all is malformed, which is said elsewhere.
  expect(of([])).toEqual([]);
});

describe('what others can count on', () => {
  const known = (tiers: unknown): unknown => {
    const { hasPublicTier, hasAppTier } = reachableServices({ ...GOOD, tiers });
    return [hasPublicTier, hasAppTier];
  };

  test.each<[string, unknown, unknown]>([
    ['both kinds', TIERS, [true, true]],
    ['only one', TIERS.slice(1), [false, true]],
    ['one that is retired', TIERS.map((tier) => ({ ...tier, retired: tier.name === 'app' })), [true, false]],
    ['one that is malformed, beside another', [TIERS[1], 'nonsense'], [undefined, true]],
    ['a malformed list', 'nonsense', [undefined, undefined]],
  ])('%s', (_, tiers, expected) => {
    expect(known(tiers)).toEqual(expected);
  });

  test('strategy and endpoints as they are written, if they are well-formed', () => {
    expect(reachableServices({ ...GOOD, interfaceEndpoints: ['ssm'] })).toMatchObject({
      nat: 'single',
      interfaceEndpoints: ['ssm'],
    });
    expect(reachableServices({ ...GOOD, nat: 'twice', interfaceEndpoints: 'ssm' })).toMatchObject({
      nat: undefined,
      interfaceEndpoints: undefined,
    });
  });
});

test('a malformed tier could be of any kind, so nothing is said of the kinds that are missing', () => {
  expect(messages({ tiers: [{ name: 'app', prefixLength: 24 }, 'nonsense'] })).toEqual([]);
});
