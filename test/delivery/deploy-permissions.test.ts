import { deployPermissions } from '../../lib/delivery/permissions/deploy-permissions';
import { actionsOf } from '../support/iam';
import { BEANSTALK_POLICIES } from './beanstalk-policies';

const SITE = { applicationName: 'test-web', beanstalkEnvironmentName: 'test-web-0a1b2c', phpVersion: '8.5' };
const PERMISSIONS = deployPermissions(SITE, {
  partition: 'aws',
  region: 'ap-northeast-1',
  account: '111122223333',
  instanceRoleArn: 'arn:aws:iam::111122223333:role/instance',
  serviceRoleArn: 'arn:aws:iam::111122223333:role/service',
  artifactBucketArn: 'arn:aws:s3:::artifacts',
  keyArn: 'arn:aws:kms:ap-northeast-1:111122223333:key/0f1e2d3c',
});

/**
 * What AWS's two policies allow and the deploy role does not, each entry as AWS writes it, with the reason. Of a pattern, some may be
 * allowed.
 */
const LEFT_OUT: readonly (readonly [reason: string, ...entries: string[]])[] = [
  [
    'a deployment makes a version and updates one environment: everything else of Beanstalk stays as the Web stack made it',
    'elasticbeanstalk:*',
  ],
  [
    'a site has no certificate, database, queue, topic, table, cluster or build that Beanstalk made',
    'acm:Describe*',
    'acm:List*',
    'codebuild:BatchGetBuilds',
    'codebuild:CreateProject',
    'codebuild:DeleteProject',
    'codebuild:StartBuild',
    'dynamodb:CreateTable',
    'dynamodb:DeleteTable',
    'dynamodb:DescribeTable',
    'dynamodb:TagResource',
    'ecs:CreateCluster',
    'ecs:DeleteCluster',
    'ecs:DeregisterTaskDefinition',
    'ecs:Describe*',
    'ecs:DescribeClusters',
    'ecs:List*',
    'ecs:RegisterTaskDefinition',
    'ecs:TagResource',
    'iam:ListServerCertificates',
    'rds:*DBSubnetGroup',
    'rds:AuthorizeDBSecurityGroupIngress',
    'rds:CreateDBInstance',
    'rds:CreateDBSecurityGroup',
    'rds:DeleteDBInstance',
    'rds:DeleteDBSecurityGroup',
    'rds:Describe*',
    'rds:DescribeDBEngineVersions',
    'rds:DescribeDBInstances',
    'rds:DescribeOrderableDBInstanceOptions',
    'rds:ModifyDBInstance',
    'rds:RestoreDBInstanceFromDBSnapshot',
    'sns:CreateTopic',
    'sns:DeleteTopic',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
    'sns:ListTopics',
    'sns:Publish',
    'sns:SetTopicAttributes',
    'sns:Subscribe',
    'sns:Unsubscribe',
    'sqs:*QueueAttributes',
    'sqs:CreateQueue',
    'sqs:DeleteQueue',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ListQueues',
    'sqs:SendMessage',
    'sqs:TagQueue',
  ],
  ['the bundle comes from the artifact bucket', 'codecommit:Get*', 'codecommit:UploadArchive'],
  [
    'for people at the console: what was called, who may do what, what a stack costs, what a log says',
    'cloudformation:Estimate*',
    'cloudtrail:LookupEvents',
    'cloudwatch:ListMetrics',
    'iam:ListAttachedRolePolicies',
    'iam:ListInstanceProfiles',
    'iam:ListRolePolicies',
    'iam:ListRoles',
    'logs:GetLogEvents',
    's3:ListAllMyBuckets',
  ],
  [
    'roles and instance profile are those of the Web stack',
    'iam:AddRoleToInstanceProfile',
    'iam:AttachRolePolicy',
    'iam:CreateInstanceProfile',
    'iam:CreateRole',
    'iam:CreateServiceLinkedRole',
  ],
  [
    'instances are private and have the security group of the Web stack',
    'ec2:AllocateAddress',
    'ec2:AssociateAddress',
    'ec2:AuthorizeSecurityGroup*',
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:CreateSecurityGroup',
    'ec2:DeleteSecurityGroup',
    'ec2:DisassociateAddress',
    'ec2:ReleaseAddress',
    'ec2:RevokeSecurityGroup*',
    'ec2:RevokeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupIngress',
  ],
  ['a tag is given when something is made, and stays', 'ec2:DeleteTags'],
  ['instances are replaced, not started again', 'ec2:RebootInstances'],
  [
    'instances come from a launch template, in every account',
    'autoscaling:CreateLaunchConfiguration',
    'autoscaling:DeleteLaunchConfiguration',
  ],
  [
    'load balancer, listeners and rules are made with the environment, and no version changes them',
    'elasticloadbalancing:*',
    'elasticloadbalancing:*Rule',
    'elasticloadbalancing:*Tags',
    'elasticloadbalancing:ApplySecurityGroupsToLoadBalancer',
    'elasticloadbalancing:ConfigureHealthCheck',
    'elasticloadbalancing:CreateLoadBalancer',
    'elasticloadbalancing:DeleteLoadBalancer',
    'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
    'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
    'elasticloadbalancing:SetRulePriorities',
    'elasticloadbalancing:SetSecurityGroups',
  ],
  ['logs are kept', 'logs:DeleteLogGroup'],
  [
    'the bucket is made with the environment, and who may use it is not for a deployment to say',
    's3:CreateBucket',
    's3:GetBucket*',
    's3:PutBucketOwnershipControls',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
  ],
  [
    'of these, Beanstalk itself uses what is allowed here, when it updates an environment',
    'autoscaling:*',
    'autoscaling:Describe*',
    'cloudformation:*',
    'cloudformation:Describe*',
    'cloudformation:Get*',
    'cloudformation:List*',
    // Among them the keys of VPN connections.
    'ec2:Describe*',
    'elasticloadbalancing:Describe*',
    'logs:Describe*',
    's3:Delete*',
    's3:Get*',
    's3:Put*',
  ],
];

