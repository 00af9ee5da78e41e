import type { Stack } from './assembly';
import { deletionNotes, fateOfRemoved, policyOf } from './deletion-fate';
import { detail, differences } from './differences';
import { quote, type Finding } from './finding';
import { identify } from './identify';
import { insideOf } from './loops';
import { heldBy, type StackEnd } from './nested-stacks';
import type { StackPair } from './stack-pair';
import type { Template } from './template';

/** What happens to a stack as such. */
export function stackFindings(pair: StackPair): Finding[] {
  const { base, head } = pair;
  if (base === undefined) return head === undefined ? [] : [addedStack(pair, head)];
  if (head === undefined) return [removedStack(pair, base), ...dataOf(pair, base)];
  if (isElsewhere(base, head)) return [movedStack(pair, base, head), ...dataOf(pair, base)];
  return [...unprotected(pair, base, head), ...otherTags(pair, base, head)];
}

/** Another name, account or region makes another stack; the old one stays. An open account or region is any. */
export function isElsewhere(base: Stack, head: Stack): boolean {
  return base.stackName !== head.stackName || differs(base.account, head.account) || differs(base.region, head.region);
}

function differs(one: string, other: string): boolean {
  return one !== other && !one.startsWith('unknown-') && !other.startsWith('unknown-');
}

const STAYS =
  'nothing is deleted by deploying the app: the deployed stack stays, and costs, until somebody runs `cdk destroy` or deletes it';

function removedStack(pair: StackPair, base: Stack): Finding {
  const noun = base.parent === undefined ? 'stack' : 'nested stack';
  const becomes: Readonly<Record<StackEnd, string>> = {
    deleted: `is deleted with its ${count(base.template)}`,
    snapshot: `is deleted with its ${count(base.template)}`,
    retained: `stays, outside of the app, with ${count(base.template)}`,
    left: `leaves the app, with ${count(base.template)}`,
  };
  return {
    category: 'deletion',
    change: 'stack-remove',
    danger: pair.end === 'retained' ? 'none' : 'destructive',
    certainty: pair.end === 'left' ? 'may' : 'will',
    stack: pair.id,
    summary: `${noun} ${quote(pair.id)} ${becomes[pair.end]}`,
    details: [],
    notes: [
      ...(pair.end === 'left' ? [STAYS] : []),
      ...(base.terminationProtection === true ? ['termination protection is on: turn it off before'] : []),
      typesOf(base.template),
    ],
  };
}

function movedStack(pair: StackPair, base: Stack, head: Stack): Finding {
  return {
    category: 'replacement',
    change: 'stack-move',
    danger: 'destructive',
    certainty: 'will',
    stack: pair.id,
    summary: `stack ${quote(pair.id)} is made anew elsewhere: ${count(head.template)}`,
    details: [
      ...(base.stackName === head.stackName ? [] : [detail('stack name', base.stackName, head.stackName)]),
      ...(base.account === head.account ? [] : [detail('account', base.account, head.account)]),
      ...(base.region === head.region ? [] : [detail('region', base.region, head.region)]),
    ],
    notes: [STAYS, 'its data does not move along'],
  };
}

/** What a stack holds that would go if it were destroyed. */
function dataOf(pair: StackPair, base: Stack): Finding[] {
  // It stays with its stack.
  if (pair.end === 'retained') return [];
  const certain = pair.end !== 'left';
  return [...base.template.resources.values()].flatMap(insideOf).flatMap((resource): Finding[] => {
    const stateful = heldBy(pair, resource);
    if (stateful === undefined) return [];
    const fate = fateOfRemoved(resource);
    const becomes = { deleted: 'is deleted', snapshot: 'is deleted after a snapshot', retained: 'stays' }[fate];
    return [
      {
        category: 'data',
        change: 'delete',
        danger: fate === 'deleted' ? 'data-loss' : fate === 'snapshot' ? 'destructive' : 'none',
        certainty: certain && stateful.possibly !== true ? 'will' : 'may',
        ...identify(pair, resource),
        summary: `${quote(resource.logicalId)} ${becomes}${certain ? '' : ' if the stack is destroyed'} (${policyOf(fate, resource, 'DeletionPolicy')}). It holds ${stateful.holds}`,
        details: [],
        notes: fate === 'retained' ? [] : deletionNotes(resource),
      },
    ];
  });
}

function addedStack(pair: StackPair, head: Stack): Finding {
  return {
    category: 'addition',
    change: 'stack-add',
    danger: 'none',
    certainty: 'will',
    stack: pair.id,
    summary: `${head.parent === undefined ? 'stack' : 'nested stack'} ${quote(pair.id)} is added, with ${count(head.template)}`,
    details: [],
    notes: [typesOf(head.template)],
  };
}

function unprotected(pair: StackPair, base: Stack, head: Stack): Finding[] {
  const [before, after] = [base.terminationProtection, head.terminationProtection];
  if (before === after || before === undefined || after === undefined) return [];
  return [
    {
      category: before ? 'data' : 'update',
      change: 'protection',
      danger: before ? 'destructive' : 'none',
      certainty: 'will',
      stack: pair.id,
      summary: `stack ${quote(pair.id)} ${before ? 'loses' : 'gets'} termination protection`,
      details: [detail('terminationProtection', before, after)],
      notes: [],
    },
  ];
}

function otherTags(pair: StackPair, base: Stack, head: Stack): Finding[] {
  const details = differences(base.tags, head.tags, 'tags', pair.same);
  if (details.length === 0) return [];
  return [
    {
      category: 'update',
      change: 'template',
      danger: 'none',
      certainty: 'will',
      stack: pair.id,
      summary: `stack ${quote(pair.id)} has other tags`,
      details,
      notes: [],
    },
  ];
}

function count({ resources }: Template): string {
  return resources.size === 1 ? '1 resource' : `${resources.size} resources`;
}

/** `3 AWS::EC2::Subnet, 1 AWS::EC2::VPC`. */
function typesOf({ resources }: Template): string {
  const counts = new Map<string, number>();
  for (const { type } of resources.values()) {
    if (type !== 'AWS::CDK::Metadata') counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const parts = [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([type, n]) => `${n} ${quote(type)}`);
  return parts.join(', ') || 'no resources';
}
