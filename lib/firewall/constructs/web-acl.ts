import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { pascalCase } from '../../foundation/naming';
import type { FirewallRule, RuleAction } from '../firewall-settings';
import { MANAGED_RULE_GROUPS } from '../managed-rule-groups';
import { inOrder, type OrderedRule } from '../rule-order';
import { SECRET_HEADERS } from '../secret-headers';
import { AddressSets } from './address-sets';
import { webAclStatement } from './web-acl-statement';

export interface WebAclProps {
  readonly rules: readonly FirewallRule[];
}

/** What a client is told that sends too much. Source: RFC 6585, section 4. */
const TOO_MANY_REQUESTS = 429;

/** A web ACL for load balancers. What no rule decides is allowed. */
export class WebAcl extends Construct {
  readonly arn: string;
  /** The value of the dimension WebACL of its metrics. */
  readonly metricName: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    this.metricName = Stack.of(this).stackName;
    const webAcl = new CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: inOrder(props.rules).map((rule) => this.ruleProperty(rule)),
      visibilityConfig: visibility(this.metricName),
      // Of samples, too, which the console shows to whoever may look at the web ACL.
      dataProtectionConfig: {
        dataProtections: [
          { field: { fieldType: 'SINGLE_HEADER', fieldKeys: [...SECRET_HEADERS] }, action: 'SUBSTITUTION' },
        ],
      },
    });
    this.arn = webAcl.attrArn;
  }

  private ruleProperty({ rule, priority, statement }: OrderedRule): CfnWebACL.RuleProperty {
    const shared = { name: rule.name, priority, visibilityConfig: visibility(rule.name) };
    if (rule.kind === 'managedGroup') {
      return {
        ...shared,
        statement: { managedRuleGroupStatement: managedRuleGroup(rule) },
        // For a count this catches rules that AWS adds to the group later; the others count by themselves.
        overrideAction: rule.action === 'count' ? { count: {} } : { none: {} },
      };
    }
    const sets =
      'addresses' in rule
        ? new AddressSets(this, `${pascalCase(rule.name)}Addresses`, { ruleName: rule.name, addresses: rule.addresses })
        : undefined;
    const arn = (family: 'IPV4' | 'IPV6'): string => {
      if (sets === undefined) throw new Error(`the rule ${rule.name} looks for addresses and has none`);
      return sets.arn(family);
    };
    return {
      ...shared,
      statement: webAclStatement(statement, arn),
      action:
        rule.kind === 'rateLimit' && rule.action === 'block'
          ? { block: { customResponse: { responseCode: TOO_MANY_REQUESTS } } }
          : ruleAction(rule.action),
    };
  }
}

type ManagedGroupRule = Extract<FirewallRule, { kind: 'managedGroup' }>;

function managedRuleGroup(rule: ManagedGroupRule): CfnWebACL.ManagedRuleGroupStatementProperty {
  const overrides = Object.entries(actionsOf(rule)).map(([name, action]) => ({
    name,
    actionToUse: ruleAction(action),
  }));
  return {
    vendorName: 'AWS',
    name: rule.group,
    version: rule.version,
    ...(overrides.length === 0 ? {} : { ruleActionOverrides: overrides }),
  };
}

/**
 * A group that counts has each of its rules count: with the group's result alone set to count, it would stop at its first
 * match, and what stands behind that would come to light only once it blocks.
 * Source: `OverrideAction`, AWS WAF API Reference.
 */
function actionsOf({ action, group, overrides }: ManagedGroupRule): Record<string, RuleAction> {
  if (action !== 'count') return overrides;
  return Object.fromEntries(MANAGED_RULE_GROUPS[group].rules.map((name) => [name, 'count']));
}

function ruleAction(action: RuleAction): CfnWebACL.RuleActionProperty {
  switch (action) {
    case 'block':
      return { block: {} };
    case 'allow':
      return { allow: {} };
    case 'count':
      return { count: {} };
    case 'challenge':
      return { challenge: {} };
    case 'captcha':
      return { captcha: {} };
  }
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
