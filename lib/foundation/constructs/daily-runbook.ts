import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { runbookArns } from '../runbook-arns';
import { acknowledgeWildcard } from './acknowledge';
import { automationPrincipal } from './automation-principal';
import { DailyAssociation } from './daily-association';

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
  private readonly daily: DailyAssociation;

  constructor(scope: Construct, id: string, props: DailyRunbookProps) {
    super(scope, id);
    const { runbook, parameters, waitSeconds } = props;
    const arns = runbookArns(runbook, 'aws', Stack.of(this));
    const role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: automationPrincipal(this),
      inlinePolicies: {
        RunRunbook: new PolicyDocument({
          statements: [
            ...props.statements,
            new PolicyStatement({
              actions: ['ssm:StartAutomationExecution'],
              resources: [arns.document, arns.versions, arns.executions],
            }),
            new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [arns.executions] }),
          ],
        }),
      },
    });
    acknowledgeWildcard(role, '*', props.because);
    acknowledgeWildcard(role, arns.versions, 'One runbook of AWS; the wildcard stands for its versions');
    acknowledgeWildcard(
      role,
      arns.executions,
      'Starts an execution and reads its state; its ID does not exist before the runbook has started',
    );
    this.daily = new DailyAssociation(this, 'Daily', { runbook, arns, role, parameters, waitSeconds });
  }

  /** Has the first run wait for what takes minutes to make, so that its roles are known everywhere by then. */
  runAfter(...slow: IDependable[]): void {
    this.daily.runAfter(...slow);
  }
}
