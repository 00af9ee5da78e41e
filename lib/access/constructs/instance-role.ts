import {
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
  type IManagedPolicy,
  type IRole,
} from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import type { SessionLogs } from './session-logs';

export interface InstanceRoleProps {
  readonly logs: SessionLogs;
}

/**
 * What an instance needs to be reached through Session Manager and to log the sessions, and nothing else.
 *
 * It is less than AmazonSSMManagedInstanceCore, which lets an instance read every parameter of the account, and far less
 * than the AmazonEC2RoleforSSM of old guides, which reads and writes every bucket.
 * Source: "Create an IAM role with minimal Session Manager permissions", Systems Manager User Guide.
 */
export class InstanceRole extends Construct {
  readonly role: IRole;
  /** The same permissions for roles of other instances. */
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const { logs } = props;
    const stack = Stack.of(this);
    const instances = stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' });
    const logObjects = logs.bucket.arnForObjects(`${logs.keyPrefix}/*`);
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'Lets an instance be reached through Session Manager',
      statements: [
        // The agent reports only its own instance: Systems Manager checks the instance that the credentials belong to.
        new PolicyStatement({ actions: ['ssm:UpdateInstanceInformation'], resources: [instances] }),
        new PolicyStatement({
          actions: [
            'ssmmessages:CreateControlChannel',
            'ssmmessages:CreateDataChannel',
            'ssmmessages:OpenControlChannel',
            'ssmmessages:OpenDataChannel',
          ],
          resources: ['*'],
        }),
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: [logs.logGroup.logGroupArn],
        }),
        // It lists log groups to find its own.
        new PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [logObjects] }),
        new PolicyStatement({ actions: ['s3:GetEncryptionConfiguration'], resources: [logs.bucket.bucketArn] }),
        new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [logs.key.keyArn] }),
      ],
    });
    acknowledgeWildcard(
      policy,
      '*',
      'The four channel actions of ssmmessages, and logs:DescribeLogGroups, take no resource but *; none reads or writes a log',
    );
    acknowledgeWildcard(policy, instances, 'An instance reports itself, and its ID does not exist before it does');
    acknowledgeWildcard(
      policy,
      logObjects,
      'Logs are new objects under one prefix of one bucket, named after sessions',
    );
    this.policy = policy;
    this.role = new Role(this, 'Role', {
      description: 'An instance that is reached through Session Manager',
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [policy],
    });
  }
}
