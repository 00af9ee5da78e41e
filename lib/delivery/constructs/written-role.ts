import { PolicyDocument, Role, type IPrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Permitted } from '../delivery-roles';
import { acknowledgeWildcards, policyStatements } from './written-policy';

export interface WrittenRoleProps {
  readonly permitted: Permitted;
  readonly assumedBy: IPrincipal;
  /** Only where another account must know it. */
  readonly roleName?: string | undefined;
}

/** A role with exactly the permissions that are written down. */
export class WrittenRole extends Construct {
  /** The CDK's own wishes for it come to nothing. */
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: WrittenRoleProps) {
    super(scope, id);
    const { permissions } = props.permitted;
    const role = new Role(this, 'Role', {
      roleName: props.roleName,
      description: describeRole(props.permitted),
      assumedBy: props.assumedBy,
      inlinePolicies: { Permissions: new PolicyDocument({ statements: policyStatements(permissions) }) },
    });
    acknowledgeWildcards(role, permissions);
    this.role = role.withoutPolicyUpdates();
  }
}

/** `Deploys to dev-web-0a1b2c` */
export function describeRole({ duty }: Permitted): string {
  return duty.charAt(0).toUpperCase() + duty.slice(1);
}
