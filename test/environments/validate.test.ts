import { RegionInfo } from 'aws-cdk-lib/region-info';
import { environments } from '../../lib/environments';
import { REGIONS } from '../../lib/environments/regions';
import { validateEnvironments } from '../../lib/environments/validate';
import { formatProblem, ProblemsError } from '../../lib/foundation/problem';
import { TEN_MISTAKES } from './ten-mistakes';

function good(change: object = {}, network: object = {}): object {
  return {
    name: 'one',
    region: 'ap-northeast-1',
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
    ...change,
    network: {
      cidr: '10.0.0.0/16',
      tiers: [
        { name: 'public', prefixLength: 24 },
        { name: 'app', prefixLength: 20 },
      ],
      nat: 'single',
      flowLogs: { retentionDays: 30 },
      ...network,
    },
  };
}

function messages(...inputs: unknown[]): string[] {
  try {
    validateEnvironments(inputs);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(formatProblem);
  }
}

test('the environments of this repository are valid', () => {
  expect(validateEnvironments(environments)).toHaveLength(environments.length);
});

test('fills in the defaults, on the side of safety', () => {
  expect(validateEnvironments([good()])).toMatchObject([
    {
      protectData: true,
      repository: 'ishizue',
      network: { maxZones: 4, allowPublic: false, interfaceEndpoints: [], onPremises: [] },
    },
  ]);
});

test.each<[string, object, string]>([
  [
    'a name with capitals',
    good({ name: 'Dev' }),
    'Dev.name: "Dev" is not a name of lower-case letters, digits and single hyphens (20 characters at most); for example "dev"',
  ],
  [
    'a number for an account',
    good({ account: 123456789012 }),
    'one.account: 123456789012 is not an account ID of 12 digits, in quotes; for example "123456789012"',
  ],
  [
    'a region that does not exist',
    good({ region: 'ap-northeast-9', availabilityZones: ['ap-northeast-9a'] }),
    'one.region: "ap-northeast-9" is not a known value; did you mean "ap-northeast-1", "ap-northeast-2" or "ap-northeast-3"?',
  ],
  [
    'a zone of another region',
    good({ availabilityZones: ['us-east-1a'] }),
    'one.availabilityZones[0]: "us-east-1a" is not a zone of ap-northeast-1; name it as the account does, for example ap-northeast-1a',
  ],
  [
    'a zone twice',
    good({ availabilityZones: ['ap-northeast-1a', 'ap-northeast-1a'] }),
    'one.availabilityZones[1]: "ap-northeast-1a" is already one.availabilityZones[0]; list each zone once',
  ],
  [
    'no zones',
    good({ availabilityZones: [] }),
    'one.availabilityZones: [] is not a list of zones; for example ["ap-northeast-1a","ap-northeast-1c"]',
  ],
  [
    'more zones than the plan keeps room for',
    good({}, { maxZones: 1 }),
    'one.availabilityZones: lists 2 zones, more than the 1 that one.network.maxZones keeps room for; list fewer, or raise one.network.maxZones (4 unless set; before the first deployment: it moves subnets)',
  ],
  [
    'a misspelt key',
    good({}, { intefaceEndpoints: [] }),
    'one.network.intefaceEndpoints: is not a setting; did you mean "interfaceEndpoints"?',
  ],
  [
    'an unknown endpoint',
    good({}, { interfaceEndpoints: ['ssn'] }),
    'one.network.interfaceEndpoints[0]: "ssn" is not a known value; did you mean "ssm" or "sns"?',
  ],
  [
    'a retention that CloudWatch does not know',
    good({}, { flowLogs: { retentionDays: 31 } }),
    'one.network.flowLogs.retentionDays: 31 is not a retention that CloudWatch Logs knows',
  ],
  [
    'a tier name that no construct can carry',
    good({}, { nat: 'none', tiers: [{ name: 'App_1', kind: 'app', prefixLength: 24 }] }),
    'one.network.tiers[0].name: "App_1" is not a name of lower-case words, each starting with a letter, joined by hyphens (32 characters at most); for example "app"',
  ],
])('refuses %s', (_, input, message) => {
  expect(messages(input)).toEqual([expect.stringContaining(message)]);
});

test.each([[undefined], [null], [3], ['dev'], [[]]])('%p is no environment', (input) => {
  expect(messages(input).join()).toContain('environments[0]');
});

describe('no mistake hides another', () => {
  const tier = (fields: object): object => good({}, { nat: 'none', tiers: [fields] });
  test.each<[string, object, string[]]>([
    ['name and size', tier({ name: 'App', kind: 'app', prefixLength: 8 }), ['tiers[0].name', 'tiers[0].prefixLength']],
    ['key and size', tier({ name: 'app', hostsPerZone: 70_000, kynd: 1 }), ['tiers[0].kynd', 'tiers[0].hostsPerZone']],
    [
      'kind and sizes',
      tier({ name: 'public', kind: 'web', hostsPerZone: 5, prefixLength: 24 }),
      ['tiers[0].kind', 'tiers[0]'],
    ],
    [
      'size and sizes',
      tier({ name: 'app', hostsPerZone: 250, prefixLength: '24' }),
      ['tiers[0].prefixLength', 'tiers[0]'],
    ],
    ['size and gateways', good({}, { tiers: [{ name: 'app', hostsPerZone: '5' }] }), ['tiers[0].hostsPerZone', 'nat']],
    [
      'on-premises ranges',
      good({}, { onPremises: [1, '10.0.0.0/99', 'x'] }),
      ['onPremises[0]', 'onPremises[1]', 'onPremises[2]'],
    ],
    [
      'endpoints',
      good({}, { interfaceEndpoints: ['ssm', 'ssm', 'sssm'] }),
      ['interfaceEndpoints[2]', 'interfaceEndpoints[1]'],
    ],
  ])('%s', (_, input, paths) => {
    expect(messages(input).map((message) => message.split(': ')[0])).toEqual(
      paths.map((path) => `one.network.${path}`),
    );
  });

  test('host bits hide no overlap', () => {
    const other = good({ name: 'two' }, { cidr: '10.0.0.1/16' });
    expect(messages(good(), other).map((message) => message.split(' ')[2])).toEqual(['has', 'overlaps']);
  });
});

