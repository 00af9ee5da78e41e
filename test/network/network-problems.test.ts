import { formatProblem } from '../../lib/foundation/problem';
import { networkProblems } from '../../lib/network/network-problems';

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
])('refuses %s', (_, change, expected) => {
  expect(messages(change)).toEqual(expected);
});

test('a malformed tier could be of any kind, so nothing is said of the kinds that are missing', () => {
  expect(messages({ tiers: [{ name: 'app', prefixLength: 24 }, 'nonsense'] })).toEqual([]);
});
