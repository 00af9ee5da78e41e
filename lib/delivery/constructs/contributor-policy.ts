import { Group, ManagedPolicy, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Statement } from '../statement';
import { acknowledgeStatements, policyStatements } from './written-policy';

export interface ContributorPolicyProps {
  readonly repositoryName: string;
  readonly statements: readonly Statement[];
  /** Names of groups of the account to attach the policy to. */
  readonly groups: readonly string[];
}

/** Lets people work with one repository. */
export class ContributorPolicy extends Construct {
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: ContributorPolicyProps) {
    super(scope, id);
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `Contributors of ${props.repositoryName}`,
      statements: policyStatements(props.statements),
      groups: props.groups.map((name) => Group.fromGroupName(this, `Group-${name}`, name)),
    });
    acknowledgeStatements(policy, props.statements);
    this.policy = policy;
  }
}