test.each<[string, object, string]>([
  [
    'every tier retired',
    { nat: 'none', tiers: [{ name: 'app', prefixLength: 24, retired: true }] },
    'one.network.tiers: are all retired: the VPC would have no subnet; add a tier that is not',
  ],
  [
    'more subnets than a stack has room for',
    {
      nat: 'none',
      tiers: Array.from({ length: 51 }, (_, i) => ({
        name: `t-${'abcdefghijklmnopqrstuvwxyz'.charAt(i % 26)}${i < 26 ? 'x' : 'y'}`,
        kind: 'data',
        prefixLength: 28,
      })),
    },
    'one.network.tiers: make 102 subnets, and a CloudFormation stack has room for 100; make fewer and larger tiers, or a second environment',
  ],
])('refuses %s', (_, network, message) => {
  expect(messages(good({}, network))).toEqual([message]);
});

test('a name or key cannot break the line of its problem', () => {
  const found = messages(good({ name: 'dev\n\u001b[31m' }, { 'nat\nx': 1 }));
  expect(found).toHaveLength(2);
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  expect(found.join('')).not.toMatch(/[\u0000-\u001f]/);
});

describe('across environments', () => {
  const two = (network: object, change: object = {}): object =>
    good({ name: 'two', ...change }, { cidr: '10.1.0.0/16', ...network });

  test('accepts ranges that keep apart, and one on-premises network known to both', () => {
    const onPremises = ['192.168.0.0/16'];
    expect(messages(good({}, { onPremises }), two({ onPremises }))).toEqual([]);
  });

  test.each<[string, object[], string]>([
    [
      'the same name',
      [good(), two({}, { name: 'one' })],
      'environments[1].name: "one" is already the name of environments[0]; give each environment a name of its own',
    ],
    [
      'the same range',
      [good(), two({ cidr: '10.0.0.0/16' })],
      'two.network.cidr: "10.0.0.0/16" overlaps one.network.cidr (10.0.0.0/16); choose a block that no environment and no on-premises network uses; or change one.network.cidr, if only two.network.cidr is deployed',
    ],
    [
      'one range inside another',
      [good(), two({ cidr: '10.0.128.0/17' })],
      'two.network.cidr: "10.0.128.0/17" overlaps one.network.cidr (10.0.0.0/16); choose a block that no environment and no on-premises network uses; or change one.network.cidr, if only two.network.cidr is deployed',
    ],
    [
      "the other's on-premises network",
      [good({}, { onPremises: ['10.1.128.0/17'] }), two({})],
      'two.network.cidr: "10.1.0.0/16" overlaps one.network.onPremises[0] (10.1.128.0/17); choose a block that no environment and no on-premises network uses',
    ],
    [
      "an on-premises network of one's own, of any size",
      [good({}, { onPremises: ['172.16.0.0/12', '10.0.0.0/8'] })],
      'one.network.cidr: "10.0.0.0/16" overlaps one.network.onPremises[1] (10.0.0.0/8); choose a block that no environment and no on-premises network uses',
    ],
  ])('refuses %s', (_, inputs, message) => {
    expect(messages(...inputs)).toEqual([message]);
  });
});

test('ten mistakes in two environments are reported at once', () => {
  const found = messages(...TEN_MISTAKES);
  expect(found).toMatchInlineSnapshot(`
    [
      "dev.network.nat: "singel" is not one of none, single, perZone, regional; did you mean "single"? Known: none, single, perZone, regional",
      "dev.network.flowLogs.retentionDays: 31 is not a retention that CloudWatch Logs knows (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days); for example 90",
      "dev.network.intefaceEndpoints: is not a setting; did you mean "interfaceEndpoints"?",
      "dev.availabilityZones[1]: "ap-northeast-1a" is already dev.availabilityZones[0]; list each zone once",
      "dev.network.tiers[1].hostsPerZone: 70000 does not fit a /16, the largest subnet (65,531 usable addresses); lower it, or split the tier in two",
      "dev.network.tiers[2]: "data" has both hostsPerZone and prefixLength; keep one of them",
      "dev.network.tiers[3].name: "public" is already the name of dev.network.tiers[0]; give each tier a name of its own",
      "dev.network.tiers[3]: "public" does not fit: it needs 4 blocks of /22 (4,096 addresses, one block for each of dev.network.maxZones), 3 are left in 10.0.0.0/20: 1,024 addresses are missing; lower hostsPerZone or dev.network.maxZones, or take a larger VPC block (up to /16)",
      "prod.availabilityZones[1]: "us-east-1b" is not a zone of ap-northeast-1; name it as the account does, for example ap-northeast-1a",
      "prod.network.cidr: "10.0.8.0/21" overlaps dev.network.cidr (10.0.0.0/20); choose a block that no environment and no on-premises network uses; or change dev.network.cidr, if only prod.network.cidr is deployed",
    ]
  `);
  expect(found).toHaveLength(10);
});

test('the regions are those that the CDK knows', () => {
  const known = RegionInfo.regions.filter(({ partition }) => partition === 'aws' || partition === 'aws-us-gov');
  expect(REGIONS).toEqual(known.map(({ name }) => name).sort());
});
