import { canonical } from './canonical';
import { consequence, dangerOf } from './consequences';
import { FATES, fateOfRemoved, policyText } from './deletion-fate';
import { detail } from './differences';
import { display } from './display';
import { quote, type Finding } from './finding';
import { identify } from './identify';
import type { ChangedResource } from './resource-changes';
import type { StackPair } from './stack-pair';
import { STATEFUL_TYPES } from './stateful-types';
import type { Resource } from './template';
import type { Told } from './told';

/** Nothing is lost yet, but the next removal or replacement loses it. */
export function weakenedPolicies(pair: StackPair, { before, after }: ChangedResource, told: Told): Finding[] {
  const stateful = STATEFUL_TYPES[after.type];
  if (stateful === undefined || before.type !== after.type) return [];
  const details = (['DeletionPolicy', 'UpdateReplacePolicy'] as const).flatMap((attribute) => {
    const fate = (resource: Resource): number =>
      FATES.indexOf(fateOfRemoved({ ...resource, attributes: { DeletionPolicy: resource.attributes[attribute] } }));
    if (fate(after) >= fate(before)) return [];
    told.add(after.logicalId, [attribute]);
    return [detail(attribute, policyText(before.attributes[attribute]), policyText(after.attributes[attribute]))];
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
  const stateful = STATEFUL_TYPES[after.type];
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
