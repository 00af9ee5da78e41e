import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DailyRunbook } from '../../foundation/constructs/daily-runbook';

export interface ClosedDefaultSecurityGroupProps {
  /** The group that AWS made with the VPC. */
  readonly securityGroupId: string;
}

/**
 * Takes all rules from a VPC's default security group, once when it is created and again every day, so that nothing can
 * be reached by forgetting to choose a group. CloudFormation cannot do it, and the CDK's own way is a custom resource
 * that runs once; here State Manager runs AWS's runbook (docs/adr/0005).
 */
export class ClosedDefaultSecurityGroup extends DailyRunbook {
  constructor(scope: Construct, id: string, props: ClosedDefaultSecurityGroupProps) {
    const { securityGroupId } = props;
    const group = Stack.of(scope).formatArn({
      service: 'ec2',
      resource: 'security-group',
      resourceName: securityGroupId,
    });
    super(scope, id, {
      runbook: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
      description: 'Removes the rules of one default security group',
      parameters: { GroupId: [securityGroupId] },
      statements: [
        new PolicyStatement({
          actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
          resources: [group],
        }),
        new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }),
      ],
      because: 'ec2:DescribeSecurityGroups, which only reads, takes no resource but *',
    });
  }
}
