import { join } from 'node:path';
import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnInstanceProfile, type IManagedPolicy, type IRole } from 'aws-cdk-lib/aws-iam';
import { CfnCondition, CfnOutput, CfnParameter, Fn } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { applicationName, beanstalkEnvironmentName, beanstalkEnvironmentPattern } from './beanstalk-names';
import { BeanstalkApplication } from './constructs/beanstalk-application';
import { BeanstalkEnvironment } from './constructs/beanstalk-environment';
import { EncryptedVolumes } from './constructs/encrypted-volumes';
import { InstanceRole } from './constructs/instance-role';
import { InstanceSecurityGroup } from './constructs/instance-security-group';
import { LoadBalancer } from './constructs/load-balancer';
import { ServiceRole } from './constructs/service-role';
import { environmentOptions } from './option-settings/environment-options';
import { PLATFORMS } from './platforms';
import { parseArnOrParameter, secretWithoutKey } from './arn-or-parameter';
import type { WebSettings } from './web-settings';

/** The application that is deployed: a bundle for PHP platforms and for Docker's. */
const BUNDLE = join(__dirname, 'app');

/** Characters. Source: `CreateApplicationVersion`, Elastic Beanstalk API Reference. */
const LONGEST_LABEL = 100;
/** Stands for the version of this stack. */
const FIRST = 'first';

/** A stream that the application writes to. */
export interface WebProducer {
  /** Lets the instances write to it. */
  readonly policy: IManagedPolicy;
  readonly deliveryStreamName: string;
}

export interface WebStackProps extends EnvironmentStackProps {
  readonly web: WebSettings;
  readonly vpc: IVpc;
  /** For the load balancer, in two zones at least. */
  readonly publicSubnets: readonly ISubnet[];
  /** For the instances. */
  readonly appSubnets: readonly ISubnet[];
  readonly webAclArn: string;
  /** Lets an instance be reached through Session Manager. */
  readonly sessionPolicy: IManagedPolicy;
  readonly producer?: WebProducer | undefined;
  /** Whether a pipeline deploys versions. The version of this stack is then what the site starts with, and no more. */
  readonly isDelivered: boolean;
}

/** A PHP site: Elastic Beanstalk on private instances, behind a load balancer and a web ACL of our own. */
export class WebStack extends EnvironmentStack {
  readonly applicationName: string;
  readonly beanstalkEnvironmentName: string;
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly instanceRole: IRole;
  readonly serviceRole: IRole;

