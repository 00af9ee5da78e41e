import { LOG_RETENTION_DAYS } from '../web-settings';

/** The values that an option takes: what to call them, and which they are. */
export interface Accepted {
  readonly noun: string;
  readonly test: (value: string) => boolean;
}

export interface KnownNamespace {
  /** Ends in `:*` where a port or the name of a rule follows. */
  readonly namespace: string;
  /** By name; the one key `*` for a namespace whose option names are free. */
  readonly options: Readonly<Record<string, Accepted>>;
}

function words(...accepted: string[]): Accepted {
  return { noun: `one of ${accepted.join(', ')}`, test: (value) => accepted.includes(value) };
}

function whole(least: number, most: number): Accepted {
  return {
    noun: `a whole number from ${least} to ${most}`,
    test: (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most,
  };
}

function text(pattern: RegExp, noun: string): Accepted {
  return { noun, test: (value) => pattern.test(value) };
}

const TRUTH = words('true', 'false');
const NAME_OR_ARN = text(/^[\w+=,.@/:-]{1,2048}$/, 'a name or an ARN');
const SUBNETS = text(/^subnet-[0-9a-f]+(,subnet-[0-9a-f]+)*$/, 'IDs of subnets with commas between');
const GROUPS = text(/^sg-[0-9a-f]+(,sg-[0-9a-f]+)*$/, 'IDs of security groups with commas between');
const RETENTION = words(...LOG_RETENTION_DAYS.map(String));
const RULES = text(/^[A-Za-z0-9]+(,[A-Za-z0-9]+)*$/, 'names of rules with commas between');

/**
 * Every option that this stack sets, and the values that it takes, as they were on 23 November 2026.
 * Source: "General options for all environments" and, for PHP, "Platform specific options" in the Elastic Beanstalk Developer
 * Guide. An option that is not here is not set: add it here, from there.
 */
export const KNOWN_OPTIONS: readonly KnownNamespace[] = [
  { namespace: 'aws:autoscaling:asg', options: { MinSize: whole(1, 10_000), MaxSize: whole(1, 10_000) } },
  {
    namespace: 'aws:autoscaling:launchconfiguration',
    options: {
      DisableDefaultEC2SecurityGroup: TRUTH,
      DisableIMDSv1: TRUTH,
      IamInstanceProfile: NAME_OR_ARN,
      // Source: "Tag propagation to launch templates"; false unless set. Set later it replaces instances.
      LaunchTemplateTagPropagationEnabled: TRUTH,
      RootVolumeSize: whole(10, 16_384),
      RootVolumeType: words('standard', 'gp2', 'gp3', 'io1'),
      SecurityGroups: GROUPS,
    },
  },
  {
    namespace: 'aws:autoscaling:trigger',
    options: {
      BreachDuration: whole(1, 600),
      EvaluationPeriods: whole(1, 600),
      LowerThreshold: whole(0, 20_000_000),
      // Without those that a shared load balancer does not have.
      MeasureName: words(
        'CPUUtilization',
        'NetworkIn',
        'NetworkOut',
        'DiskWriteOps',
        'DiskReadBytes',
        'DiskReadOps',
        'DiskWriteBytes',
      ),
      Period: whole(1, 600),
      Statistic: words('Minimum', 'Maximum', 'Sum', 'Average'),
      Unit: words(
        'Seconds',
        'Percent',
        'Bytes',
        'Bits',
        'Count',
        'Bytes/Second',
        'Bits/Second',
        'Count/Second',
        'None',
      ),
      UpperThreshold: whole(0, 20_000_000),
    },
  },
  {
    namespace: 'aws:autoscaling:updatepolicy:rollingupdate',
    options: { RollingUpdateEnabled: TRUTH, RollingUpdateType: words('Time', 'Health', 'Immutable') },
  },
  {
    namespace: 'aws:ec2:instances',
    options: {
      EnableSpot: TRUTH,
      InstanceTypes: text(/^[a-z][a-z0-9-]*\.[a-z0-9-]+(,[a-z][a-z0-9-]*\.[a-z0-9-]+)*$/, 'EC2 instance types'),
      SupportedArchitectures: words('arm64', 'x86_64'),
    },
  },
  {
    namespace: 'aws:ec2:vpc',
    options: {
      AssociatePublicIpAddress: TRUTH,
      ELBScheme: words('public', 'internal'),
      ELBSubnets: SUBNETS,
      Subnets: SUBNETS,
      VPCId: text(/^vpc-[0-9a-f]+$/, 'the ID of a VPC'),
    },
  },
  {
    namespace: 'aws:elasticbeanstalk:application:environment',
    options: { '*': text(/^[^\p{Cc}]{1,256}$/u, 'a text of at most 256 characters') },
  },
  {
    namespace: 'aws:elasticbeanstalk:application:environmentsecrets',
    options: { '*': text(/^arn:[a-z-]+:(secretsmanager|ssm):/, 'the ARN of a secret or a parameter') },
  },
  {
    namespace: 'aws:elasticbeanstalk:cloudwatch:logs',
    options: { DeleteOnTerminate: TRUTH, RetentionInDays: RETENTION, StreamLogs: TRUTH },
  },
  {
    namespace: 'aws:elasticbeanstalk:cloudwatch:logs:health',
    options: { DeleteOnTerminate: TRUTH, HealthStreamingEnabled: TRUTH, RetentionInDays: RETENTION },
  },
  {
    namespace: 'aws:elasticbeanstalk:command',
    options: {
      BatchSize: whole(1, 100),
      BatchSizeType: words('Percentage', 'Fixed'),
      DeploymentPolicy: words('AllAtOnce', 'Rolling', 'RollingWithAdditionalBatch', 'Immutable', 'TrafficSplitting'),
      IgnoreHealthCheck: TRUTH,
    },
  },
  // Options of one's own, for `Fn::GetOptionSetting` in .ebextensions. The range is EC2's, of HttpPutResponseHopLimit.
  { namespace: 'aws:elasticbeanstalk:customoption', options: { MetadataHops: whole(1, 64) } },
  {
    // Source: "Platform specific options", PHP.
    namespace: 'aws:elasticbeanstalk:container:php:phpini',
    options: {
      composer_options: text(/^\S.*$/, 'options of composer install'),
      display_errors: words('On', 'Off'),
      document_root: text(/^\/[\w/.-]*$/, 'a folder of the bundle'),
      max_execution_time: whole(0, 86_400),
      memory_limit: text(/^\d+[KMG]$/, 'an amount of memory such as 256M'),
    },
  },
  {
    namespace: 'aws:elasticbeanstalk:environment',
    options: {
      EnvironmentType: words('SingleInstance', 'LoadBalanced'),
      LoadBalancerIsShared: TRUTH,
      LoadBalancerType: words('classic', 'application', 'network'),
      ServiceRole: NAME_OR_ARN,
    },
  },
  {
    namespace: 'aws:elasticbeanstalk:environment:process:default',
    options: {
      DeregistrationDelay: whole(0, 3600),
      HealthCheckInterval: whole(5, 300),
      HealthCheckPath: text(/^\/\S*$/, 'a path'),
      HealthCheckTimeout: whole(1, 60),
      HealthyThresholdCount: whole(2, 10),
      MatcherHTTPCode: whole(200, 499),
      Port: whole(1, 65_535),
      Protocol: words('HTTP', 'HTTPS'),
      UnhealthyThresholdCount: whole(2, 10),
    },
  },
  {
    namespace: 'aws:elasticbeanstalk:healthreporting:system',
    options: { EnhancedHealthAuthEnabled: TRUTH, SystemType: words('basic', 'enhanced') },
  },
  { namespace: 'aws:elasticbeanstalk:hostmanager', options: { LogPublicationControl: TRUTH } },
  {
    namespace: 'aws:elasticbeanstalk:managedactions',
    options: {
      ManagedActionsEnabled: TRUTH,
      PreferredStartTime: text(/^(Sun|Mon|Tue|Wed|Thu|Fri|Sat):([01]\d|2[0-3]):[0-5]\d$/, 'a time such as Tue:09:00'),
      ServiceRoleForManagedUpdates: NAME_OR_ARN,
    },
  },
  {
    namespace: 'aws:elasticbeanstalk:managedactions:platformupdate',
    options: { InstanceRefreshEnabled: TRUTH, UpdateLevel: words('patch', 'minor') },
  },
  // Of the listeners of a shared load balancer, and of that itself, Beanstalk sets only these.
  { namespace: 'aws:elbv2:listener:*', options: { Rules: RULES } },
  {
    namespace: 'aws:elbv2:listenerrule:*',
    options: {
      HostHeaders: text(
        /^[A-Za-z0-9.*?-]{1,128}(,[A-Za-z0-9.*?-]{1,128}){0,3}$/,
        'at most four host names with commas between',
      ),
      Priority: whole(1, 1000),
      Process: words('default'),
    },
  },
  {
    namespace: 'aws:elbv2:loadbalancer',
    options: {
      SecurityGroups: GROUPS,
      SharedLoadBalancer: text(/^arn:[a-z-]+:elasticloadbalancing:/, 'the ARN of a load balancer'),
    },
  },
];
