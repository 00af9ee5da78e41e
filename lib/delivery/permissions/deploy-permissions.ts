import type { SiteNames, Site } from '../delivery-names';
import type { Permission } from '../permission';
import { readArtifacts, useKey } from './artifact-permissions';

/** Elastic Beanstalk's own resources of every environment are named so, after an ID that it makes up. */
const OWN_RESOURCES = 'awseb-e-*';
const NAMED_BY_BEANSTALK =
  'Elastic Beanstalk names it after the ID that it gives an environment; resources tagged for another environment are refused';

/** Where the key is another account's. */
const UNKNOWN_KEY =
  "The key's ID is made up in the pipeline's account, and its own policy admits this role for reading artifacts alone";

/** What Beanstalk looks at before and while it updates an environment. None of these takes a resource. */
const READS = [
  'autoscaling:DescribeAccountLimits',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeAutoScalingInstances',
  'autoscaling:DescribeLaunchConfigurations',
  'autoscaling:DescribeLoadBalancers',
  'autoscaling:DescribeLoadBalancerTargetGroups',
  'autoscaling:DescribeNotificationConfigurations',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeScheduledActions',
  'cloudformation:ValidateTemplate',
  'cloudwatch:GetMetricStatistics',
  'ec2:DescribeAccountAttributes',
  'ec2:DescribeAddresses',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeImages',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstanceTypeOfferings',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeKeyPairs',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeLaunchTemplates',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSnapshots',
  'ec2:DescribeSpotInstanceRequests',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcClassicLink',
  'ec2:DescribeVpcs',
  'elasticbeanstalk:CreateStorageLocation',
  'elasticloadbalancing:DescribeInstanceHealth',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'logs:DescribeLogGroups',
];

/**
 * What a deployment of a new version calls, in the name of the action's role: Elastic Beanstalk "uses user permissions to launch
 * resources in an environment", also for an update.
 *
 * The actions are those of AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy, with which Beanstalk itself performs rolling and
 * immutable updates, and what AdministratorAccess-AWSElasticBeanstalk adds to them for whoever deploys, less what a site of this
 * repository does not have. A test holds the role against both policies and gives the reason for each action that is left out
 * (test/delivery/deploy-permissions.test.ts). CodePipeline's own list ("Elastic Beanstalk deploy action reference", CodePipeline
 * User Guide) is `ec2:*`, `s3:*`, … on resources to be filled in.
 */
export function deployPermissions(site: Site, names: SiteNames): Permission[] {
  const { partition, region, account } = names;
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const { applicationName, beanstalkEnvironmentName } = site;
  // The tag is on everything that Beanstalk makes for an environment, and not yet on what it is about to make.
  const ownOrNew = {
    StringEqualsIfExists: { 'aws:ResourceTag/elasticbeanstalk:environment-name': beanstalkEnvironmentName },
  };
  const bucket = `arn:${partition}:s3:::elasticbeanstalk-${region}-${account}`;
  return [
    {
      actions: [
        'elasticbeanstalk:CreateApplicationVersion',
        'elasticbeanstalk:DescribeApplications',
        'elasticbeanstalk:DescribeApplicationVersions',
        'elasticbeanstalk:DescribeConfigurationOptions',
        'elasticbeanstalk:DescribeConfigurationSettings',
        'elasticbeanstalk:DescribeEnvironmentHealth',
        'elasticbeanstalk:DescribeEnvironmentResources',
        'elasticbeanstalk:DescribeEnvironments',
        'elasticbeanstalk:DescribeEvents',
        'elasticbeanstalk:DescribeInstancesHealth',
        'elasticbeanstalk:UpdateEnvironment',
      ],
      resources: [
        arn('elasticbeanstalk', `application/${applicationName}`),
        arn('elasticbeanstalk', `applicationversion/${applicationName}/*`),
        arn('elasticbeanstalk', `environment/${applicationName}/${beanstalkEnvironmentName}`),
      ],
      because: 'CodePipeline names a version when it makes it; the application is one',
    },
    ...bundlePermissions(bucket, names),
    ...resourcePermissions(arn, beanstalkEnvironmentName, ownOrNew),
    ...instancePermissions(arn, names, beanstalkEnvironmentName, ownOrNew),
    {
      actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
      resources: [arn('logs', `log-group:/aws/elasticbeanstalk/${beanstalkEnvironmentName}/*`)],
      because: 'Beanstalk makes a log group for each log file of this one environment',
    },
    {
      actions: READS,
      resources: ['*'],
      because: 'Reads, and the name of the Beanstalk bucket: none of them takes a resource but *',
    },
  ];
}

/** The bundle, from the artifact bucket to the bucket that Beanstalk makes in each account and region. */
function bundlePermissions(bucket: string, { artifactBucketArn, keyArn, region }: SiteNames): Permission[] {
  return [
    ...readArtifacts(artifactBucketArn),
    {
      ...useKey(keyArn, region, ['s3'], ['kms:Decrypt', 'kms:DescribeKey']),
      ...(keyArn.endsWith('*') ? { because: UNKNOWN_KEY } : {}),
    },
    { actions: ['s3:GetBucketLocation', 's3:GetBucketPolicy', 's3:ListBucket'], resources: [bucket] },
    {
      actions: [
        's3:DeleteObject',
        's3:GetObject',
        's3:GetObjectAcl',
        's3:GetObjectVersion',
        's3:GetObjectVersionAcl',
        's3:PutObject',
        's3:PutObjectAcl',
        's3:PutObjectVersionAcl',
      ],
      resources: [`${bucket}/*`],
      because: 'One bucket of the account; Beanstalk and CodePipeline make up the keys of what they keep in it',
    },
  ];
}

