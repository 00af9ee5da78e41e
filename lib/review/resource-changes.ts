import { canonical, intrinsic } from './canonical';
import { changedInputs, type ChangedInputs } from './changed-inputs';
import { differences, type Same } from './differences';
import type { Detail } from './finding';
import { impactOf, type Impact } from './impact';
import { LOOP } from './loops';
import { referencesIn } from './references';
import { spreadReplacements, worst, type Draft, type PropertyChange } from './replacements';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';

/** A resource that is on both sides under one logical ID, and differs. */
export interface ChangedResource {
  readonly before: Resource;
  readonly after: Resource;
  /** The worst of its properties'. */
  readonly impact: Impact;
  readonly properties: readonly PropertyChange[];
  /** `DeletionPolicy`, `DependsOn`… */
  readonly attributes: readonly Detail[];
}

export interface ResourceChanges {
  readonly added: readonly Resource[];
  readonly removed: readonly Resource[];
  readonly renamed: readonly { readonly before: Resource; readonly after: Resource }[];
  readonly changed: readonly ChangedResource[];
  readonly hidden: Hidden;
}

/** Differences that mean nothing to a reviewer, counted. */
export interface Hidden {
  readonly assets: number;
  readonly metadata: number;
}

export function resourceChanges(pair: StackPair, showAll = false): ResourceChanges {
  const { before, after, renames } = pair;
  const newNames = new Set(renames.values());
  const hidden = { assets: 0, metadata: 0 };
  const drafts = new Map<string, Draft>();
  const inputs = changedInputs(pair);
  const isShown = ({ type }: Resource): boolean => showAll || type !== CDK_METADATA;
  for (const [logicalId, resource] of after.resources) {
    const old = before.resources.get(logicalId);
    if (old === undefined || !isShown(resource)) continue;
    const draft = compare(pair, old, resource, inputs, hidden, showAll);
    if (draft !== undefined) drafts.set(logicalId, draft);
  }
  spreadReplacements(pair, drafts);
  return {
    added: [...after.resources.values()]
      .filter(({ logicalId: id }) => !before.resources.has(id) && !newNames.has(id))
      .filter(isShown),
    removed: [...before.resources.values()]
      .filter(({ logicalId: id }) => !after.resources.has(id) && !renames.has(id))
      .filter(isShown),
    renamed: [...renames].flatMap(([from, to]) => {
      const [old, now] = [before.resources.get(from), after.resources.get(to)];
      return old === undefined || now === undefined ? [] : [{ before: old, after: now }];
    }),
    changed: [...drafts.values()].map((draft) => ({ ...draft, impact: worst(draft) })),
    hidden,
  };
}

/** Tells AWS which constructs are in use, and changes with every one of them. */
const CDK_METADATA = 'AWS::CDK::Metadata';

function compare(
  pair: StackPair,
  before: Resource,
  after: Resource,
  inputs: ChangedInputs,
  hidden: { assets: number; metadata: number },
  showAll: boolean,
): Draft | undefined {
  if (before.type !== after.type) return { before, after, properties: [], attributes: [] };
  const properties: PropertyChange[] = [];
  for (const name of union(before.properties, after.properties)) {
    const change = compareProperty(pair, after.type, name, before.properties[name], after.properties[name], inputs);
    if (change === undefined) continue;
    if (change === 'asset') {
      hidden.assets += 1;
      if (showAll) properties.push(plainChange(name, before, after));
    } else if (change !== 'renamed') {
      properties.push(change);
    }
  }
  const attributes = attributeDifferences(before, after, pair.same, showAll);
  if (!showAll && canonical(before.attributes.Metadata) !== canonical(after.attributes.Metadata)) hidden.metadata += 1;
  return properties.length + attributes.length === 0 ? undefined : { before, after, properties, attributes };
}

function compareProperty(
  { same, renames }: StackPair,
  type: string,
  name: string,
  before: unknown,
  after: unknown,
  inputs: ChangedInputs,
): PropertyChange | 'asset' | 'renamed' | undefined {
  const asWritten: Same = (one, other) => canonical(one) === canonical(other);
  if (asWritten(before, after)) {
    // The text is the same; what CloudFormation makes of it may not be.
    const causes = inputs.of(after);
    if (causes.length === 0 || (type !== LOOP && impactOf(type, name, []) === 'update')) return undefined;
    return { name, impact: 'may-replace', details: [], cause: `depends on ${causes.join(', ')}, which changes` };
  }
  const details = differences(before, after, name, same);
  if (details.length > 0) {
    const impact = impactOf(
      type,
      name,
      details.map(({ path }) => path),
    );
    // What only CloudFormation knows may be what stood there.
    return { name, impact: impact === 'replace' && mayBeEqual(before, after) ? 'may-replace' : impact, details };
  }
  const exact = differences(before, after, name, asWritten);
  const impact = impactOf(
    type,
    name,
    exact.map(({ path }) => path),
  );
  const renamed = [...referencesIn(before).names].filter((id) => renames.has(id));
  if (renamed.length > 0) {
    if (impact === 'update') return 'renamed';
    const cause = `refers to ${renamed.join(', ')}, renamed to ${renamed.map((id) => renames.get(id)).join(', ')}: another resource`;
    return { name, impact, details: [], cause };
  }
  return impact === 'update' ? 'asset' : { name, impact, details: exact, cause: 'an asset changes' };
}

/** A text on one side, and on the other what may turn out to be that text: a condition, a mapping, a parameter. */
function mayBeEqual(before: unknown, after: unknown): boolean {
  const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
  const isOpen = (value: unknown): boolean =>
    ['Fn::If', 'Fn::FindInMap', 'Ref', 'Fn::Sub', 'Fn::Join'].includes(intrinsic(value)?.name ?? '') &&
    !canonical(value).startsWith('"');
  return (isText(before) && isOpen(after)) || (isOpen(before) && isText(after));
}

function plainChange(name: string, before: Resource, after: Resource): PropertyChange {
  const asWritten: Same = (one, other) => canonical(one) === canonical(other);
  const details = differences(before.properties[name], after.properties[name], name, asWritten);
  return { name, impact: 'update', details };
}

function attributeDifferences(before: Resource, after: Resource, same: Same, showAll: boolean): Detail[] {
  const shown = ({ attributes }: Resource): Record<string, unknown> => ({
    ...attributes,
    DependsOn: sorted(attributes.DependsOn),
    Metadata: showAll ? attributes.Metadata : instructions(attributes.Metadata),
  });
  return differences(shown(before), shown(after), '', same);
}

/** Metadata that something acts on, such as cfn-init on an instance; all other is for people and tools. */
function instructions(metadata: unknown): unknown {
  const entries = Object.entries(metadata ?? {}).filter(([key]) => key.startsWith('AWS::CloudFormation::'));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function sorted(dependsOn: unknown): unknown {
  if (typeof dependsOn === 'string') return [dependsOn];
  return Array.isArray(dependsOn) ? [...(dependsOn as unknown[])].sort() : dependsOn;
}

function union(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}
