import { AS_WRITTEN } from './canonical';
import { quote, type Finding } from './finding';
import { namingOf } from './renames';
import { readRules, ruleCovers, rulesCover, showRule, type Rule } from './security-group-rules';
import type { StackPair } from './stack-pair';
import type { Told } from './told';

/** The properties of rules of their own that the comparison of rules tells about. */
const RULE_PROPERTIES = ['CidrIp', 'CidrIpv6', 'FromPort', 'ToPort', 'IpProtocol', 'GroupId'] as const;

/** What security groups let through that they did not, and the other way round. */
export function securityGroupFindings(pair: StackPair, told: Told): Finding[] {
  const before = readRules(pair.before, namingOf(pair.renames));
  const after = readRules(pair.after, AS_WRITTEN);
  const opened = uncovered(after, before);
  const closed = uncovered(before, after);
  const groups = [...new Set([...opened, ...closed].map(({ group }) => group))].sort();
  return groups.flatMap((group): Finding[] => {
    const [more, less] = [opened, closed].map((rules) => rules.filter((rule) => rule.group === group));
    if (more === undefined || less === undefined) return [];
    // What a deleted group let through goes with it, as its deletion says.
    if (more.length === 0 && pair.before.resources.has(group) && !pair.after.resources.has(group)) return [];
    for (const { source } of [...more, ...less]) told.add(source, RULE_PROPERTIES);
    told.add(group, ['SecurityGroupIngress', 'SecurityGroupEgress']);
    const resource = pair.after.resources.get(group);
    const isOpened = more.length > 0;
    return [
      {
        category: 'security',
        change: 'security-group',
        danger: isOpened ? 'broadening' : 'none',
        certainty: 'will',
        direction: isOpened ? 'broadened' : 'narrowed',
        stack: pair.id,
        logicalId: group,
        ...(resource?.path === undefined ? {} : { path: resource.path }),
        type: 'AWS::EC2::SecurityGroup',
        summary: `security group ${quote(group)} ${isOpened ? 'opened' : 'closed'}${isOpened && less.length > 0 ? ', and closed elsewhere' : ''}`,
        details: [
          ...more.map((rule) => {
            const part = partOf(rule, before);
            return {
              path: `${rule.direction} opened`,
              ...(part === '' ? {} : { before: part }),
              after: showRule(rule),
            };
          }),
          ...less.map((rule) => {
            const part = partOf(rule, after);
            return {
              path: `${rule.direction} closed`,
              before: showRule(rule),
              ...(part === '' ? {} : { after: part }),
            };
          }),
        ],
        notes: more.some(({ direction, peer }) => direction === 'ingress' && isWorld(peer))
          ? ['open to every address']
          : [],
      },
    ];
  });
}

function uncovered(rules: readonly Rule[], others: readonly Rule[]): Rule[] {
  const byGroup = new Map<string, Rule[]>();
  for (const rule of others) byGroup.set(rule.group, [...(byGroup.get(rule.group) ?? []), rule]);
  return rules.filter((rule) => !rulesCover(byGroup.get(rule.group) ?? [], rule));
}

/** Rules of the other side that are inside of one: what was open already, or stays so. */
function partOf(rule: Rule, others: readonly Rule[]): string {
  return others
    .filter((other) => ruleCovers(rule, other))
    .map(showRule)
    .join('; ');
}

function isWorld(peer: string): boolean {
  return peer === '0.0.0.0/0' || peer === '::/0';
}
