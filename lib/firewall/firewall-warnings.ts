import type { Problem } from '../foundation/problem';
import { groupDigits } from '../foundation/table';
import { BASE_PRICE_WCU } from './capacity';
import type { FirewallSettings } from './firewall-settings';
import { inOrder } from './rule-order';

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
  return warnings;
}
