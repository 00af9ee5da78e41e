import { formatProblem } from '../../lib/foundation/problem';
import { addressPlanProblems, type AddressPlanParts } from '../../lib/network/address-plan-problems';

const GOOD: AddressPlanParts = {
  cidr: '10.0.0.0/16',
  zones: ['a', 'c'],
  maxZones: 4,
  tiers: [{ name: 'app', hostsPerZone: 250 }],
};

function messages(parts: AddressPlanParts): string[] {
  return addressPlanProblems({ ...GOOD, ...parts }).map(formatProblem);
}

test('accepts a good plan', () => {
  expect(messages({})).toEqual([]);
});

test.each(['10.0.0.0/16', '172.16.0.0/16', '172.18.0.0/16', '192.168.0.0/28', '100.64.0.0/16'])(
  'accepts %s',
  (cidr) => {
    expect(messages({ cidr, tiers: [] })).toEqual([]);
  },
);

test.each<[string, AddressPlanParts]>([
  ['the smallest subnet', { tiers: [{ name: 'x', prefixLength: 28 }] }],
  ['as many hosts as a subnet holds', { maxZones: 1, zones: ['a'], tiers: [{ name: 'x', hostsPerZone: 65_531 }] }],
  ['the largest subnet', { maxZones: 1, zones: ['a'], tiers: [{ name: 'x', prefixLength: 16 }] }],
  ['as many zones as there is room for', { maxZones: 2 }],
])('accepts %s', (_, parts) => {
  expect(messages(parts)).toEqual([]);
});

test.each<[string, AddressPlanParts, string]>([
  [
    'malformed',
    { cidr: '10.0.0.0' },
    'cidr: "10.0.0.0" is not an IPv4 CIDR block; write four octets and a prefix length, for example 10.0.0.0/16',
  ],
  [
    'host bits',
    { cidr: '10.0.1.0/16' },
    'cidr: "10.0.1.0/16" has host bits set: 10.0.1.0 is inside a /16, not its start; write 10.0.0.0/16',
  ],
  ['octet', { cidr: '10.256.0.0/16' }, 'cidr: "10.256.0.0/16" has the octet 256, over 255; each octet is 0 to 255'],
  [
    'VPC too large',
    { cidr: '10.0.0.0/15' },
    'cidr: "10.0.0.0/15" is a /15: AWS takes VPCs of /16 to /28; choose a prefix length of 16 to 28',
  ],
  [
    'VPC too small',
    { cidr: '10.0.0.0/29' },
    'cidr: "10.0.0.0/29" is a /29: AWS takes VPCs of /16 to /28; choose a prefix length of 16 to 28',
  ],
  [
    'this network',
    { cidr: '0.0.0.0/16' },
    'cidr: "0.0.0.0/16" is in RFC 1122 0.0.0.0/8, which AWS refuses; choose a block of RFC 1918, for example 10.0.0.0/16',
  ],
  [
    'loopback',
    { cidr: '127.0.0.0/16' },
    'cidr: "127.0.0.0/16" is in RFC 1122 127.0.0.0/8, which AWS refuses; choose a block of RFC 1918, for example 10.0.0.0/16',
  ],
  [
    'link-local',
    { cidr: '169.254.0.0/16', allowPublic: true },
    'cidr: "169.254.0.0/16" is in RFC 3927 169.254.0.0/16, which AWS refuses; choose a block of RFC 1918, for example 10.0.0.0/16',
  ],
  [
    'multicast',
    { cidr: '224.1.0.0/16' },
    'cidr: "224.1.0.0/16" is in RFC 5771 224.0.0.0/4, which AWS refuses; choose a block of RFC 1918, for example 10.0.0.0/16',
  ],
  [
    'public',
    { cidr: '8.8.0.0/16' },
    'cidr: "8.8.0.0/16" is not a private range (public): whoever uses it could not be reached; choose a block of RFC 1918, or set allowPublic: true if it is yours',
  ],
  [
    'Docker',
    { cidr: '172.17.4.0/24', tiers: [] },
    'cidr: "172.17.4.0/24" is in 172.17.0.0/16, the default network of Docker, whose hosts would not reach it; choose another block, for example 172.20.0.0/16',
  ],
  ['duplicate zone', { zones: ['a', 'c', 'a'] }, 'zones[2]: "a" is already zones[0]; list each zone once'],
  [
    'too many zones',
    { zones: ['a', 'b', 'c'], maxZones: 2 },
    'zones: lists 3 zones, more than the 2 that maxZones keeps room for; list fewer, or raise maxZones (4 unless set; before the first deployment: it moves subnets)',
  ],
  [
    'both sizes',
    { tiers: [{ name: 'x', hostsPerZone: 1, prefixLength: 28 }] },
    'tiers[0]: "x" has both hostsPerZone and prefixLength; keep one of them',
  ],
  [
    'no size',
    { tiers: [{ name: 'x' }] },
    'tiers[0]: "x" has neither hostsPerZone nor prefixLength; give one of them, for example hostsPerZone: 250',
  ],
  [
    'subnet too large',
    { tiers: [{ name: 'x', prefixLength: 15 }] },
    'tiers[0].prefixLength: 15 is outside /16 to /28, the subnets that AWS takes; choose 16 (largest) to 28 (smallest)',
  ],
  [
    'subnet too small',
    { tiers: [{ name: 'x', prefixLength: 29 }] },
    'tiers[0].prefixLength: 29 is outside /16 to /28, the subnets that AWS takes; choose 16 (largest) to 28 (smallest)',
  ],
  [
    'one host too many',
    { tiers: [{ name: 'x', hostsPerZone: 65_532 }] },
    'tiers[0].hostsPerZone: 65532 does not fit a /16, the largest subnet (65,531 usable addresses); lower it, or split the tier in two',
  ],
  [
    'too many hosts',
    { tiers: [{ name: 'x', hostsPerZone: 70_000 }] },
    'tiers[0].hostsPerZone: 70000 does not fit a /16, the largest subnet (65,531 usable addresses); lower it, or split the tier in two',
  ],
  [
    'duplicate tier',
    {
      tiers: [
        { name: 'x', prefixLength: 28 },
        { name: 'x', prefixLength: 28 },
      ],
    },
    'tiers[1].name: "x" is already the name of tiers[0]; give each tier a name of its own',
  ],
])('refuses: %s', (_, parts, message) => {
  expect(messages(parts)).toEqual([message]);
});

