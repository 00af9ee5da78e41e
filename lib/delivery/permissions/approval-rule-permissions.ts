import type { DeliveryNames } from '../delivery-names';
import type { Permission } from '../permission';

/** What the runbook needs that keeps the rule of a repository (docs/adr/0010). */
export function approvalRulePermissions(
  { partition, region, account, repositoryArn }: DeliveryNames,
  runbookName: string,
): Permission[] {
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
      // Both the runbook and the execution that is started. Source: "Actions, resources, and condition keys for AWS Systems
      // Manager", Service Authorization Reference, which has the third, older one as well.
      actions: ['ssm:StartAutomationExecution'],
      resources: [
        `${ssm}:document/${runbookName}`,
        `${ssm}:automation-execution/*`,
        `${ssm}:automation-definition/${runbookName}:*`,
      ],
      because:
        'One runbook of this stack: the wildcards stand for its versions, and for an execution that has no ID yet',
    },
    {
      actions: ['ssm:GetAutomationExecution'],
      resources: [`${ssm}:automation-execution/*`],
      because: 'Reads the state of an execution, whose ID does not exist before the runbook has started',
    },
  ];
}
