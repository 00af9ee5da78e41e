import { dev } from '../../lib/environments/dev';
import { prod } from '../../lib/environments/prod';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { INTERFACE_ENDPOINT_NAMES } from '../../lib/network/interface-endpoints';
import { PLATFORM_NAMES } from '../../lib/web/platforms';
import { BEHIND_A_PROXY, MANAGED_GROUPS, OVERRIDES, rulesThat } from './variant-rules';

/** A stack by its name without the environment's: `Web` of `dev-Web`. */
export type StackName =
  | 'Network'
  | 'Notices'
  | 'Access'
  | 'Stream'
  | 'Firewall'
  | 'Web'
  | 'Delivery'
  | 'DeliveryTarget'
  | 'Connect'
  | 'Ports'
  | 'Review';

/**
 * An environment that somebody could write, and that neither dev nor prod is. Together they have every choice that the
 * settings offer, so whatever looks at templates can look at all kinds of them.
 */
export interface Variant {
  /** Words joined by hyphens: it becomes the name of a folder. */
  readonly name: string;
  /** The environment that it was made of. */
  readonly base: 'dev' | 'prod';
  /** The stacks that it has and its base has not, or the other way round, or whose templates are not alike. */
  readonly changes: readonly StackName[] | 'all';
  readonly environment: EnvironmentInput;
}

type Access = NonNullable<EnvironmentInput['access']>;
type Stream = NonNullable<EnvironmentInput['stream']>;
type Firewall = NonNullable<EnvironmentInput['firewall']>;
type Web = NonNullable<EnvironmentInput['web']>;
type Delivery = NonNullable<EnvironmentInput['delivery']>;
type Connect = NonNullable<EnvironmentInput['connect']>;
type Review = NonNullable<EnvironmentInput['review']>;

interface Parts {
  readonly access: Access;
  readonly stream: Stream;
  readonly firewall: Firewall;
  readonly web: Web;
  readonly delivery: Delivery;
  readonly connect: Connect;
  readonly review: Review;
}

/** A part that the base must have for a variant to change it. */
function part<Name extends keyof Parts>(environment: EnvironmentInput, name: Name): Parts[Name] {
  const found = environment[name];
  if (found === undefined) throw new Error(`${environment.name} has no ${name} that a variant could be made of`);
  return found as Parts[Name];
}

const ofDev = (name: string, changes: Variant['changes'], difference: Partial<EnvironmentInput>): Variant => ({
  name,
  base: 'dev',
  changes,
  environment: { ...dev, ...difference },
});

const ofProd = (name: string, changes: Variant['changes'], difference: Partial<EnvironmentInput>): Variant => ({
  name,
  base: 'prod',
  changes,
  environment: { ...prod, ...difference },
});

const network = (difference: Partial<EnvironmentInput['network']>): Partial<EnvironmentInput> => ({
  network: { ...dev.network, ...difference },
});
const access = (difference: Partial<Access>): Partial<EnvironmentInput> => ({
  access: { ...part(dev, 'access'), ...difference },
});
const stream = (difference: Partial<Stream>): Partial<EnvironmentInput> => ({
  stream: { ...part(dev, 'stream'), ...difference },
});
const rules = (list: Firewall['rules']): Partial<EnvironmentInput> => ({
  firewall: { ...part(dev, 'firewall'), rules: list },
});
const web = (difference: Partial<Web>): Partial<EnvironmentInput> => ({ web: { ...part(dev, 'web'), ...difference } });
const delivery = (difference: Partial<Delivery>): Partial<EnvironmentInput> => ({
  delivery: { ...part(dev, 'delivery'), ...difference },
});
const connect = (difference: Partial<Connect>): Partial<EnvironmentInput> => ({
  connect: { ...part(prod, 'connect'), ...difference },
});
const review = (difference: Partial<Review>): Partial<EnvironmentInput> => ({
  review: { ...part(prod, 'review'), ...difference },
});

/** Without what needs a way to the internet, or two zones. What others read of it, they then do not export. */
const NO_SITE = { web: undefined, delivery: undefined } as const;
/** The network and nothing on it. */
const ALONE = { access: undefined, stream: undefined, firewall: undefined, ...NO_SITE } as const;

const CERTIFICATE = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000';
const KEY = 'arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-0000-0000-000000000000';
const SECRET = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:web-AbCdEf';

