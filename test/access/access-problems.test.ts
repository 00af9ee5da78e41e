import { accessProblems, type ReachableServices } from '../../lib/access/access-problems';
import { validateEnvironments } from '../../lib/environments/validate';
import { formatProblem } from '../../lib/foundation/problem';

const GOOD = { idleTimeoutMinutes: 20, maxDurationMinutes: 60, logs: { retentionDays: 30 }, managedInstance: true };
const NETWORK: ReachableServices = { nat: 'single', interfaceEndpoints: [], hasAppTier: true };

function messages(change: object, network: Partial<ReachableServices> = {}): string[] {
  return accessProblems({ ...GOOD, ...change }, { ...NETWORK, ...network }, 'dev').map(formatProblem);
}

test.each<[string, object, Partial<ReachableServices>]>([
  ['NAT', {}, {}],
  [
    'the endpoints that Session Manager needs',
    {},
    { nat: 'none', interfaceEndpoints: ['kms', 'logs', 'ssm', 'ssmmessages'] },
  ],
  [
    'a network that is malformed, and says so itself',
    {},
    { nat: undefined, interfaceEndpoints: undefined, hasAppTier: undefined },
  ],
])('accepts %s', (_, change, network) => {
  expect(messages(change, network)).toEqual([]);
});

test.each<[string, object, Partial<ReachableServices>, string]>([
  [
    'neither NAT nor endpoints',
    {},
    { nat: 'none', interfaceEndpoints: ['ssm', 'logs'] },
    'dev.network.interfaceEndpoints: lack ssmmessages, kms: without NAT, instances reach Session Manager through endpoints only; add ssmmessages, kms, choose another network.nat, or remove access',
  ],
  [
    'an idle timeout that never comes',
    { idleTimeoutMinutes: 60, maxDurationMinutes: 30 },
    {},
    'dev.access.idleTimeoutMinutes: 60 is longer than maxDurationMinutes (30), so no session would ever reach it; lower it, or raise maxDurationMinutes',
  ],
  [
    'an instance with nowhere to stand',
    {},
    { hasAppTier: false },
    'dev.access.managedInstance: true needs a tier of kind app to stand in, and there is none; add such a tier, or set it to false',
  ],
])('refuses %s', (_, change, network, message) => {
  expect(messages(change, network)).toEqual([message]);
});

describe('preferences of an account', () => {
  const environment = (name: string, cidr: string, account?: string): object => ({
    name,
    account,
    region: 'ap-northeast-1',
    availabilityZones: ['ap-northeast-1a'],
    network: {
      cidr,
      tiers: [
        { name: 'public', prefixLength: 24 },
        { name: 'app', prefixLength: 24 },
      ],
      nat: 'single',
      flowLogs: { retentionDays: 30 },
    },
    access: { ...GOOD, managedInstance: false, accountPreferences: true },
  });

  test('can be had by one environment of an account and region', () => {
    expect(() => validateEnvironments([environment('one', '10.1.0.0/16'), environment('two', '10.2.0.0/16')])).toThrow(
      'two.access.accountPreferences: true is claimed by one, too, and an account has one such document in a region; set it to false in one of them, or give them accounts of their own',
    );
  });

  test('cannot be had by an environment that may be deployed to the same account', () => {
    const both = [environment('one', '10.1.0.0/16', '111111111111'), environment('two', '10.2.0.0/16')];
    expect(() => validateEnvironments(both)).toThrow('two.access.accountPreferences: true is claimed by one, too');
  });

  test('operators are named once', () => {
    const twice = {
      ...environment('one', '10.1.0.0/16'),
      access: { ...GOOD, operators: { groups: ['a', 'a'], roles: [] } },
    };
    expect(() => validateEnvironments([twice])).toThrow(
      'one.access.operators.groups: ["a","a"] is not a list of names of IAM identities, each once; for example ["operators"]',
    );
  });

  test('can be had by environments in accounts of their own', () => {
    const both = [environment('one', '10.1.0.0/16', '111111111111'), environment('two', '10.2.0.0/16', '222222222222')];
    expect(validateEnvironments(both)).toHaveLength(2);
  });
});
