import { VERSION_TYPES } from './asset-noise';
import { changedInputs } from './changed-inputs';
import { consequence, dangerOf, nameNotes } from './consequences';
import { deletionNotes, fateOfRemoved, fateOfReplaced } from './deletion-fate';
import { detail, differences } from './differences';
import { quote, type Danger, type Detail, type Finding } from './finding';
import { identify } from './identify';
import { loopFinding } from './loop-findings';
import { LOOP } from './loops';
import { conditionFindings, weakenedPolicies } from './protection-findings';
import type { ChangedResource, ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import { heldBy } from './nested-stacks';
import type { StatefulType } from './stateful-types';
import type { Resource } from './template';
import type { Told } from './told';

/** What happens to resources: replaced, deleted, renamed, added, updated. */
export function resourceFindings(pair: StackPair, changes: ResourceChanges, told: Told, showAll: boolean): Finding[] {
  const conditional = changedInputs(pair);
  return [
    ...changes.changed.flatMap((change) => [
      ...weakenedPolicies(pair, change, told),
      ...conditionFindings(pair, change, conditional.of({ Condition: change.after.attributes.Condition }), told),
      ...(change.after.type === LOOP
        ? [changedLoop(pair, change)]
        : change.impact === 'update'
          ? updated(pair, change, told)
          : [replaced(pair, change)]),
    ]),
    ...[...pair.after.resources.values()]
      .filter(({ logicalId }) => !changes.changed.some(({ after }) => after.logicalId === logicalId))
      .flatMap((after) => {
        const before = pair.before.resources.get(after.logicalId);
        const causes = conditional.of({ Condition: after.attributes.Condition });
        return before === undefined || causes.length === 0
          ? []
          : conditionFindings(pair, { before, after }, causes, told);
      }),
    ...changes.removed.map((resource) => removed(pair, resource)),
    ...changes.renamed
      .filter(({ after }) => showAll || !VERSION_TYPES.has(after.type))
      .map(({ before, after }) => renamed(pair, before, after)),
    ...changes.added.map((resource) => added(pair, resource)),
  ];
}

function replaced(pair: StackPair, { before, after, impact, properties, attributes }: ChangedResource): Finding {
  const stateful = heldBy(pair, before);
  const fate = fateOfReplaced(before, after);
  const typeChanges = before.type !== after.type;
  const danger = dangerOf(fate, before.type, stateful);
  const certain = impact === 'replace';
  const verb = typeChanges ? 'changes its type' : certain ? 'is replaced' : 'may be replaced';
  const causes = properties.filter((property) => property.impact !== 'update');
  const others = properties.filter((property) => property.impact === 'update');
  return {
    category: stateful === undefined ? 'replacement' : 'data',
    change: typeChanges ? 'type' : 'replace',
    danger,
    certainty: certain && !isOnlyPossible(danger, stateful) ? 'will' : 'may',
    ...identify(pair, after),
    summary: `${quote(after.logicalId)} ${verb}${stateful === undefined ? '' : `: the old one ${consequence(fate, stateful.holds, after, 'UpdateReplacePolicy')}`}`,
    details: [
      ...(typeChanges ? [detail('Type', before.type, after.type)] : []),
      ...causes.flatMap(({ impact: effect, details, cause, name }) =>
        (details.length > 0 ? details : [{ path: name }]).map((each): Detail => ({
          ...each,
          ...(cause === undefined || details.length > 0 ? {} : { reason: cause }),
          effect: effect === 'replace' ? 'replaces' : 'may replace',
        })),
      ),
      ...others.flatMap(({ details }) => details),
      ...attributes,
    ],
    notes: [
      ...(typeChanges
        ? ['CloudFormation refuses to change the type of a logical ID: give the new resource another one']
        : []),
      ...causes.flatMap(({ cause, details }) => (cause === undefined || details.length === 0 ? [] : [cause])),
      ...nameNotes(
        before,
        after,
        causes.map(({ name }) => name),
      ),
      ...(fate === 'retained' ? [] : deletionNotes(before)),
    ],
  };
}

function changedLoop(pair: StackPair, { before, properties }: ChangedResource): Finding {
  return loopFinding(
    pair,
    before,
    'changes',
    properties.flatMap(({ details }) => details),
    properties.flatMap(({ cause }) => cause ?? []),
  );
}

function removed(pair: StackPair, resource: Resource): Finding {
  if (resource.type === LOOP) return loopFinding(pair, resource, 'leaves the stack', [], []);
  const stateful = heldBy(pair, resource);
  const fate = fateOfRemoved(resource);
  const danger = dangerOf(fate, resource.type, stateful);
  return {
    category: stateful === undefined ? 'deletion' : 'data',
    change: 'delete',
    danger,
    certainty: resource.attributes.Condition === undefined && !isOnlyPossible(danger, stateful) ? 'will' : 'may',
    ...identify(pair, resource),
    summary: `${quote(resource.logicalId)} leaves the stack${stateful === undefined ? (fate === 'retained' ? ' and stays' : ' and is deleted') : `: it ${consequence(fate, stateful.holds, resource, 'DeletionPolicy')}`}`,
    details: [],
    notes: fate === 'retained' ? [] : deletionNotes(resource),
  };
}

function renamed(pair: StackPair, before: Resource, after: Resource): Finding {
  const stateful = heldBy(pair, before);
  const fate = fateOfRemoved(before);
  const danger = dangerOf(fate, before.type, stateful);
  return {
    category: stateful === undefined ? 'replacement' : 'data',
    change: 'rename',
    danger,
    certainty: isOnlyPossible(danger, stateful) ? 'may' : 'will',
    ...identify(pair, after),
    summary: `${quote(before.logicalId)} is renamed to ${quote(after.logicalId)}: another resource to CloudFormation${stateful === undefined ? '' : `; the old one ${consequence(fate, stateful.holds, before, 'DeletionPolicy')}`}`,
    details: [
      detail('logical ID', before.logicalId, after.logicalId),
      ...differences(before.properties, after.properties, '', pair.same),
    ],
    notes: [
      ...(danger === 'none'
        ? []
        : ['`cdk refactor` can rename it in place, or keep its old ID with overrideLogicalId']),
      ...nameNotes(before, after),
      ...(fate === 'retained' ? [] : deletionNotes(before)),
    ],
  };
}

function added(pair: StackPair, resource: Resource): Finding {
  return {
    category: 'addition',
    change: 'add',
    danger: 'none',
    certainty: resource.attributes.Condition === undefined ? 'will' : 'may',
    ...identify(pair, resource),
    summary: `${quote(resource.logicalId)} is added`,
    details: [],
    notes: [],
  };
}

function updated(pair: StackPair, { after, properties, attributes }: ChangedResource, told: Told): Finding[] {
  const details = [...properties.flatMap((property) => property.details), ...attributes].filter(
    ({ path }) => !told.has(after.logicalId, path),
  );
  if (details.length === 0) return [];
  return [
    {
      category: 'update',
      change: 'update',
      danger: 'none',
      certainty: 'will',
      ...identify(pair, after),
      summary: `${quote(after.logicalId)} is updated`,
      details,
      notes: [],
    },
  ];
}

/** The resource goes for certain, but perhaps without any data. */
function isOnlyPossible(danger: Danger, stateful: StatefulType | undefined): boolean {
  return danger === 'data-loss' && stateful?.possibly === true;
}
