import { Policy, PolicyStatement, Role, type IRole } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IDependable } from 'constructs';
import type { RunbookArns } from '../runbook-arns';
import { acknowledgeWildcard } from './acknowledge';
import { automationPrincipal } from './automation-principal';

export interface DailyAssociationProps {
  readonly runbook: string;
  readonly arns: RunbookArns;
  /** What the runbook acts under; it trusts `automationPrincipal`. */
  readonly role: IRole;
  readonly parameters?: Readonly<Record<string, readonly string[]>> | undefined;
  /** `$LATEST` for a runbook of one's own, whose new version need not become its default. */
  readonly documentVersion?: string;
  /** Seconds that a deployment waits for its first success; it does not wait without it. */
  readonly waitSeconds?: number | undefined;
}

/**
 * Has State Manager run a runbook at once and every day, under a role of its own that may start this runbook, pass on its role,
 * and nothing else. Without one State Manager would use its service-linked role, which may do far more and is being phased out.
 * Source: `AssociationDispatchAssumeRole`, Systems Manager API Reference, and "Automation dispatch role", User Guide (docs/adr/0017).
 */
export class DailyAssociation extends Construct {
  private readonly association: CfnAssociation;

  constructor(scope: Construct, id: string, props: DailyAssociationProps) {
    super(scope, id);
    const { runbook, arns, role } = props;
    const dispatcher = new Role(this, 'Role', {
      description: `Starts ${runbook}`,
      assumedBy: automationPrincipal(this),
    });
    const policy = new Policy(this, 'Policy', {
      roles: [dispatcher],
      statements: [
        new PolicyStatement({
          actions: ['ssm:StartAutomationExecution'],
          resources: [arns.document, arns.versions, arns.executions],
        }),
        new PolicyStatement({
          actions: ['ssm:GetAutomationExecution', 'ssm:StopAutomationExecution'],
          resources: [arns.executions],
        }),
        new PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [role.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
        }),
      ],
    });
    acknowledgeWildcard(policy, arns.versions, 'One runbook; the wildcard stands for its versions');
    acknowledgeWildcard(policy, arns.executions, 'The ID of an execution does not exist before it has started');
    this.association = new CfnAssociation(this, 'Association', {
      name: runbook,
      documentVersion: props.documentVersion,
      parameters: { AutomationAssumeRole: [role.roleArn], ...props.parameters },
      scheduleExpression: 'rate(1 day)',
      waitForSuccessTimeoutSeconds: props.waitSeconds,
    });
    // The CDK does not know it yet.
    this.association.addPropertyOverride('AssociationDispatchAssumeRole', dispatcher.roleArn);
    // The first run follows at once, and finds no role that is a few seconds old; it would be tried again a day later. IAM takes
    // its time for a policy, too.
    this.association.node.addDependency(policy);
  }

  /** Has the first run wait for what takes minutes to make, so that the roles are known everywhere by then. */
  runAfter(...slow: IDependable[]): void {
    this.association.node.addDependency(...slow);
  }
}
