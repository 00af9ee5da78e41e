import { capacityOf } from './capacity';
import type { FirewallRule } from './firewall-settings';
import { statementOf, type RuleStatement } from './rule-statement';

/**
 * Between the priorities of two rules. A rule's priority is its place in the list (from 1) times this: adding a rule leaves
 * those before it as they are, and in an emergency one can be put between two by hand, until it stands in the list.
 */
const PRIORITY_STEP = 10;

/** A rule where it stands in the web ACL. */
export interface OrderedRule {
  readonly rule: FirewallRule;
  readonly priority: number;
  readonly statement: RuleStatement;
  /** Web ACL capacity units of this rule. */
  readonly wcu: number;
  /** Of this rule and those before it. */
  readonly runningWcu: number;
}

/** The rules in the order in which WAF evaluates them: lowest priority number first. */
export function inOrder(rules: readonly FirewallRule[]): OrderedRule[] {
  let runningWcu = 0;
  return rules.map((rule, index) => {
    const statement = statementOf(rule);
    const wcu = capacityOf(statement);
    runningWcu += wcu;
    return { rule, priority: (index + 1) * PRIORITY_STEP, statement, wcu, runningWcu };
  });
}
