import { environments } from '../../lib/environments';
import { validateEnvironments } from '../../lib/environments/validate';
import { BASE_PRICE_WCU, capacityOf } from '../../lib/firewall/capacity';
import { firewallWarnings } from '../../lib/firewall/firewall-warnings';
import { firewallSchema } from '../../lib/firewall/firewall-settings';
import { MANAGED_RULE_GROUPS, type ManagedRuleGroupName } from '../../lib/firewall/managed-rule-groups';
import { inOrder } from '../../lib/firewall/rule-order';
import { statementOf } from '../../lib/firewall/rule-statement';
import { ONE_OF_EACH, rule, type RuleInput } from './support';

const WCU: Record<RuleInput['kind'], number> = {
  // Two IP sets.
  allowedAddresses: 2,
  blockedAddresses: 2,
  // 2 + a regular expression (3) of a path with two transformations (20).
  rateLimit: 25,
  countries: 1,
  sizeLimits: 4,
  // A regular expression (3) with two transformations (20), and two IP sets.
  restrictedPaths: 25,
  // Four texts to be equal to, untransformed.
  crossSiteRequests: 8,
  // A text to be equal to, and one transformation.
  revokedTokens: 12,
  managedGroup: 700,
};

test.each(Object.values(ONE_OF_EACH))('$kind', (input) => {
  expect(capacityOf(statementOf(rule(input)))).toBe(WCU[input.kind]);
});

test('the managed groups, as AWS publishes them', () => {
  const wcu = Object.fromEntries(Object.entries(MANAGED_RULE_GROUPS).map(([name, group]) => [name, group.wcu]));
  expect(wcu).toEqual({
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
    AWSManagedRulesWindowsRuleSet: 200,
    AWSManagedRulesPHPRuleSet: 100,
    AWSManagedRulesWordPressRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
  });
});

test('every group that an environment can name has a capacity and the names of its rules', () => {
  for (const { wcu, rules } of Object.values(MANAGED_RULE_GROUPS)) {
    expect(wcu).toBeGreaterThan(0);
    expect(new Set(rules).size).toBe(rules.length);
    expect(rules.length).toBeGreaterThan(0);
  }
});

test('priorities go in tens, and totals run', () => {
  const rules = inOrder([
    rule(ONE_OF_EACH.allowedAddresses),
    rule(ONE_OF_EACH.countries),
    rule(ONE_OF_EACH.managedGroup),
  ]);
  expect(rules.map(({ priority, wcu, runningWcu }) => [priority, wcu, runningWcu])).toEqual([
    [10, 2, 2],
    [20, 1, 3],
    [30, 700, 703],
  ]);
});

test.each(validateEnvironments(environments).flatMap(({ name, firewall }) => (firewall ? [{ name, firewall }] : [])))(
  'the rules of $name stay within the base price',
  ({ name, firewall }) => {
    expect(inOrder(firewall.rules).at(-1)?.runningWcu).toBeLessThanOrEqual(BASE_PRICE_WCU);
    expect(firewallWarnings(firewall, name)).toEqual([]);
  },
);

test('over the base price there is a warning', () => {
  const groups: ManagedRuleGroupName[] = [
    'AWSManagedRulesCommonRuleSet',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesSQLiRuleSet',
    'AWSManagedRulesLinuxRuleSet',
    'AWSManagedRulesUnixRuleSet',
    'AWSManagedRulesPHPRuleSet',
    'AWSManagedRulesAmazonIpReputationList',
  ];
  const settings = (names: ManagedRuleGroupName[]) =>
    firewallSchema.parse({
      rules: names.map((group) => ({
        kind: 'managedGroup',
        name: group,
        action: 'block',
        group,
        ...(group === 'AWSManagedRulesCommonRuleSet' && { overrides: { SizeRestrictions_BODY: 'count' } }),
      })),
      logs: { retentionDays: 30 },
      blockSurge: 1,
    });
  // These six are 1,500 exactly, and reputation more is over it.
  expect(firewallWarnings(settings(groups.slice(0, 6)), 'dev')).toEqual([]);
  expect(firewallWarnings(settings(groups), 'dev')).toMatchObject([
    { path: 'dev.firewall.rules', reason: expect.stringContaining('up to 1,525 capacity units') as unknown },
  ]);
});

describe('uploads', () => {
  type Rules = Parameters<typeof rule>[0][];
  const common = { ...ONE_OF_EACH.managedGroup, overrides: {} };
  const limit = { kind: 'sizeLimits', name: 'Sizes', action: 'block', body: 8192 } as const;
  const warnings = (rules: Rules) =>
    firewallWarnings(firewallSchema.parse({ rules, logs: { retentionDays: 30 }, blockSurge: 1 }), 'dev');

  test.each<[string, Rules]>([
    ['no rule limits bodies', [common]],
    ['a rule limits something else', [{ ...limit, body: undefined, uri: 512 }, common]],
    ['a rule only counts larger ones', [{ ...limit, action: 'count' }, common]],
    ['another rule of the group counts', [{ ...common, overrides: { SizeRestrictions_URIPATH: 'count' } }]],
  ])('are warned of where AWS refuses them, though %s', (_, rules) => {
    expect(warnings(rules)).toEqual([
      {
        path: `dev.firewall.rules[${rules.length - 1}]`,
        value: 'Common',
        reason: 'refuses bodies over 8,192 bytes, such as uploads, and no rule of your own limits bodies',
        remedy:
          "for uploads write overrides: { SizeRestrictions_BODY: 'count' }; for none, limit body in a rule of kind sizeLimits",
      },
    ]);
  });

  test.each<[string, Rules]>([
    ['a rule limits bodies', [limit, common]],
    ['the rule of AWS counts', [ONE_OF_EACH.managedGroup]],
    ['the group counts', [{ ...common, action: 'count' }]],
    ['it is another group', [{ ...common, group: 'AWSManagedRulesSQLiRuleSet' }]],
  ])('are not where %s', (_, rules) => {
    expect(warnings(rules)).toEqual([]);
  });

  test('are not to be had by letting all large bodies pass', () => {
    expect(warnings([{ ...common, overrides: { SizeRestrictions_BODY: 'allow' } }, limit])).toMatchObject([
      { path: 'dev.firewall.rules[0].overrides.SizeRestrictions_BODY', value: 'allow' },
    ]);
  });
});
