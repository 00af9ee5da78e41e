import {
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
  type IManagedPolicy,
  type IRole,
} from 'aws-cdk-lib/aws-iam';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';

export interface InstanceRoleProps {
  readonly applicationName: string;
  /** The names of the application's environments, `?` for any one character. */
  readonly environmentPattern: string;
  /** ARNs of secrets and parameters that become variables. */
  readonly secretArns: readonly string[];
  /** ARNs of the keys of one's own that encrypt them. */
  readonly secretKeyArns: readonly string[];
  /** What an instance needs besides: Session Manager, the delivery stream. */
  readonly policies: readonly IManagedPolicy[];
}

/**
 * What Beanstalk's programs need on an instance of one application, and nothing else.
 *
 * It is far less than AWSElasticBeanstalkWebTier, which reads and writes every Beanstalk bucket, log group and environment of
 * the account, X-Ray, and since its version 9 may invoke Bedrock models and subscribe in the Marketplace.
 * Source: "Managing Elastic Beanstalk instance profiles", Elastic Beanstalk Developer Guide.
 */
export class InstanceRole extends Construct {
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const { applicationName, environmentPattern } = props;
    const stack = Stack.of(this);
    // Beanstalk makes one bucket in an account and region, and gives it this name.
    const bucket = `arn:${stack.partition}:s3:::elasticbeanstalk-${stack.region}-${stack.account}`;
    const objects = `${bucket}/*`;
    const logObjects = `${bucket}/resources/environments/logs/*`;
    const logGroups = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `/aws/elasticbeanstalk/${environmentPattern}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const beanstalk = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'elasticbeanstalk', resource, resourceName });
    const environments = beanstalk('environment', `${applicationName}/${environmentPattern}`);
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `Lets instances of ${applicationName} be run by Elastic Beanstalk`,
      statements: [
        new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [bucket] }),
        new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [objects] }),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [logObjects] }),
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: [logGroups],
        }),
        // It takes no resource but *.
        new PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
        // Enhanced health.
        new PolicyStatement({
          actions: ['elasticbeanstalk:PutInstanceStatistics'],
          resources: [beanstalk('application', applicationName), environments],
        }),
        ...secretStatements(props),
      ],
    });
    acknowledgeWildcard(
      policy,
      objects,
      'One bucket of this account; Beanstalk keeps versions and configuration under IDs that it makes up',
    );
    acknowledgeWildcard(policy, logObjects, 'Logs are new objects under one prefix, named after instances and times');
    acknowledgeWildcard(policy, logGroups, 'Beanstalk makes a log group for each log file of this one application');
    acknowledgeWildcard(policy, '*', 'logs:DescribeLogGroups, which tells names and takes no resource but *');
    this.role = new Role(this, 'Role', {
      description: `Instances of ${applicationName}`,
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [policy, ...props.policies],
    });
  }
}

/** Reads exactly the secrets that are named. Source: "Required IAM permissions …to access secrets and parameters", same guide. */
function secretStatements({ secretArns, secretKeyArns }: InstanceRoleProps): PolicyStatement[] {
  const reading = [
    { action: 'secretsmanager:GetSecretValue', arns: secretArns.filter((arn) => arn.includes(':secretsmanager:')) },
    { action: 'ssm:GetParameter', arns: secretArns.filter((arn) => arn.includes(':ssm:')) },
    { action: 'kms:Decrypt', arns: secretKeyArns },
  ];
  return reading
    .filter(({ arns }) => arns.length > 0)
    .map(({ action, arns }) => new PolicyStatement({ actions: [action], resources: [...new Set(arns)] }));
}
