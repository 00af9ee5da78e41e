import { canonical } from './canonical';
import { changedInputs } from './changed-inputs';
import {
  deletionNotes,
  FATES,
  fateOfRemoved,
  fateOfReplaced,
  policyOf,
  policyText,
  type Fate,
  type PolicyAttribute,
} from './deletion-fate';
import { detail, differences } from './differences';
import { display } from './display';
import { quote, type Danger, type Detail, type Finding } from './finding';
import { identify } from './identify';
import { VERSION_TYPES } from './asset-noise';
import type { ChangedResource, ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import { GLUE_TYPES, STATEFUL_TYPES } from './stateful-types';
import type { Resource } from './template';
import type { Told } from './told';

/** What happens to resources: replaced, deleted, renamed, added, updated. */
export function resourceFindings(pair: StackPair, changes: ResourceChanges, told: Told, showAll: boolean): Finding[] {
  const conditional = changedInputs(pair);
  return [
    ...changes.changed.flatMap((change) => [
      ...weakenedPolicies(pair, change, told),
      ...conditionFindings(pair, change, conditional.of({ Condition: change.after.attributes.Condition }), told),
      ...(change.impact === 'update' ? updated(pair, change, told) : [replaced(pair, change)]),
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

/** Where the old one goes: what a reviewer fears most. */
function dangerOf(fate: Fate, type: string): Danger {
  if (STATEFUL_TYPES[type] !== undefined) return fate === 'deleted' ? 'data-loss' : 'destructive';
  return GLUE_TYPES.has(type) || fate === 'retained' ? 'none' : 'destructive';
}

function replaced(pair: StackPair, { before, after, impact, properties, attributes }: ChangedResource): Finding {
  const stateful = STATEFUL_TYPES[before.type];
  const fate = fateOfReplaced(before, after);
  const typeChanges = before.type !== after.type;
  const certain = impact === 'replace';
  const verb = typeChanges ? 'changes its type' : certain ? 'is replaced' : 'may be replaced';
  const causes = properties.filter((property) => property.impact !== 'update');
  const others = properties.filter((property) => property.impact === 'update');
  return {
    category: stateful === undefined ? 'replacement' : 'data',
    change: typeChanges ? 'type' : 'replace',
    danger: dangerOf(fate, before.type),
    certainty: certain ? 'will' : 'may',
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

/** `the old one is deleted (UpdateReplacePolicy: Delete, the default). It holds rows`. */
function consequence(fate: Fate, holds: string, resource: Resource, attribute: PolicyAttribute): string {
  const becomes = {
    deleted: 'is deleted',
    snapshot: 'is deleted after a snapshot',
    retained: 'stays, outside of the stack',
  };
  return `${becomes[fate]} (${policyOf(fate, resource, attribute)}). It holds ${holds}`;
}

/** A fixed name is taken as long as the old resource has it. */
function nameNotes(before: Resource, after: Resource, causes: readonly string[] = []): string[] {
  const name = STATEFUL_TYPES[after.type]?.name ?? OTHER_NAMES[after.type];
  if (name === undefined || after.properties[name] === undefined || causes.includes(name)) return [];
  if (canonical(before.properties[name]) !== canonical(after.properties[name])) return [];
  return [
    `it keeps the fixed \`${name}\` ${quote(display(after.properties[name]))}, so CloudFormation cannot make the new one while the old one has it`,
  ];
}

/** Of types that hold no data. A block of addresses is as exclusive as a name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'GroupName',
  'AWS::EC2::Subnet': 'CidrBlock',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::WAFv2::WebACL': 'Name',
};

function removed(pair: StackPair, resource: Resource): Finding {
  const stateful = STATEFUL_TYPES[resource.type];
  const fate = fateOfRemoved(resource);
  return {
    category: stateful === undefined ? 'deletion' : 'data',
    change: 'delete',
    danger: dangerOf(fate, resource.type),
    certainty: resource.attributes.Condition === undefined ? 'will' : 'may',
    ...identify(pair, resource),
    summary: `${quote(resource.logicalId)} leaves the stack${stateful === undefined ? (fate === 'retained' ? ' and stays' : ' and is deleted') : `: it ${consequence(fate, stateful.holds, resource, 'DeletionPolicy')}`}`,
    details: [],
    notes: fate === 'retained' ? [] : deletionNotes(resource),
  };
}

function renamed(pair: StackPair, before: Resource, after: Resource): Finding {
  const stateful = STATEFUL_TYPES[before.type];
  const fate = fateOfRemoved(before);
  const danger = dangerOf(fate, before.type);
  return {
    category: stateful === undefined ? 'replacement' : 'data',
    change: 'rename',
    danger,
    certainty: 'will',
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

/** Nothing is lost yet, but the next removal or replacement loses it. */
function weakenedPolicies(pair: StackPair, { before, after }: ChangedResource, told: Told): Finding[] {
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
function conditionFindings(
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
