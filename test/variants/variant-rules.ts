import { ruleSchema, RATE_WINDOWS, type RuleAction } from '../../lib/firewall/firewall-settings';
import { MANAGED_RULE_GROUP_NAMES } from '../../lib/firewall/managed-rule-groups';
import { ONE_OF_EACH, type RuleInput } from '../firewall/support';

/** The narrow before the wide, so that each can be reached. */
const ALL: readonly RuleInput[] = [
  { kind: 'countries', name: 'Here', action: 'count', countries: ['KP'], match: 'listed' },
  { kind: 'restrictedPaths', name: 'Nobody', action: 'block', paths: ['/private'], addresses: [] },
  { kind: 'sizeLimits', name: 'Bodies', action: 'block', body: 8192 },
  { kind: 'sizeLimits', name: 'Queries', action: 'block', query: 2048 },
  {
    kind: 'revokedTokens',
    name: 'Sessions',
    action: 'block',
    header: 'x-session',
    md5: ['f'.repeat(32), 'e'.repeat(32)],
  },
  ...RATE_WINDOWS.map((windowSeconds): RuleInput => ({
    kind: 'rateLimit',
    name: `Rate${windowSeconds}`,
    action: 'block',
    limit: 2000,
    windowSeconds,
  })),
  ...Object.values(ONE_OF_EACH),
];

/** A rule of every kind that can do this, and does. */
export function rulesThat(action: RuleAction): RuleInput[] {
  const changed = ALL.map((rule) => ({ ...rule, action, ...('overrides' in rule && { overrides: {} }) }) as RuleInput);
  return changed.filter((rule) => ruleSchema.safeParse(rule).success);
}

/** Every managed group, blocking and counting in turn. */
export const MANAGED_GROUPS: RuleInput[] = MANAGED_RULE_GROUP_NAMES.map((group, index) => ({
  kind: 'managedGroup',
  name: group.replace(/^AWSManagedRules/, ''),
  group,
  action: index % 2 === 0 ? 'block' : 'count',
}));

/** Every action that a rule of a group can be given instead of its own, and a pinned version. */
export const OVERRIDES: RuleInput[] = [
  {
    kind: 'managedGroup',
    name: 'Common',
    action: 'block',
    group: 'AWSManagedRulesCommonRuleSet',
    version: 'Version_1.0',
    overrides: {
      NoUserAgent_HEADER: 'captcha',
      UserAgent_BadBots_HEADER: 'challenge',
      SizeRestrictions_BODY: 'count',
      SizeRestrictions_URIPATH: 'allow',
      CrossSiteScripting_BODY: 'block',
    },
  },
];

const PROXY = ['198.51.100.0/24'];
const HEADER = 'X-Forwarded-For';
const PLACES = [
  { position: 'last', fallback: 'match' },
  { position: 'first', fallback: 'noMatch' },
  { position: 'any' },
] as const;

/**
 * Every kind of rule that can go by a header of a proxy, behind the one that lets only the proxy pass: a list for each place
 * in which the header can be read, and for each fallback.
 */
export const BEHIND_A_PROXY: RuleInput[][] = PLACES.map((place) => {
  const whole = { name: HEADER, ...place };
  const first = { name: HEADER, ...('fallback' in place && { fallback: place.fallback }) };
  // These exempt some addresses: read elsewhere, or with the other fallback, they would exempt everybody.
  const exempting = (fallback: 'match' | 'noMatch'): { name: string; fallback?: 'match' | 'noMatch' } => ({
    name: HEADER,
    ...(place.position === 'last' && { fallback }),
  });
  return [
    { kind: 'restrictedPaths', name: 'Gate', action: 'block', paths: ['/'], addresses: PROXY },
    {
      kind: 'allowedAddresses',
      name: 'Seen',
      action: 'count',
      addresses: PROXY,
      forwardedHeader: exempting('noMatch'),
    },
    { kind: 'blockedAddresses', name: 'Blocked', action: 'block', addresses: PROXY, forwardedHeader: whole },
    { kind: 'rateLimit', name: 'Rate', action: 'block', limit: 2000, windowSeconds: 300, forwardedHeader: first },
    {
      kind: 'countries',
      name: 'Far',
      action: 'block',
      countries: ['AQ'],
      match: 'listed',
      forwardedHeader: first,
    },
    {
      kind: 'restrictedPaths',
      name: 'Admin',
      action: 'block',
      paths: ['/admin'],
      addresses: ['203.0.113.0/24'],
      forwardedHeader: exempting('match'),
    },
  ];
});
