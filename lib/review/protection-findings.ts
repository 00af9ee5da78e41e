import { canonical } from './canonical';
import { consequence, dangerOf } from './consequences';
import { FATES, fateOf, fateOfRemoved, policyText, type Fate } from './deletion-fate';
import { detail } from './differences';
import { display } from './display';
import { quote, type Finding } from './finding';
import { identify } from './identify';
import { NESTED_STACK } from './nested-stacks';
import type { ChangedResource } from './resource-changes';
import type { StackPair } from './stack-pair';
import { statefulType } from './stateful-types';
import type { Resource } from './template';
import type { Told } from './told';

/** Nothing is lost yet, but the next removal or replacement loses it. */
export function weakenedPolicies(pair: StackPair, { before, after }: ChangedResource, told: Told): Finding[] {
  const stateful = after.type === NESTED_STACK ? { holds: 'resources' } : statefulType(after.type);
  if (stateful === undefined || before.type !== after.type) return [];
  const details = (['DeletionPolicy', 'UpdateReplacePolicy'] as const).flatMap((attribute) => {
    const fate = (resource: Resource): Fate =>
      fateOf(resource.attributes[attribute], resource, attribute === 'UpdateReplacePolicy');
    if (FATES.indexOf(fate(after)) >= FATES.indexOf(fate(before))) return [];
    told.add(after.logicalId, [attribute]);
    const text = (resource: Resource): string => policyText(resource.attributes[attribute], fate(resource));
    return [detail(attribute, text(before), text(after))];
  });
  if (details.length === 0) return [];
  return [
    {
      category: 'data',
      change: 'protection',
      danger: 'destructive',
      certainty: 'will',
      ...identify(pair, after),
      summary: `${quote(after.logicalId)} is no longer kept when it leaves the stack or is replaced; it holds ${stateful.holds}`,
      details,
      notes: ['nothing is deleted by this change itself'],
    },
  ];
}

/** A resource whose condition changes may be there on one side only. */
export function conditionFindings(
  pair: StackPair,
  { before, after }: Pick<ChangedResource, 'before' | 'after'>,
  causes: readonly string[],
  told: Told,
): Finding[] {
  const [old, now] = [before.attributes.Condition, after.attributes.Condition];
  const differs = canonical(old) !== canonical(now);
  // Without a condition now, it is there for certain.
  if (now === undefined || (!differs && causes.length === 0)) return [];
  const stateful = statefulType(after.type);
  const fate = fateOfRemoved(before);
  told.add(after.logicalId, ['Condition']);
  return [
    {
      category: stateful === undefined ? 'deletion' : 'data',
      change: 'condition',
      danger: dangerOf(fate, after.type),
      certainty: 'may',
      ...identify(pair, after),
      summary: `${quote(after.logicalId)} goes if its condition ${quote(display(now))} does not hold${stateful === undefined ? '' : `; then it ${consequence(fate, stateful.holds, before, 'DeletionPolicy')}`}`,
      details: differs ? [detail('Condition', old, now)] : [],
      notes: causes.map((cause) => `${cause} changes`),
    },
  ];
}
