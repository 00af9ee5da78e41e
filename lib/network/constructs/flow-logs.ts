import { FlowLog, FlowLogDestination, FlowLogResourceType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type ILogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ArnFormat, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface FlowLogsProps {
  readonly vpc: IVpc;
  readonly retention: RetentionDays;
  /** Of the log group and its key. */
  readonly removalPolicy: RemovalPolicy;
}

/** Records every accepted and rejected connection of a VPC in an encrypted log group. */
export class FlowLogs extends Construct {
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Flow logs of ${Stack.of(this).stackName}`,
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy,
    });
    key.addToResourcePolicy(this.useByCloudWatchLogs());
    this.logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey: key,
      retention: props.retention,
      removalPolicy: props.removalPolicy,
    });
    const role = this.deliveryRole();
    new FlowLog(this, 'FlowLog', {
      resourceType: FlowLogResourceType.fromVpc(props.vpc),
      // Without policy updates: the CDK would let the role pass itself on, which delivery does not need.
      destination: FlowLogDestination.toCloudWatchLogs(this.logGroup, role.withoutPolicyUpdates()),
    });
  }

  /** CloudWatch Logs may use the key for the log groups of this stack, whose generated names start with its name. */
  private useByCloudWatchLogs(): PolicyStatement {
    const { region, stackName } = Stack.of(this);
    const logGroups = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${stackName}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
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
