import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation, CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
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
  private readonly association: CfnAssociation;

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
      // Not aws:SourceArn: State Manager and Automation both assume it, and which ARN either of them sends is not documented.
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: { RunRunbook: new PolicyDocument({ statements: policyStatements(permitted.permissions) }) },
    });
    acknowledgeWildcards(role, permitted.permissions);
    const parameters: ApprovalRuleParameters = {
      AutomationAssumeRole: [role.roleArn],
      Approvals: [String(props.approvals)],
    };
    this.association = new CfnAssociation(this, 'Association', {
      name: runbook.ref,
      // CloudFormation makes a changed runbook a new version, and not always the default one (coverage roadmap, issue 2539).
      documentVersion: '$LATEST',
      parameters: { ...parameters },
      scheduleExpression: 'rate(1 day)',
      waitForSuccessTimeoutSeconds: LONGEST_WAIT,
    });
  }

  /** Has the first run come after something slow: a new role cannot be assumed at once, and a failed run waits for a day. */
  runAfter(slow: IDependable): void {
    this.association.node.addDependency(slow);
  }
}
