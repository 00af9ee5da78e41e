import type { Problem } from '../foundation/problem';
import { groupDigits } from '../foundation/table';
import { BASE_PRICE_WCU } from './capacity';
import type { FirewallSettings } from './firewall-settings';
import { forwardedWarnings } from './forwarded-problems';
import { inOrder } from './rule-order';
import { actionInGroup } from './managed-decision';

/** What works, and costs more or protects less than a person may expect. */
export function firewallWarnings({ rules }: FirewallSettings, environment: string): Problem[] {
  const path = `${environment}.firewall.rules`;
  const warnings: Problem[] = [];
  const total = inOrder(rules).at(-1)?.runningWcu ?? 0;
  if (total > BASE_PRICE_WCU) {
    const base = groupDigits(BASE_PRICE_WCU);
    warnings.push({
      path,
      reason: `take up to ${groupDigits(total)} capacity units (WCU), over the ${base} of the base price: each 500 more cost $0.20 for a million requests`,
      remedy: 'join rules about paths (25 each), leave out a group that the site does not need, or accept the price',
    });
  }
  rules.forEach((rule, index) => {
    if (rule.kind !== 'countries' || rule.action !== 'allow' || index === rules.length - 1) return;
    warnings.push({
      path: `${path}[${index}]`,
      value: rule.name,
      reason: 'lets its countries pass all rules behind it, and refuses nobody',
      remedy: "to admit no others, write match: 'others', action: 'block'; to mean what it does, put it last",
    });
  });
  return [
    ...warnings,
    ...uploadWarnings(rules, path),
    ...allowWarnings(rules, path),
    ...forwardedWarnings(rules, path),
  ];
}

/** Where no rule of one's own limits bodies, uploads are meant; and AWS's common rules limit them nonetheless. */
function uploadWarnings(rules: FirewallSettings['rules'], path: string): Problem[] {
  if (rules.some((rule) => rule.kind === 'sizeLimits' && rule.action !== 'count' && rule.body !== undefined)) return [];
  return rules.flatMap((rule, index) => {
    if (rule.kind !== 'managedGroup' || rule.group !== 'AWSManagedRulesCommonRuleSet') return [];
    if (actionInGroup(rule, BODY_RULE) === 'count') return [];
    return [
      {
        path: `${path}[${index}]`,
        value: rule.name,
        reason: 'refuses bodies over 8,192 bytes, such as uploads, and no rule of your own limits bodies',
        remedy: `for uploads write overrides: { ${BODY_RULE}: 'count' }; for none, limit body in a rule of kind sizeLimits`,
      },
    ];
  });
}

/** An attacker who wants to pass has only to look like what is allowed: a body that is too large, say. */
function allowWarnings(rules: FirewallSettings['rules'], path: string): Problem[] {
  return rules.flatMap((rule, index) => {
    if (rule.kind !== 'managedGroup') return [];
    return Object.keys(rule.overrides)
      .filter((name) => rule.overrides[name] === 'allow')
      .map((name) => ({
        path: `${path}[${index}].overrides.${name}`,
        value: 'allow',
        reason: 'lets whatever this rule finds pass all rules behind it',
        remedy: "write 'count', with which the other rules still look",
      }));
  });
}

const BODY_RULE = 'SizeRestrictions_BODY';