test('a public block is accepted on request', () => {
  expect(messages({ cidr: '8.8.0.0/16', allowPublic: true })).toEqual([]);
});

describe('no room', () => {
  test('says which tier did not fit, and how many addresses are missing', () => {
    expect(messages({ cidr: '10.0.0.0/24', maxZones: 4, tiers: [{ name: 'app', prefixLength: 25 }] })).toEqual([
      'tiers[0]: "app" does not fit: it needs 4 blocks of /25 (512 addresses, one block for each of maxZones), ' +
        '2 are left in 10.0.0.0/24: 256 addresses are missing; ' +
        'raise prefixLength or lower maxZones, or take a larger VPC block (up to /16)',
    ]);
  });

  test('names every tier that does not fit: together they miss what the plan misses', () => {
    const tiers = [
      { name: 'first', prefixLength: 17 },
      { name: 'second', hostsPerZone: 4000 },
      { name: 'third', hostsPerZone: 11 },
    ];
    const found = messages({ tiers });
    expect(found).toHaveLength(3);
    expect(found.map((message) => /([\d,]+) addresses are missing/.exec(message)?.[1])).toEqual([
      '65,536',
      '16,384',
      '64',
    ]);
  });

  test('a /16 cannot grow', () => {
    expect(messages({ tiers: [{ name: 'app', prefixLength: 16 }] })[0]).not.toContain('larger VPC');
  });

  test('a huge maxZones costs nothing to refuse', () => {
    expect(messages({ maxZones: 1e9 })).toEqual([expect.stringContaining('addresses are missing')]);
  });
});

test('what is malformed (null) is passed over, and the rest is checked', () => {
  const found = addressPlanProblems({
    cidr: null,
    zones: [undefined, 'a', 'a', 'b', 'c'],
    maxZones: null,
    tiers: [{ name: 'x', hostsPerZone: null }, { name: null, prefixLength: 8 }, { name: 'x' }],
  });
  expect(found.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'zones[2] is already zones[1]',
    'tiers[1].prefixLength is outside /16 to /28, the subnets that AWS takes',
    'tiers[2] has neither hostsPerZone nor prefixLength',
    'tiers[2].name is already the name of tiers[0]',
  ]);
});

test('paths say where the parts were written', () => {
  const found = addressPlanProblems(
    { ...GOOD, cidr: '10.0.0.1/16', zones: ['a', 'a'] },
    { prefix: 'dev.network.', zones: 'dev.availabilityZones' },
  );
  expect(found.map(({ path }) => path)).toEqual(['dev.network.cidr', 'dev.availabilityZones[1]']);
});

test('lists as many tiers as the largest VPC holds of the smallest subnets, and not one more', () => {
  const tiers = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `t${index}`, prefixLength: 28 }));
  expect(messages({ maxZones: 1, zones: ['a'], tiers: tiers(4_096) })).toEqual([]);
  expect(messages({ maxZones: 1, zones: ['a'], tiers: tiers(4_097) })).toEqual([
    'tiers: lists 4,097 tiers, more than the 4,096 smallest subnets that the largest VPC holds; list fewer',
  ]);
});