  constructor(scope: Construct, props: WebStackProps) {
    const { web, environmentName, vpc } = props;
    const platform = PLATFORMS[web.platform];
    super(
      scope,
      'Web',
      props,
      `Web of ${environmentName}: PHP ${platform.phpVersion} on Elastic Beanstalk, load balancer`,
    );
    this.applicationName = applicationName(environmentName);
    this.beanstalkEnvironmentName = beanstalkEnvironmentName(environmentName, web);

    const front = new LoadBalancer(this, 'Front', {
      vpc,
      subnets: props.publicSubnets,
      webAclArn: props.webAclArn,
      certificateArn: web.certificateArn === undefined ? undefined : certificateArn(web.certificateArn),
      deletionProtection: props.protectData,
      removalPolicy: this.dataRemovalPolicy,
    });
    this.loadBalancer = front.loadBalancer;
    const instances = new InstanceSecurityGroup(this, 'InstanceSecurityGroup', {
      vpc,
      loadBalancer: front.securityGroup,
    });

    const secretArns = this.secretArns(web.secrets);
    this.instanceRole = new InstanceRole(this, 'Instance', {
      applicationName: this.applicationName,
      environmentPattern: beanstalkEnvironmentPattern(environmentName),
      secretArns: Object.values(secretArns).map(secretWithoutKey),
      secretKeyArns: web.secretKeys,
      policies: [props.sessionPolicy, ...(props.producer === undefined ? [] : [props.producer.policy])],
    }).role;
    const profile = new CfnInstanceProfile(this, 'InstanceProfile', { roles: [this.instanceRole.roleName] });
    const service = new ServiceRole(this, 'Service', {
      applicationName: this.applicationName,
      instanceRole: this.instanceRole,
    });
    this.serviceRole = service.role;

    const application = new BeanstalkApplication(this, 'Code', {
      applicationName: this.applicationName,
      serviceRole: this.serviceRole,
      bundle: BUNDLE,
      firstVersionOf: props.isDelivered ? this.beanstalkEnvironmentName : undefined,
    });
    const versionLabel = props.isDelivered ? this.givenVersion(application.versionLabel) : application.versionLabel;
    service.keepVersion(versionLabel);
    const site = new BeanstalkEnvironment(this, 'Site', {
      applicationName: this.applicationName,
      environmentName: this.beanstalkEnvironmentName,
      versionLabel,
      platform,
      options: environmentOptions(web, {
        vpcId: vpc.vpcId,
        instanceSubnetIds: props.appSubnets.map(({ subnetId }) => subnetId),
        loadBalancerSubnetIds: props.publicSubnets.map(({ subnetId }) => subnetId),
        instanceProfile: profile.ref,
        instanceSecurityGroupId: instances.securityGroupId,
        loadBalancerArn: front.loadBalancer.loadBalancerArn,
        loadBalancerSecurityGroupId: front.securityGroup.securityGroupId,
        serviceRoleArn: this.serviceRole.roleArn,
        variables: {
          ...web.variables,
          AWS_REGION: this.region,
          ...(props.producer === undefined ? {} : { DELIVERY_STREAM: props.producer.deliveryStreamName }),
        },
        secretArns,
      }),
    });
    const encryptedVolumes = new EncryptedVolumes(this, 'EncryptedVolumes');
    // A load balancer takes minutes.
    encryptedVolumes.runAfter(front);
    // Before an instance starts, requests are filtered, traffic passes, roles are bounded, and volumes are encrypted.
    site.node.addDependency(front, instances, service, encryptedVolumes);

    const ownName = web.hostNames.find((name) => !name.startsWith('*'));
    const scheme = web.certificateArn === undefined ? 'http' : 'https';
    new CfnOutput(this, 'Url', { value: `${scheme}://${ownName ?? site.hostName}` });
    new CfnOutput(this, 'LoadBalancerDnsName', {
      description: "Where the DNS records of the site's own names point",
      value: front.loadBalancer.loadBalancerDnsName,
    });
    new CfnOutput(this, 'BeanstalkEnvironmentName', { value: this.beanstalkEnvironmentName });
  }

  /**
   * The version that whoever deploys the stack names, or the one that it starts with. CloudFormation may send the label of its
   * template with any change of the environment, and a pipeline has deployed others since (docs/adr/0018).
   */
  private givenVersion(first: string): string {
    const given = new CfnParameter(this, 'VersionLabel', {
      description: 'The version that the site runs, where its options change',
      default: FIRST,
      maxLength: LONGEST_LABEL,
      // No wildcard: the lifecycle of versions is denied to delete what is named here.
      allowedPattern: '[A-Za-z0-9._-]+',
    });
    const isGiven = new CfnCondition(this, 'NamesVersion', {
      expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, FIRST)),
    });
    return Fn.conditionIf(isGiven.logicalId, given.valueAsString, first).toString();
  }

  /** The ARNs of what the settings name. A parameter's path is one of this account and region. */
  private secretArns(secrets: WebSettings['secrets']): Record<string, string> {
    return Object.fromEntries(
      Object.entries(secrets).map(([name, text]) => {
        const reference = parseArnOrParameter(text);
        if (reference === undefined)
          throw new Error(`secret ${name} is no reference, which validation should have refused`);
        if (reference.kind === 'arn') return [name, reference.arn];
        return [name, this.formatArn({ service: 'ssm', resource: 'parameter', resourceName: reference.path.slice(1) })];
      }),
    );
  }
}

/** An ARN stays; of a parameter's path CloudFormation takes the value at deployment, so that a template fits any account. */
function certificateArn(text: string): string {
  const reference = parseArnOrParameter(text);
  return reference?.kind === 'parameter' ? `{{resolve:ssm:${reference.path}}}` : text;
}
