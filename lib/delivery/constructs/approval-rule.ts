import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation, CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { approvalRuleRunbook } from '../approval-rule-runbook';
import type { DeliveryNames } from '../delivery-names';
import { approvalRulePermissions } from '../permissions/approval-rule-permissions';
import { acknowledgeStatements, policyStatements } from './written-policy';

export interface ApprovalRuleProps {
  readonly names: DeliveryNames;
}

/** Seconds that a deployment waits for the runbook, which takes about ten. */
const LONGEST_WAIT = 600;

/**
 * Pull requests to main need an approval. CloudFormation knows no approval rule templates, so State Manager runs a runbook that
 * makes one, at once and every day, as for the default security group of a VPC (docs/adr/0005, 0010).
 */
export class ApprovalRule extends Construct {
  constructor(scope: Construct, id: string, props: ApprovalRuleProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const anyExecution = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    const runbook = new CfnDocument(this, 'Runbook', {
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: approvalRuleRunbook(`${props.names.environmentName}-delivery-main`, props.names.repositoryName),
    });
    const statements = approvalRulePermissions(props.names, runbook.ref);
    const role = new Role(this, 'Role', {
      description: 'Keeps the rule that pull requests need an approval',
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': anyExecution },
        },
      }),
      inlinePolicies: { RunRunbook: new PolicyDocument({ statements: policyStatements(statements) }) },
    });
    acknowledgeStatements(role, statements);
    new CfnAssociation(this, 'Association', {
      name: runbook.ref,
      parameters: { AutomationAssumeRole: [role.roleArn] },
      scheduleExpression: 'rate(1 day)',
      waitForSuccessTimeoutSeconds: LONGEST_WAIT,
    });
  }
}
