import { architectureOf } from '../instance-architecture';
import { PLATFORMS } from '../platforms';
import type { WebSettings } from '../web-settings';

/** One option of an Elastic Beanstalk environment. A value may be a token of the CDK. */
export interface OptionSetting {
  readonly namespace: string;
  readonly optionName: string;
  readonly value: string;
}

/** What the environment is told of the resources around it. Tokens are understood. */
export interface EnvironmentParts {
  readonly vpcId: string;
  readonly instanceSubnetIds: readonly string[];
  readonly loadBalancerSubnetIds: readonly string[];
  readonly instanceProfile: string;
  readonly instanceSecurityGroupId: string;
  readonly loadBalancerArn: string;
  readonly loadBalancerSecurityGroupId: string;
  readonly serviceRoleArn: string;
  readonly variables: Readonly<Record<string, string>>;
  /** ARNs of those that Beanstalk fetches when an instance starts. */
  readonly secretArns: Readonly<Record<string, string>>;
}

/** The port of instances, where Beanstalk's proxy or container listens. */
export const INSTANCE_PORT = 80;
/** Percent of instances in a batch where the settings do not say it. */
const DEFAULT_BATCH_PERCENT = 30;
/** Minutes above or below the bounds of CPU before there is an instance more or less. */
const SCALING_MINUTES = 5;

type Values = Readonly<Record<string, string | number | boolean>>;

/** All options of the environment. Those that are left out have Beanstalk's defaults. */
export function environmentOptions(web: WebSettings, parts: EnvironmentParts): OptionSetting[] {
  // Beanstalk's values are texts, numbers and truth values among them.
  return Object.entries(optionTable(web, parts)).flatMap(([namespace, values]) =>
    Object.entries(values).map(([optionName, value]) => ({ namespace, optionName, value: String(value) })),
  );
}

