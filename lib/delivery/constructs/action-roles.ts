import { ArnPrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Statement } from '../statement';
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

  add(name: string, description: string, statements: readonly Statement[]): void {
    const { role } = new WrittenRole(this, name, {
      description,
      assumedBy: new ArnPrincipal(this.pipelineRole.roleArn),
      statements,
    });
    this.arns.set(name, role.roleArn);
  }

  /** A role that is made elsewhere. */
  use(name: string, roleArn: string): void {
    this.arns.set(name, roleArn);
  }

  get all(): string[] {
    return [...this.arns.values()];
  }

  /** @throws {Error} for a name that has not been added */
  arnOf(name: string): string {
    const arn = this.arns.get(name);
    if (arn === undefined) throw new Error(`the plan names the role ${name}, and nothing has made it`);
    return arn;
  }
}