export const VARIANTS: readonly Variant[] = [
  ofDev('dev', [], {}),
  ofProd('prod', [], {}),

  ofDev('account', 'all', { account: '123456789012' }),
  ofDev('other-region', 'all', { region: 'eu-west-1', availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] }),
  ofDev('other-partition', ['Network', 'Notices', 'Access', 'Stream', 'Firewall', 'Web', 'Delivery'], {
    region: 'us-gov-west-1',
    availabilityZones: ['us-gov-west-1a', 'us-gov-west-1b'],
    // Its notification rule is of a service that is not there.
    delivery: undefined,
    // Nor are budgets.
    notices: { emails: [] },
  }),
  ofProd('data-not-protected', 'all', { protectData: false }),
  ofDev('repository', 'all', { repository: 'https://git.example.com/platform/ishizue' }),

  ofDev('network-alone', ['Network', 'Notices', 'Access', 'Stream', 'Firewall', 'Web', 'Delivery'], ALONE),
  ofDev('nat-none', ['Network', 'Notices', 'Access', 'Stream', 'Firewall', 'Web', 'Delivery'], {
    ...NO_SITE,
    ...network({ nat: 'none', interfaceEndpoints: ['ssm', 'ssmmessages', 'logs', 'kms'] }),
  }),
  ofDev('nat-per-zone', ['Network'], network({ nat: 'perZone' })),
  ofDev('nat-regional', ['Network'], network({ nat: 'regional' })),
  ofDev('nat-regional-without-public-tier', ['Network', 'Notices', 'Access', 'Stream', 'Firewall', 'Web', 'Delivery'], {
    ...NO_SITE,
    ...network({ nat: 'regional', tiers: [{ name: 'app', hostsPerZone: 4000 }] }),
  }),
  ofDev('every-endpoint', ['Network'], network({ interfaceEndpoints: [...INTERFACE_ENDPOINT_NAMES] })),
  ofDev('one-zone-data-only', ['Network', 'Notices', 'Access', 'Stream', 'Firewall', 'Web', 'Delivery'], {
    ...ALONE,
    availabilityZones: ['ap-northeast-1a'],
    ...network({ nat: 'none', tiers: [{ name: 'data', prefixLength: 24 }], onPremises: [] }),
  }),
  ofDev('tiers', ['Network', 'Web'], {
    ...network({
      maxZones: 3,
      tiers: [
        { name: 'public', hostsPerZone: 250, retired: false },
        { name: 'old', kind: 'app', hostsPerZone: 1000, retired: true },
        { name: 'edge', kind: 'public', prefixLength: 24 },
        { name: 'workers', kind: 'app', prefixLength: 22 },
        { name: 'cache', kind: 'data', prefixLength: 26 },
        { name: 'data', hostsPerZone: 1000 },
      ],
    }),
  }),
  ofDev('public-addresses', ['Network'], network({ cidr: '11.0.0.0/16', allowPublic: true })),

  ofDev('account-preferences', ['Access'], access({ accountPreferences: true })),
  ofDev('operators', ['Access'], access({ operators: { groups: ['operators', 'on-call'], roles: ['Operator'] } })),
  ofDev('managed-instance', ['Network', 'Access'], access({ managedInstance: true })),

  ofDev('without-stream', ['Stream', 'Web'], { stream: undefined }),
  ofDev('objects-stay', ['Stream'], stream({ expirationDays: undefined })),
  ofDev('partition-key', ['Stream', 'Web'], stream({ partitionKey: 'tenant', buffer: { seconds: 60, mebibytes: 64 } })),
  ofDev('no-buffer', ['Stream'], stream({ buffer: { seconds: 0, mebibytes: 1 } })),
  ofDev('producers', ['Stream'], stream({ producers: { users: ['app'], groups: ['producers'], roles: ['App'] } })),

  ...(['block', 'allow', 'count', 'challenge', 'captcha'] as const).map((action) =>
    ofDev(`rules-${action}`, ['Firewall'], rules(rulesThat(action))),
  ),
  ofDev('managed-groups', ['Firewall'], rules(MANAGED_GROUPS)),
  ofDev('overrides', ['Firewall'], rules(OVERRIDES)),
  ...BEHIND_A_PROXY.map((list, index) => ofDev(`behind-a-proxy-${index + 1}`, ['Firewall'], rules(list))),

  // dev and prod have the first.
  ...PLATFORM_NAMES.slice(1).map((platform) => ofDev(platform, ['Web', 'Delivery'], web({ platform }))),
  ofDev('graviton', ['Web'], web({ instanceType: 't4g.small' })),
  ofDev('batch', ['Web'], web({ batchPercent: 50 })),
  ofDev('updates', ['Web'], web({ updates: { window: 'Sun:00:00', level: 'patch', replaceWeekly: true } })),
  ofDev('immutable', ['Web'], web({ deployment: 'immutable' })),
  ofDev(
    'certificate-arn',
    ['Web', 'Delivery'],
    web({ certificateArn: CERTIFICATE, hostNames: ['www.example.com', '*.example.org'] }),
  ),
  ofDev(
    'certificate-parameter',
    ['Web', 'Delivery'],
    web({ certificateArn: 'ssm:/dev/web/certificate-arn', hostNames: ['www.example.com'] }),
  ),
  ofDev(
    'variables-and-secrets',
    ['Web', 'Delivery'],
    web({
      platform: 'php-8.5',
      variables: { SITE_NAME: 'Example' },
      secrets: { DB_PASSWORD: 'ssm:/dev/web/db-password', API_KEY: `${SECRET}:key`, OTHER: SECRET },
      secretKeys: [KEY],
    }),
  ),

  ofDev('without-delivery', ['Notices', 'Web', 'Delivery'], { delivery: undefined }),
  ofDev('target-account', 'all', { account: '123456789012', ...delivery({ targetAccount: '210987654321' }) }),
  ofProd('target-account-protected', 'all', {
    account: '123456789012',
    delivery: { ...part(prod, 'delivery'), targetAccount: '210987654321' },
  }),
  ofDev('shortest-pipeline', ['Delivery'], {
    ...delivery({
      repository: { name: 'site', seed: false, protectMain: true },
      stages: [
        { kind: 'source', name: 'Source' },
        { kind: 'build', name: 'Build' },
        { kind: 'deploy', name: 'Deploy' },
      ],
    }),
  }),
  ofDev('long-pipeline', ['Notices', 'Delivery'], {
    ...delivery({
      repository: { seed: true, protectMain: true, contributors: { groups: ['developers', 'partners'] } },
      stages: [
        { kind: 'source', name: 'Source' },
        { kind: 'build', name: 'Build' },
        {
          kind: 'test',
          name: 'Lint',
          buildspec: 'ci/lint.yaml',
          timeoutMinutes: 5,
          queueMinutes: 480,
          concurrentBuilds: 60,
        },
        { kind: 'test', name: 'Test' },
        { kind: 'approval', name: 'Look', link: 'https://staging.example.com', timeoutMinutes: 86_400 },
        { kind: 'deploy', name: 'Deploy' },
        { kind: 'build', name: 'Again', buildspec: 'buildspec.again.yml' },
        { kind: 'approval', name: 'Approve' },
        { kind: 'deploy', name: 'DeployAgain' },
      ],
    }),
  }),

  ...(['data-loss', 'broadening', 'any'] as const).map((failOn) =>
    ofProd(`review-${failOn}`, ['Review'], review({ failOn })),
  ),
  ofProd('review-branches', ['Review'], review({ branches: ['main', 'release/1.x'], timeoutMinutes: 120 })),

  ofDev('told', ['Notices'], {
    notices: {
      emails: ['oncall@example.com', 'web@example.com'],
      slack: { workspaceId: 'T0123456789', channelId: 'C0123456789' },
      monthlyBudget: 1,
    },
  }),
  ofDev('told-nothing', ['Notices'], { notices: undefined }),

  ofProd('transit-gateway', ['Network', 'Connect'], {
    ...connect({
      gateway: 'transit',
      amazonAsn: 4_200_000_000,
      customerAsn: 4_199_999_999,
      allowedPrefixes: ['10.0.0.0/8'],
      tiers: ['app'],
      interfaces: [
        {
          name: 'partner',
          connection: 'dxcon-fg5678gh',
          location: 'ATTC1',
          device: 'a',
          hosted: true,
          bandwidth: '500Mbps',
          vlan: 4094,
          mtu: 8500,
          keySecret: 'prod/connect/partner',
          siteLink: true,
          prepend: 3,
          announces: ['192.168.7.0/24'],
        },
      ],
      vpn: { address: '8.8.8.8', announces: ['192.168.0.0/16'] },
    }),
  }),
  ofProd('static-vpn', ['Connect'], connect({ interfaces: [], vpn: { address: '8.8.8.8', routing: 'static' } })),
  ofProd('without-vpn', ['Connect'], connect({ vpn: undefined })),
  ofProd('ports', ['Ports'], {
    ...connect({
      ports: [
        { name: 'tokyo', location: 'EqTY2', bandwidth: '10Gbps', macSec: true },
        { name: 'osaka', location: 'EqOS1', bandwidth: '1Gbps', provider: 'A carrier' },
      ],
    }),
  }),
];
