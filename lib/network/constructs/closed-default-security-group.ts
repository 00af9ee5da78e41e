import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';

const RUNBOOK = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

export interface ClosedDefaultSecurityGroupProps {
  /** The group that AWS made with the VPC. */
  readonly securityGroupId: string;
}

/**
 * Takes all rules from a VPC's default security group, once when it is created and again every day, so that nothing can
 * be reached by forgetting to choose a group. CloudFormation cannot do it, and the CDK's own way is a custom resource
 * that runs once; here State Manager runs AWS's runbook (docs/adr/0005).
 */
export class ClosedDefaultSecurityGroup extends Construct {
  constructor(scope: Construct, id: string, props: ClosedDefaultSecurityGroupProps) {
    super(scope, id);
    const { securityGroupId } = props;
    const stack = Stack.of(this);
    const anyExecution = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    const runbookVersions = stack.formatArn({
      service: 'ssm',
      account: '',
      resource: 'automation-definition',
      resourceName: `${RUNBOOK}:*`,
    });
    const role = new Role(this, 'Role', {
      description: 'Removes the rules of one default security group',
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
              actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
              resources: [
                stack.formatArn({ service: 'ec2', resource: 'security-group', resourceName: securityGroupId }),
              ],
            }),
            new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }),
            new PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [runbookVersions] }),
            new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [anyExecution] }),
          ],
        }),
      },
    });
    acknowledgeWildcard(role, '*', 'ec2:DescribeSecurityGroups, which only reads, takes no resource but *');
    acknowledgeWildcard(role, runbookVersions, 'One runbook of AWS; the wildcard stands for its versions');
    acknowledgeWildcard(
      role,
      anyExecution,
      'Reads the state of an execution, whose ID does not exist before the runbook has started',
    );
    new CfnAssociation(this, 'Association', {
      name: RUNBOOK,
      parameters: { AutomationAssumeRole: [role.roleArn], GroupId: [securityGroupId] },
      scheduleExpression: 'rate(1 day)',
    });
  }
}
