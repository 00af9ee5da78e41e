import { MAIN } from './delivery-names';

/** Somebody must agree; CodeCommit does not let the author of a pull request be the one. */
const APPROVALS = 1;

/**
 * A runbook that makes an approval rule template what it should be, and has a repository use it. Run again it changes nothing.
 * Source: "Systems Manager Automation actions reference", and `CreateApprovalRuleTemplate`, CodeCommit API Reference.
 */
export function approvalRuleRunbook(templateName: string, repositoryName: string): object {
  const approvalRuleTemplateName = templateName;
  const content = JSON.stringify({
    Version: '2018-11-08',
    DestinationReferences: [`refs/heads/${MAIN}`],
    Statements: [{ Type: 'Approvers', NumberOfApprovalsNeeded: APPROVALS }],
  });
  const step = (name: string, Api: string, inputs: object, flow: object): object => ({
    name,
    action: 'aws:executeAwsApi',
    inputs: { Service: 'codecommit', Api, approvalRuleTemplateName, ...inputs },
    ...flow,
  });
  return {
    schemaVersion: '0.3',
    description: `Pull requests to ${MAIN} need ${APPROVALS} approval`,
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: { AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn', description: 'The role that it acts under' } },
    mainSteps: [
      // Not there yet is no failure.
      step('Find', 'GetApprovalRuleTemplate', {}, { onFailure: 'step:Create', isCritical: false, nextStep: 'Update' }),
      step('Update', 'UpdateApprovalRuleTemplateContent', { newRuleContent: content }, { nextStep: 'Associate' }),
      step('Create', 'CreateApprovalRuleTemplate', { approvalRuleTemplateContent: content }, { nextStep: 'Associate' }),
      step('Associate', 'AssociateApprovalRuleTemplateWithRepository', { repositoryName }, { isEnd: true }),
    ],
  };
}
