import { FlowLog, FlowLogDestination, FlowLogResourceType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { StackKey } from '../../foundation/constructs/stack-key';

export interface FlowLogsProps {
  readonly vpc: IVpc;
  /** A number of days that CloudWatch Logs knows. */
  readonly retentionDays: number;
  /** Of the log group and its key. */
  readonly removalPolicy: RemovalPolicy;
}

/** Records every accepted and rejected connection of a VPC in an encrypted log group. */
export class FlowLogs extends Construct {
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { removalPolicy } = props;
    this.logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey: new StackKey(this, 'Key', { purpose: 'Flow logs', removalPolicy }),
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.retentionDays,
      removalPolicy,
    });
    const role = this.deliveryRole();
    new FlowLog(this, 'FlowLog', {
      resourceType: FlowLogResourceType.fromVpc(props.vpc),
      // Without policy updates: the CDK would let the role pass itself on, which delivery does not need.
      destination: FlowLogDestination.toCloudWatchLogs(this.logGroup, role.withoutPolicyUpdates()),
    });
  }

  /** Source of the actions: "IAM role for publishing flow logs to CloudWatch Logs", Amazon VPC User Guide. */
  private deliveryRole(): Role {
    const { account } = Stack.of(this);
    return new Role(this, 'Role', {
      description: 'Writes VPC flow logs to their log group',
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'ec2',
              resource: 'vpc-flow-log',
              resourceName: '*',
            }),
          },
        },
      }),
      inlinePolicies: {
        Deliver: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              resources: [this.logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
  }
}
