import { Stack, Validations } from 'aws-cdk-lib/core';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import type { IConstruct } from 'constructs';

/**
 * Accepts one wildcard resource in the policies of one construct. Any other wildcard, and the same one elsewhere, stays
 * a finding.
 *
 * @param resource as the policy statement has it; tokens are understood
 * @param reason what would convince an auditor: why no narrower resource can stand here
 */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  const flat = flattenCfnReference(Stack.of(construct).resolve(resource));
  Validations.of(construct).acknowledge({ id: `AwsSolutions-IAM5[Resource::${flat}]`, reason });
}
