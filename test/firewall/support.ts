import { ruleSchema, type FirewallRule } from '../../lib/firewall/firewall-settings';
import type { z } from 'zod';

export type RuleInput = z.input<typeof ruleSchema>;

export function rule(input: RuleInput): FirewallRule {
  return ruleSchema.parse(input);
}

/** One rule of each kind, so that no kind is forgotten: a kind without one does not compile. */
export const ONE_OF_EACH: { [Kind in RuleInput['kind']]: Extract<RuleInput, { kind: Kind }> } = {
  allowedAddresses: { kind: 'allowedAddresses', name: 'Office', action: 'allow', addresses: ['192.0.2.0/24'] },
  blockedAddresses: {
    kind: 'blockedAddresses',
    name: 'Known',
    action: 'block',
    addresses: ['198.51.100.0/24', '2001:db8::/32'],
  },
  rateLimit: { kind: 'rateLimit', name: 'Logins', action: 'block', limit: 100, windowSeconds: 60, paths: ['/login'] },
  countries: { kind: 'countries', name: 'Abroad', action: 'challenge', countries: ['JP', 'TW'], match: 'others' },
  sizeLimits: { kind: 'sizeLimits', name: 'Sizes', action: 'block', uri: 512, query: 1024, body: 4096, cookie: 4093 },
  restrictedPaths: {
    kind: 'restrictedPaths',
    name: 'Admin',
    action: 'block',
    paths: ['/admin', '*.bak'],
    addresses: ['192.0.2.7'],
  },
  crossSiteRequests: { kind: 'crossSiteRequests', name: 'CrossSite', action: 'block' },
  revokedTokens: { kind: 'revokedTokens', name: 'Revoked', action: 'block', md5: ['0123456789abcdef0123456789abcdef'] },
  managedGroup: {
    kind: 'managedGroup',
    name: 'Common',
    action: 'block',
    group: 'AWSManagedRulesCommonRuleSet',
    overrides: { SizeRestrictions_BODY: 'count' },
  },
};
