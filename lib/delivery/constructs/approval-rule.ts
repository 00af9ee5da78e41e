import { PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { automationPrincipal } from '../../foundation/constructs/automation-principal';
import { DailyAssociation } from '../../foundation/constructs/daily-association';
import { runbookArns } from '../../foundation/runbook-arns';
import { approvalRuleRunbook, type ApprovalRuleParameters } from '../approval-rule-runbook';
import type { DeliveryNames } from '../delivery-names';
import type { Permitted } from '../delivery-roles';
import { acknowledgeWildcards, policyStatements } from './written-policy';
import { describeRole } from './written-role';

export interface ApprovalRuleProps {
  /** Its permissions name the runbook of this construct. */
  readonly permitted: Permitted;
  readonly names: Pick<DeliveryNames, 'environmentName' | 'repositoryName'>;
  /** How many people must approve. */
  readonly approvals: number;
}

/** Seconds that a deployment waits for the runbook, which takes about ten. */
const LONGEST_WAIT = 600;

/**
 * Pull requests to main need approvals. CloudFormation knows no approval rule templates, so State Manager runs a runbook that
 * makes one, at once and every day, as for the default security group of a VPC (docs/adr/0005, 0010).
 */
export class ApprovalRule extends Construct {
  readonly runbookName: string;
  private readonly daily: DailyAssociation;

  constructor(scope: Construct, id: string, props: ApprovalRuleProps) {
    super(scope, id);
    const { permitted, names } = props;
    const runbook = new CfnDocument(this, 'Runbook', {
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: approvalRuleRunbook(`${names.environmentName}-delivery-main`, names.repositoryName),
    });
    this.runbookName = runbook.ref;
    const role = new Role(this, 'Role', {
      description: describeRole(permitted),
      assumedBy: automationPrincipal(this),
      inlinePolicies: { RunRunbook: new PolicyDocument({ statements: policyStatements(permitted.permissions) }) },
    });
    acknowledgeWildcards(role, permitted.permissions);
    const parameters: Omit<ApprovalRuleParameters, 'AutomationAssumeRole'> = { Approvals: [String(props.approvals)] };
    this.daily = new DailyAssociation(this, 'Daily', {
      runbook: runbook.ref,
      arns: runbookArns(runbook.ref, 'account', Stack.of(this)),
      role,
      parameters: { ...parameters },
      // CloudFormation makes a changed runbook a new version, and not always the default one (coverage roadmap, issue 2539).
      documentVersion: '$LATEST',
      waitSeconds: LONGEST_WAIT,
    });
  }

  /** Has the first run come after something slow: a new role cannot be assumed at once, and a failed run waits for a day. */
  runAfter(slow: IDependable): void {
    this.daily.runAfter(slow);
  }
}
