import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge';

export interface DailyRunbookProps {
  /** The name of a runbook of AWS. */
  readonly runbook: string;
  /** What it is run for. */
  readonly description: string;
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
  /** What the runbook calls. Source: its page in the Automation Runbook Reference, "Required IAM permissions". */
  readonly statements: readonly PolicyStatement[];
  /** Why some of those actions take no resource but `*`. */
  readonly because: string;
  /** Seconds that a deployment waits for its first success; it does not wait without it. */
  readonly waitSeconds?: number;
}

/**
 * Has State Manager run a runbook of AWS, at once and every day: for what CloudFormation cannot do, without code of our own
 * that runs in the account (docs/adr/0005).
 */
export class DailyRunbook extends Construct {
  constructor(scope: Construct, id: string, props: DailyRunbookProps) {
    super(scope, id);
    const { runbook } = props;
    const stack = Stack.of(this);
    const anyExecution = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    const runbookVersions = stack.formatArn({
      service: 'ssm',
      account: '',
      resource: 'automation-definition',
      resourceName: `${runbook}:*`,
    });
    const role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': anyExecution },
        },
      }),
      inlinePolicies: {
        RunRunbook: new PolicyDocument({
          statements: [
            ...props.statements,
            new PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [runbookVersions] }),
            new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [anyExecution] }),
          ],
        }),
      },
    });
    acknowledgeWildcard(role, '*', props.because);
    acknowledgeWildcard(role, runbookVersions, 'One runbook of AWS; the wildcard stands for its versions');
    acknowledgeWildcard(
      role,
      anyExecution,
      'Reads the state of an execution, whose ID does not exist before the runbook has started',
    );
    new CfnAssociation(this, 'Association', {
      name: runbook,
      parameters: { AutomationAssumeRole: [role.roleArn], ...props.parameters },
      scheduleExpression: 'rate(1 day)',
      waitForSuccessTimeoutSeconds: props.waitSeconds,
    });
  }
}
