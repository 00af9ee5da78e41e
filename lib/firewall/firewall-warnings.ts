import type { Problem } from '../foundation/problem';
import { groupDigits } from '../foundation/table';
import { BASE_PRICE_WCU } from './capacity';
import type { FirewallSettings } from './firewall-settings';
import { inOrder } from './rule-order';

/** What works, and costs more than a person may expect. */
export function firewallWarnings({ rules }: FirewallSettings, environment: string): Problem[] {
  const total = inOrder(rules).at(-1)?.runningWcu ?? 0;
  if (total <= BASE_PRICE_WCU) return [];
  const base = groupDigits(BASE_PRICE_WCU);
  return [
    {
      path: `${environment}.firewall.rules`,
      reason: `takes ${groupDigits(total)} capacity units (WCU), over the ${base} of the base price: each 500 more cost extra for every request`,
      remedy: `remove a managed group to stay within ${base}, or accept the price`,
    },
  ];
}
