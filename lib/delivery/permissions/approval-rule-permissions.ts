import type { DeliveryNames } from '../delivery-names';
import type { Statement } from '../statement';

/** What the runbook needs that keeps the rule of a repository (docs/adr/0010). */
export function approvalRulePermissions(
  { partition, region, account, repositoryArn }: DeliveryNames,
  runbookName: string,
): Statement[] {
  const ssm = `arn:${partition}:ssm:${region}:${account}`;
  return [
    {
      actions: [
        'codecommit:CreateApprovalRuleTemplate',
        'codecommit:GetApprovalRuleTemplate',
        'codecommit:UpdateApprovalRuleTemplateContent',
      ],
      resources: ['*'],
      because: 'Approval rule templates belong to the account, and their actions take no resource but *',
    },
    { actions: ['codecommit:AssociateApprovalRuleTemplateWithRepository'], resources: [repositoryArn] },
    {
      actions: ['ssm:StartAutomationExecution'],
      resources: [`${ssm}:automation-definition/${runbookName}:*`],
      because: 'One runbook of this stack; the wildcard stands for its versions',
    },
    {
      actions: ['ssm:GetAutomationExecution'],
      resources: [`${ssm}:automation-execution/*`],
      because: 'Reads the state of an execution, whose ID does not exist before the runbook has started',
    },
  ];
}
