import { MAIN } from './delivery-names';

/** What whoever runs the runbook tells it: the role, and the number of approvals. */
export interface ApprovalRuleParameters {
  readonly AutomationAssumeRole: readonly [string];
  readonly Approvals: readonly [string];
}

/**
 * A runbook that makes an approval rule template what it should be, and has a repository use it. Run again with the same number it
 * changes nothing. CodeCommit does not let the author of a pull request be one of those who approve it.
 *
 * The number is a parameter, because a changed parameter makes State Manager run the runbook at once.
 * Source: "Systems Manager Automation actions reference", and `CreateApprovalRuleTemplate`, CodeCommit API Reference.
 */
export function approvalRuleRunbook(templateName: string, repositoryName: string): object {
  const approvalRuleTemplateName = templateName;
  const content = JSON.stringify({
    Version: '2018-11-08',
    DestinationReferences: [`refs/heads/${MAIN}`],
    Statements: [{ Type: 'Approvers', NumberOfApprovalsNeeded: 'APPROVALS' }],
  }).replace('"APPROVALS"', '{{ Approvals }} '); // A number, and no third brace behind it.
  const step = (name: string, Api: string, inputs: object, flow: object): object => ({
    name,
    action: 'aws:executeAwsApi',
    inputs: { Service: 'codecommit', Api, approvalRuleTemplateName, ...inputs },
    ...flow,
  });
  return {
    schemaVersion: '0.3',
    description: `Pull requests to ${MAIN} need approvals`,
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: {
      AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn', description: 'The role that it acts under' },
      Approvals: { type: 'String', description: 'How many', allowedPattern: '^[1-9]$' },
    },
    mainSteps: [
      // Not there yet is no failure.
      step('Find', 'GetApprovalRuleTemplate', {}, { onFailure: 'step:Create', isCritical: false, nextStep: 'Update' }),
      step('Update', 'UpdateApprovalRuleTemplateContent', { newRuleContent: content }, { nextStep: 'Associate' }),
      step('Create', 'CreateApprovalRuleTemplate', { approvalRuleTemplateContent: content }, { nextStep: 'Associate' }),
      step('Associate', 'AssociateApprovalRuleTemplateWithRepository', { repositoryName }, { isEnd: true }),
    ],
  };
}
