import { Group, ManagedPolicy, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Permitted } from '../delivery-roles';
import { acknowledgeWildcards, policyStatements } from './written-policy';

export interface ContributorPolicyProps {
  readonly repositoryName: string;
  readonly permitted: Permitted;
  /** Names of groups of the account to attach the policy to. */
  readonly groups: readonly string[];
}

/** Lets people work with one repository. */
export class ContributorPolicy extends Construct {
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: ContributorPolicyProps) {
    super(scope, id);
    const { permissions } = props.permitted;
    const policy = new ManagedPolicy(this, 'Policy', {
      // Another description would make another policy.
      description: `Contributors of ${props.repositoryName}`,
      statements: policyStatements(permissions),
      groups: props.groups.map((name) => Group.fromGroupName(this, `Group-${name}`, name)),
    });
    acknowledgeWildcards(policy, permissions);
    this.policy = policy;
  }
}
