import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';

const RUNBOOK = 'AWSConfigRemediation-EnableEbsEncryptionByDefault';

/** Seconds that a deployment waits for the runbook, which takes about twenty. */
const LONGEST_WAIT = 600;

/**
 * Switches on that every new volume of the account and region is encrypted, and checks it every day. Elastic Beanstalk has no
 * option to encrypt the root volumes of instances; they are encrypted where this is the account's default.
 *
 * It holds for the account, and stays when the stack goes: it only adds encryption. State Manager runs AWS's runbook, as
 * for the default security group (docs/adr/0005).
 */
export class EncryptedVolumes extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const anyExecution = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    const runbookVersions = stack.formatArn({
      service: 'ssm',
      account: '',
      resource: 'automation-definition',
      resourceName: `${RUNBOOK}:*`,
    });
    const role = new Role(this, 'Role', {
      description: 'Switches on encryption of new volumes',
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': anyExecution },
        },
      }),
      inlinePolicies: {
        // Source of the actions: the runbook's page in the Automation Runbook Reference, "Required IAM permissions".
        RunRunbook: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['ec2:EnableEbsEncryptionByDefault', 'ec2:GetEbsEncryptionByDefault'],
              resources: ['*'],
            }),
            new PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [runbookVersions] }),
            new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [anyExecution] }),
          ],
        }),
      },
    });
    acknowledgeWildcard(role, '*', 'Both actions are on a setting of the account, and take no resource but *');
    acknowledgeWildcard(role, runbookVersions, 'One runbook of AWS; the wildcard stands for its versions');
    acknowledgeWildcard(
      role,
      anyExecution,
      'Reads the state of an execution, whose ID does not exist before the runbook has started',
    );
    new CfnAssociation(this, 'Association', {
      name: RUNBOOK,
      parameters: { AutomationAssumeRole: [role.roleArn] },
      scheduleExpression: 'rate(1 day)',
      // No instance starts before it has succeeded.
      waitForSuccessTimeoutSeconds: LONGEST_WAIT,
    });
  }
}
