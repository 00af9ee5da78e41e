import { PolicyDocument, Role, type IPrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Statement } from '../statement';
import { acknowledgeStatements, policyStatements } from './written-policy';

export interface WrittenRoleProps {
  readonly description: string;
  readonly assumedBy: IPrincipal;
  readonly statements: readonly Statement[];
  /** Only where another account must know it. */
  readonly roleName?: string | undefined;
}

/** A role with exactly the permissions that are written down. */
export class WrittenRole extends Construct {
  /** The CDK's own wishes for it come to nothing. */
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: WrittenRoleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: props.roleName,
      description: props.description,
      assumedBy: props.assumedBy,
      inlinePolicies: { Permissions: new PolicyDocument({ statements: policyStatements(props.statements) }) },
    });
    acknowledgeStatements(role, props.statements);
    this.role = role.withoutPolicyUpdates();
  }
}
