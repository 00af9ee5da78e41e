import { ArnPrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Permitted } from '../delivery-roles';
import { WrittenRole } from './written-role';

export interface ActionRolesProps {
  readonly pipelineRole: IRole;
}

/** The roles that actions act under, by the names that the plan gives them. Only the pipeline may assume them. */
export class ActionRoles extends Construct {
  private readonly arns = new Map<string, string>();

  private readonly pipelineRole: IRole;

  constructor(scope: Construct, id: string, props: ActionRolesProps) {
    super(scope, id);
    this.pipelineRole = props.pipelineRole;
  }

  add(permitted: Permitted): void {
    const assumedBy = new ArnPrincipal(this.pipelineRole.roleArn);
    const { role } = new WrittenRole(this, permitted.name, { permitted, assumedBy });
    this.arns.set(permitted.name, role.roleArn);
  }

  /** A role that is made elsewhere. */
  use(name: string, roleArn: string): void {
    this.arns.set(name, roleArn);
  }

  /** @throws {Error} for a name that has not been added */
  arnOf(name: string): string {
    const arn = this.arns.get(name);
    if (arn === undefined) throw new Error(`the plan names the role ${name}, and nothing has made it`);
    return arn;
  }
}
