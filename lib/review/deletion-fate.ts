import { canonical } from './canonical';
import { snapshotByDefault, statefulType } from './stateful-types';
import type { Resource } from './template';

/** What becomes of the old physical resource. */
export type Fate = 'deleted' | 'snapshot' | 'retained';

/**
 * When a resource leaves the template, its `DeletionPolicy` in the deployed template counts: the new one does not have
 * it any more. So a policy that is added in the same change as the removal comes too late.
 */
export function fateOfRemoved(deployed: Resource): Fate {
  return fateOf(deployed.attributes.DeletionPolicy, deployed);
}

/**
 * When a resource is replaced, its `UpdateReplacePolicy` counts, not its `DeletionPolicy`. CloudFormation deletes the old
 * one in the clean-up after the update, by the template that was submitted. Where a change weakens the policy and replaces
 * at once, the weaker of the two is assumed: AWS documents neither.
 */
export function fateOfReplaced(before: Resource, after: Resource): Fate {
  const fates = [before, after].map((resource) => fateOf(resource.attributes.UpdateReplacePolicy, resource, true));
  return FATES.find((fate) => fates.includes(fate)) ?? 'deleted';
}

/** The worst first. */
export const FATES: readonly Fate[] = ['deleted', 'snapshot', 'retained'];

/** @param replaced by `UpdateReplacePolicy`, whose default is always to delete */
export function fateOf(policy: unknown, { type, properties }: Resource, replaced = false): Fate {
  // RetainExceptOnCreate deletes only what was never fully created.
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return 'retained';
  if (policy === 'Snapshot') return 'snapshot';
  if (policy === undefined && !replaced && snapshotByDefault(type, properties)) return 'snapshot';
  return 'deleted';
}

export type PolicyAttribute = 'DeletionPolicy' | 'UpdateReplacePolicy';

/** How a policy is called in the report. */
export function policyText(policy: unknown, fate: Fate): string {
  if (policy === undefined && fate === 'snapshot') return 'Snapshot, the default';
  return typeof policy === 'string' ? policy : 'Delete, the default';
}

/** `DeletionPolicy: Delete, the default`. */
export function policyOf(fate: Fate, { attributes }: Resource, attribute: PolicyAttribute): string {
  return `${attribute}: ${policyText(attributes[attribute], fate)}`;
}

/** What may stop CloudFormation from deleting it, or what a person should know before. */
export function deletionNotes(resource: Resource): string[] {
  const stateful = statefulType(resource.type);
  if (stateful === undefined) return [];
  const { protection, note } = stateful;
  const isProtected =
    protection !== undefined && canonical(resource.properties[protection.property]) === canonical(protection.value);
  return [
    ...(isProtected ? [`\`${protection.property}\` is on: the deletion fails until it is off`] : []),
    ...(note === undefined ? [] : [emptiedByTheCdk(resource) ? 'the CDK empties it first (autoDeleteObjects)' : note]),
  ];
}

/** The tags by which the CDK's custom resources know what they may empty. */
function emptiedByTheCdk({ properties }: Resource): boolean {
  return /aws-cdk:auto-delete-(objects|images)/.test(canonical(properties.Tags));
}
