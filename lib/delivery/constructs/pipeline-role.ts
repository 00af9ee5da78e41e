import { Policy, Role, ServicePrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { Permitted } from '../delivery-roles';
import { acknowledgeWildcards, policyStatements } from './written-policy';
import { describeRole } from './written-role';

export interface PipelineRoleProps {
  readonly permitted: Permitted;
  /** Only where another account must know it. */
  readonly roleName: string | undefined;
}

/** What the pipeline acts under. Actions' roles trust it, and it may assume them: so its permissions are given afterwards. */
export class PipelineRole extends Construct {
  readonly role: IRole;
  private readonly own: Role;
  private readonly permitted: Permitted;

  constructor(scope: Construct, id: string, props: PipelineRoleProps) {
    super(scope, id);
    this.permitted = props.permitted;
    this.own = new Role(this, 'Role', {
      roleName: props.roleName,
      description: describeRole(props.permitted),
      assumedBy: new ServicePrincipal('codepipeline.amazonaws.com', {
        // Source: "Cross-service confused deputy prevention", CodePipeline User Guide.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.role = this.own.withoutPolicyUpdates();
  }

  /** @returns what a pipeline must wait for, because its first execution begins as soon as it is there */
  permit(): IDependable {
    const { permissions } = this.permitted;
    const policy = new Policy(this, 'Permissions', { roles: [this.own], statements: policyStatements(permissions) });
    acknowledgeWildcards(policy, permissions);
    return policy;
  }
}
