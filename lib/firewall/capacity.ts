import { MANAGED_RULE_GROUPS } from './managed-rule-groups';
import type { RuleStatement } from './rule-statement';

/**
 * Web ACL capacity units (WCU) of each kind of statement. Logical statements cost what is in them.
 * Source: "Using match rule statements" and "Rate-based rule statement", AWS WAF Developer Guide, autumn 2026.
 */
export const STATEMENT_WCU = { addresses: 1, countries: 1, larger: 1, equal: 2, pattern: 3, rate: 2 } as const;

/** Of each text transformation of each statement. Source: as above. */
const TRANSFORMATION_WCU = 10;

/** Of an IP set that is looked for at any place in a header, beside its own. Source: "IP set match rule statement", as above. */
const ANY_POSITION_WCU = 4;

/** More costs more for each request. Source: AWS WAF Pricing. */
export const BASE_PRICE_WCU = 1500;
/** Source: "AWS WAF quotas", AWS WAF Developer Guide. */
export const MOST_WCU = 5000;

/**
 * What a statement takes. It is the most that WAF can charge: it may count a transformation of the same part of a request
 * only once in a web ACL ("Web ACL capacity units", AWS WAF Developer Guide), which it does not promise.
 */
export function capacityOf(statement: RuleStatement): number {
  switch (statement.is) {
    case 'all':
    case 'any':
      return statement.of.reduce((total, part) => total + capacityOf(part), 0);
    case 'not':
      return capacityOf(statement.of);
    case 'pattern':
    case 'equal':
      return STATEMENT_WCU[statement.is] + TRANSFORMATION_WCU * statement.transformations.length;
    case 'rate':
      return STATEMENT_WCU.rate + (statement.scope === undefined ? 0 : capacityOf(statement.scope));
    case 'managed':
      return MANAGED_RULE_GROUPS[statement.group].wcu;
    case 'addresses':
      return STATEMENT_WCU.addresses + (statement.forwarded?.position === 'any' ? ANY_POSITION_WCU : 0);
    case 'countries':
    case 'larger':
      return STATEMENT_WCU[statement.is];
  }
}
