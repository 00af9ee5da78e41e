import type { FirewallRule, RuleAction } from './firewall-settings';
import { MANAGED_RULE_GROUPS } from './managed-rule-groups';
import type { Match } from './matching';
import { PUBLISHED_RULES, publishedMatch } from './published-rules';
import type { WebRequest } from './web-request';

export type ManagedGroupRule = Extract<FirewallRule, { kind: 'managedGroup' }>;

/** What a group that AWS manages makes of a request, as far as that is published. */
export interface ManagedDecision {
  readonly match: Match;
  /** Of the rules that match. */
  readonly action: RuleAction;
  /** The rules of the group that match and do not only count, or in a group that counts all that match. */
  readonly matched: readonly string[];
  /** The rules that match and only count, beside others that do not. */
  readonly counted: readonly string[];
}

/**
 * Whether the group decides. Its rules stand in an order that is not published: so it is only certain what happens if all of its
 * rules that match, or may, do the same.
 */
export function decideManagedGroup(rule: ManagedGroupRule, request: WebRequest): ManagedDecision {
  const rules = MANAGED_RULE_GROUPS[rule.group].rules.map((name) => {
    const published = PUBLISHED_RULES[rule.group]?.[name];
    return {
      name,
      action: actionInGroup(rule, name),
      match: published === undefined ? undefined : publishedMatch(published, request),
    };
  });
  const open = rules.filter(({ match, action }) => match !== false && (rule.action === 'count' || action !== 'count'));
  const matched = open.filter(({ match }) => match === true);
  const counted = rules.filter(({ match, action }) => match === true && action === 'count' && rule.action !== 'count');
  const [action = rule.action] = matched.map((one) => one.action);
  return {
    match:
      open.length === 0 ? false : matched.length > 0 && open.every((one) => one.action === action) ? true : undefined,
    action,
    matched: matched.map(({ name }) => name),
    counted: counted.map(({ name }) => name),
  };
}

/** What a rule of the group does. AWS chose to block for each that can be told from a request. */
export function actionInGroup({ action, overrides }: ManagedGroupRule, name: string): RuleAction {
  return action === 'count' ? 'count' : (overrides[name] ?? 'block');
}
