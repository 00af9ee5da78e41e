import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import type { Statement } from '../statement';

/** Statements as the CDK takes them. */
export function policyStatements(statements: readonly Statement[]): PolicyStatement[] {
  return statements.map(
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
 * Accepts the wildcards of statements where their policy is, each for the reason that its statement gives.
 *
 * @throws {Error} for a wildcard without a reason
 */
export function acknowledgeStatements(construct: IConstruct, statements: readonly Statement[]): void {
  const reasons = new Map<string, Set<string>>();
  for (const { effect, resources, because } of statements) {
    if (effect === 'Deny') continue;
    for (const resource of resources.filter((one) => isWildcard(construct, one))) {
      if (because === undefined) throw new Error(`${resource} is a wildcard, and its statement does not say why`);
      reasons.set(resource, (reasons.get(resource) ?? new Set()).add(because));
    }
  }
  // Two statements may need the same one, each for a reason of its own.
  for (const [resource, several] of reasons) acknowledgeWildcard(construct, resource, [...several].join('; '));
}

function isWildcard(construct: IConstruct, resource: string): boolean {
  return JSON.stringify(Stack.of(construct).resolve(resource)).includes('*');
}