/** Options by namespace. */
function optionTable(web: WebSettings, parts: EnvironmentParts): Readonly<Record<string, Values>> {
  const { instances, updates, hostNames } = web;
  const isDocker = PLATFORMS[web.platform].family === 'docker';
  const port = web.certificateArn === undefined ? 80 : 443;
  const keptLogs = { DeleteOnTerminate: false, RetentionInDays: web.logs.retentionDays };
  return {
    // Instances stand in private subnets, with no public address.
    'aws:ec2:vpc': {
      VPCId: parts.vpcId,
      Subnets: parts.instanceSubnetIds.join(','),
      ELBSubnets: parts.loadBalancerSubnetIds.join(','),
      ELBScheme: 'public',
      AssociatePublicIpAddress: false,
    },
    // No key pair: people come in through Session Manager. DisableIMDSv1 and gp3 make Beanstalk use a launch template, the only
    // kind that accounts of October 2024 and later have.
    'aws:autoscaling:launchconfiguration': {
      IamInstanceProfile: parts.instanceProfile,
      SecurityGroups: parts.instanceSecurityGroupId,
      // Beanstalk's own group would admit the whole internet or whatever it finds at the load balancer.
      DisableDefaultEC2SecurityGroup: true,
      DisableIMDSv1: true,
      // Permissions of whoever deploys go by the environment's tag, which a launch template has only then.
      LaunchTemplateTagPropagationEnabled: true,
      RootVolumeType: 'gp3',
      // GiB: room for a container's image and a day of logs. At least 10.
      RootVolumeSize: 16,
    },
    // An option of our own, which .ebextensions of the bundle read: a container is one hop further from instance metadata.
    'aws:elasticbeanstalk:customoption': { MetadataHops: isDocker ? 2 : 1 },
    'aws:ec2:instances': {
      InstanceTypes: web.instanceType,
      SupportedArchitectures: architectureOf(web.instanceType),
      EnableSpot: false,
    },
    'aws:autoscaling:asg': { MinSize: instances.least, MaxSize: instances.most },
    'aws:autoscaling:trigger': {
      // Behind a shared load balancer, response times and host counts are no valid measures.
      MeasureName: 'CPUUtilization',
      Statistic: 'Average',
      Unit: 'Percent',
      UpperThreshold: 70,
      LowerThreshold: 30,
      Period: SCALING_MINUTES,
      EvaluationPeriods: 1,
      BreachDuration: SCALING_MINUTES,
    },
    'aws:elasticbeanstalk:environment': {
      EnvironmentType: 'LoadBalanced',
      LoadBalancerType: 'application',
      LoadBalancerIsShared: true,
      ServiceRole: parts.serviceRoleArn,
    },
    // A load balancer of ours. Beanstalk adds listener rules and a target group to it, nothing else.
    'aws:elbv2:loadbalancer': {
      SharedLoadBalancer: parts.loadBalancerArn,
      // Required where Beanstalk's own group for instances is off. Left out, Beanstalk would attach an open group of its own.
      SecurityGroups: parts.loadBalancerSecurityGroupId,
    },
    // Named even for port 80. Without any, Beanstalk puts its rule on port 80, past a redirect that stands there; named for
    // port 443 alone, it puts none on port 80. Source: `aws:elbv2:listener:listener_port`, option Rules, Developer Guide.
    // The rule `default` is for the name that Beanstalk gives.
    [`aws:elbv2:listener:${port}`]: { Rules: hostNames.length > 0 ? 'default,site' : 'default' },
    ...(hostNames.length > 0 && {
      'aws:elbv2:listenerrule:site': { HostHeaders: hostNames.join(','), Process: 'default', Priority: 1 },
    }),
    // How a new version and a changed configuration come to the instances. Nothing takes all at once.
    'aws:elasticbeanstalk:command': { ...deploymentCommand(web), IgnoreHealthCheck: false },
    'aws:autoscaling:updatepolicy:rollingupdate': {
      RollingUpdateEnabled: true,
      RollingUpdateType: web.deployment === 'immutable' ? 'Immutable' : 'Health',
    },
    'aws:elasticbeanstalk:healthreporting:system': { SystemType: 'enhanced', EnhancedHealthAuthEnabled: true },
    'aws:elasticbeanstalk:environment:process:default': {
      Port: INSTANCE_PORT,
      Protocol: 'HTTP',
      // What the application answers with 200 when it can serve.
      HealthCheckPath: '/health',
      MatcherHTTPCode: 200,
      // Seconds. An instance is out after 5 × 15 and back after 3 × 15: Beanstalk's own defaults, written down.
      HealthCheckInterval: 15,
      HealthCheckTimeout: 5,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 5,
      // Seconds that requests have to end before an instance goes.
      DeregistrationDelay: 20,
    },
    'aws:elasticbeanstalk:managedactions': {
      ManagedActionsEnabled: true,
      PreferredStartTime: updates.window,
      // The same as ServiceRole, or AWS's own service-linked role; no third is accepted.
      ServiceRoleForManagedUpdates: parts.serviceRoleArn,
    },
    'aws:elasticbeanstalk:managedactions:platformupdate': {
      UpdateLevel: updates.level,
      InstanceRefreshEnabled: updates.replaceWeekly,
    },
    'aws:elasticbeanstalk:cloudwatch:logs': { StreamLogs: true, ...keptLogs },
    'aws:elasticbeanstalk:cloudwatch:logs:health': { HealthStreamingEnabled: true, ...keptLogs },
    // Rotated logs, whole, to the account's Beanstalk bucket.
    'aws:elasticbeanstalk:hostmanager': { LogPublicationControl: true },
    // A container has its own configuration, and Docker's platform would refuse this.
    ...(!isDocker && {
      'aws:elasticbeanstalk:container:php:phpini': {
        document_root: '/public',
        memory_limit: '256M',
        // Seconds: as long as the load balancer waits.
        max_execution_time: 60,
        display_errors: 'Off',
        composer_options: '--no-dev --no-interaction --optimize-autoloader',
      },
    }),
    'aws:elasticbeanstalk:application:environment': parts.variables,
    'aws:elasticbeanstalk:application:environmentsecrets': parts.secretArns,
  };
}

function deploymentCommand({ deployment, batchPercent }: WebSettings): Values {
  if (deployment === 'immutable') return { DeploymentPolicy: 'Immutable' };
  // With one batch more, so that an environment with a single instance stays up.
  return {
    DeploymentPolicy: 'RollingWithAdditionalBatch',
    BatchSizeType: 'Percentage',
    BatchSize: batchPercent ?? DEFAULT_BATCH_PERCENT,
  };
}