function resourcePermissions(
  arn: (service: string, resource: string) => string,
  environmentName: string,
  ownOrNew: Permission['conditions'],
): Permission[] {
  const own = (
    actions: readonly string[],
    service: string,
    resource: string,
    because = NAMED_BY_BEANSTALK,
  ): Permission => ({
    actions,
    resources: [arn(service, resource)],
    conditions: ownOrNew,
    because,
  });
  return [
    own(
      [
        'cloudformation:CancelUpdateStack',
        'cloudformation:ContinueUpdateRollback',
        'cloudformation:CreateStack',
        'cloudformation:DeleteStack',
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStackResource',
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
        'cloudformation:SignalResource',
        // Stacks of environments have tags, and whoever makes or updates them needs these two as well.
        'cloudformation:TagResource',
        'cloudformation:UntagResource',
        'cloudformation:UpdateStack',
      ],
      'cloudformation',
      `stack/${OWN_RESOURCES}`,
    ),
    own(
      [
        'autoscaling:AttachInstances',
        'autoscaling:CreateAutoScalingGroup',
        'autoscaling:CreateOrUpdateTags',
        'autoscaling:DeleteAutoScalingGroup',
        'autoscaling:DeletePolicy',
        'autoscaling:DeleteScheduledAction',
        'autoscaling:DetachInstances',
        'autoscaling:PutNotificationConfiguration',
        'autoscaling:PutScalingPolicy',
        'autoscaling:PutScheduledUpdateGroupAction',
        'autoscaling:ResumeProcesses',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:SuspendProcesses',
        'autoscaling:TerminateInstanceInAutoScalingGroup',
        'autoscaling:UpdateAutoScalingGroup',
      ],
      'autoscaling',
      `autoScalingGroup:*:autoScalingGroupName/${OWN_RESOURCES}`,
    ),
    own(
      [
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:RegisterTargets',
      ],
      'elasticloadbalancing',
      // Target groups have names of 32 characters at most, and Beanstalk's have no e-.
      'targetgroup/awseb-*',
    ),
    own(
      ['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm'],
      'cloudwatch',
      'alarm:awseb-e-*',
    ),
    own(
      ['ec2:CreateLaunchTemplate'],
      'ec2',
      'launch-template/*',
      'EC2 makes up the IDs of launch templates; one that is tagged for another environment is refused',
    ),
    {
      actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:DeleteLaunchTemplate', 'ec2:DeleteLaunchTemplateVersions'],
      resources: [arn('ec2', 'launch-template/*')],
      // Not also untagged ones: those are other people's.
      conditions: { StringEquals: { 'aws:ResourceTag/elasticbeanstalk:environment-name': environmentName } },
      because: 'EC2 makes up the IDs of launch templates; the condition admits those of this environment',
    },
  ];
}

/** New instances beside the old ones, and the end of those that they replace. */
function instancePermissions(
  arn: (service: string, resource: string) => string,
  { partition, region, instanceRoleArn, serviceRoleArn }: SiteNames,
  environmentName: string,
  ownOrNew: Permission['conditions'],
): Permission[] {
  const launched = ['instance', 'network-interface', 'volume'].map((kind) => arn('ec2', `${kind}/*`));
  const launchTemplates = arn('ec2', 'launch-template/*');
  const used = ['security-group', 'subnet'].map((kind) => arn('ec2', `${kind}/*`));
  return [
    {
      actions: ['ec2:RunInstances'],
      resources: [...launched, ...used, launchTemplates, `arn:${partition}:ec2:${region}::image/*`],
      conditions: { ArnLike: { 'ec2:LaunchTemplate': launchTemplates }, ...ownOrNew },
      because:
        'What Auto Scaling starts has no ID yet; only by a launch template of this account, with the role of these instances',
    },
    {
      actions: ['ec2:CreateTags'],
      resources: [...launched, launchTemplates],
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateLaunchTemplate', 'RunInstances'] } },
      because: 'Only while they are created, when they have no ID yet',
    },
    {
      actions: ['ec2:TerminateInstances'],
      resources: [arn('ec2', 'instance/*')],
      conditions: { StringEquals: { 'aws:ResourceTag/elasticbeanstalk:environment-name': environmentName } },
      because: 'Instances come and go; the condition admits those of this environment',
    },
    {
      actions: ['ec2:DescribeInstanceAttribute'],
      resources: [arn('ec2', 'instance/*')],
      conditions: { StringEquals: { 'aws:ResourceTag/elasticbeanstalk:environment-name': environmentName } },
      because: 'Instances come and go; the condition admits those of this environment',
    },
    { actions: ['iam:GetRole'], resources: [instanceRoleArn, serviceRoleArn] },
    {
      actions: ['iam:PassRole'],
      resources: [instanceRoleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
    {
      actions: ['iam:PassRole'],
      resources: [serviceRoleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'elasticbeanstalk.amazonaws.com' } },
    },
  ];
}
