import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation, CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import { approvalRuleRunbook } from '../approval-rule-runbook';

export interface ApprovalRuleProps {
  readonly environmentName: string;
  readonly repository: IRepository;
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
      content: approvalRuleRunbook(`${props.environmentName}-delivery-main`, props.repository.repositoryName),
    });
    const runbookVersions = `${stack.formatArn({ service: 'ssm', account: stack.account, resource: 'automation-definition', resourceName: runbook.ref })}:*`;
    const role = new Role(this, 'Role', {
      description: 'Keeps the rule that pull requests need an approval',
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': anyExecution },
        },
      }),
      inlinePolicies: {
        RunRunbook: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: [
                'codecommit:CreateApprovalRuleTemplate',
                'codecommit:GetApprovalRuleTemplate',
                'codecommit:UpdateApprovalRuleTemplateContent',
              ],
              resources: ['*'],
            }),
            new PolicyStatement({
              actions: ['codecommit:AssociateApprovalRuleTemplateWithRepository'],
              resources: [props.repository.repositoryArn],
            }),
            new PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [runbookVersions] }),
            new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [anyExecution] }),
          ],
        }),
      },
    });
    acknowledgeWildcard(
      role,
      '*',
      'Approval rule templates belong to the account, and their actions take no resource but *',
    );
    acknowledgeWildcard(role, runbookVersions, 'One runbook of this stack; the wildcard stands for its versions');
    acknowledgeWildcard(
      role,
      anyExecution,
      'Reads the state of an execution, whose ID does not exist before the runbook has started',
    );
    new CfnAssociation(this, 'Association', {
      name: runbook.ref,
      parameters: { AutomationAssumeRole: [role.roleArn] },
      scheduleExpression: 'rate(1 day)',
      waitForSuccessTimeoutSeconds: LONGEST_WAIT,
    });
  }
}
