import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import type { Permission } from '../permission';

/** Permissions as the CDK takes them. */
export function policyStatements(permissions: readonly Permission[]): PolicyStatement[] {
  return permissions.map(
    ({ effect, actions, resources, conditions }) =>
      new PolicyStatement({
        effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
        actions: [...actions],
        resources: [...resources],
        conditions,
      }),
  );
}

/**
 * Accepts the wildcards of permissions where their policy is, each for the reason that its permission gives.
 *
 * @throws {Error} for a wildcard without a reason
 */
export function acknowledgeWildcards(construct: IConstruct, permissions: readonly Permission[]): void {
  const reasons = new Map<string, Set<string>>();
  for (const { effect, resources, because } of permissions) {
    if (effect === 'Deny') continue;
    for (const resource of resources.filter((one) => isWildcard(construct, one))) {
      if (because === undefined) throw new Error(`${resource} is a wildcard, and its permission does not say why`);
      reasons.set(resource, (reasons.get(resource) ?? new Set()).add(because));
    }
  }
  // Two permissions may need the same one, each for a reason of its own.
  for (const [resource, several] of reasons) acknowledgeWildcard(construct, resource, [...several].join('; '));
}

function isWildcard(construct: IConstruct, resource: string): boolean {
  return JSON.stringify(Stack.of(construct).resolve(resource)).includes('*');
}