/** Nothing of AWS's two policies: the artifact is encrypted with a key of the pipeline. */
const BEYOND = ['kms:Decrypt', 'kms:DescribeKey'];

const granted = new Set(PERMISSIONS.flatMap(({ actions }) => actions));
const entries = [...new Set(BEANSTALK_POLICIES.flatMap(({ actions }) => actions))];
const leftOut = LEFT_OUT.flatMap(([, ...names]) => names);

/** The entries of AWS's that the role does not allow in full. */
async function notGranted(): Promise<string[]> {
  const found = await Promise.all(entries.map(async (entry) => ({ entry, actions: await actionsOf(entry) })));
  return found.filter(({ actions }) => !actions.every((action) => granted.has(action))).map(({ entry }) => entry);
}

test('IAM knows every action of the two policies: a misspelt one would be no decision', async () => {
  for (const entry of entries) expect([entry, (await actionsOf(entry)).length > 0]).toEqual([entry, true]);
});

test('each action that AWS allows whoever deploys is allowed, or left out for a reason', async () => {
  expect((await notGranted()).sort()).toEqual([...leftOut].sort());
});

test('no action is allowed that AWS does not allow whoever deploys', async () => {
  const known = new Set((await Promise.all(entries.map(actionsOf))).flat());
  expect([...granted].filter((action) => !known.has(action))).toEqual(BEYOND);
});

test('what Beanstalk itself reads when it updates an environment, the role reads as well', () => {
  const [, managedUpdates] = BEANSTALK_POLICIES;
  const services = /^(autoscaling|ec2|elasticloadbalancing|logs):Describe/;
  const reads = managedUpdates?.actions.filter((action) => services.test(action)) ?? [];
  expect(reads.length).toBeGreaterThan(20);
  expect(reads.filter((action) => !granted.has(action))).toEqual([]);
});
