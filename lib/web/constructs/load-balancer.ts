import { Peer, Port, SecurityGroup, type ISecurityGroup, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  DesyncMitigationMode,
  ListenerAction,
  ListenerCertificate,
  SslPolicy,
  type IApplicationListener,
  type IApplicationLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Duration, Validations, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AccessLogBucket } from './access-log-bucket';

export interface LoadBalancerProps {
  readonly vpc: IVpc;
  /** Public ones, in two zones at least. */
  readonly subnets: readonly ISubnet[];
  readonly webAclArn: string;
  /** Of a certificate in the same region. Without it there is HTTP only. */
  readonly certificateArn?: string | undefined;
  /** Refuses to delete the load balancer until that is switched off. */
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/** Seconds that a connection may be silent: Elastic Load Balancing's own default, written down. */
const IDLE_SECONDS = 60;

/** TLS 1.2 and 1.3 without CBC, and key exchange that withstands quantum computers: the console's default since 2025. */
const TLS_POLICY = SslPolicy.TLS13_12_RES_PQ;

const NOT_FOUND = ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' });

/**
 * A public load balancer behind a web ACL. Its listeners answer 404 to whatever no rule is for; rules come from Elastic
 * Beanstalk. It is not `awseb-…`, which Beanstalk would not share: its name is generated from the stack's.
 */
export class LoadBalancer extends Construct {
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly securityGroup: ISecurityGroup;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'In from the internet by HTTP and HTTPS, out to the instances',
      allowAllOutbound: false,
    });
    const ports = props.certificateArn === undefined ? [Port.HTTP] : [Port.HTTP, Port.HTTPS];
    for (const port of ports) securityGroup.addIngressRule(Peer.anyIpv4(), port, 'From the internet');
    Validations.of(securityGroup).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'A public site: ports 80 and 443 of its load balancer are for everybody, and a web ACL filters requests',
    });
    const loadBalancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      internetFacing: true,
      securityGroup,
      deletionProtection: props.deletionProtection,
      dropInvalidHeaderFields: true,
      // Strictest would also refuse what is merely unusual, such as unescaped Japanese in a path.
      desyncMitigationMode: DesyncMitigationMode.DEFENSIVE,
      idleTimeout: Duration.seconds(IDLE_SECONDS),
    });
    const logs = new AccessLogBucket(this, 'AccessLogs', { removalPolicy: props.removalPolicy });
    loadBalancer.logAccessLogs(logs.bucket);
    const association = new CfnWebACLAssociation(this, 'WebAcl', {
      resourceArn: loadBalancer.loadBalancerArn,
      webAclArn: props.webAclArn,
    });
    const listeners = addListeners(loadBalancer, props.certificateArn);
    // Without a listener nothing is served: there is no moment in which requests pass unfiltered.
    for (const listener of listeners) listener.node.addDependency(association);

    this.loadBalancer = loadBalancer;
    this.securityGroup = securityGroup;
  }
}

function addListeners(
  loadBalancer: ApplicationLoadBalancer,
  certificateArn: string | undefined,
): IApplicationListener[] {
  // The ports are open already, and listeners shall not open them in their own way.
  const shared = { open: false, defaultAction: NOT_FOUND };
  if (certificateArn === undefined) {
    return [loadBalancer.addListener('Http', { ...shared, port: 80, protocol: ApplicationProtocol.HTTP })];
  }
  return [
    loadBalancer.addListener('Http', {
      ...shared,
      port: 80,
      protocol: ApplicationProtocol.HTTP,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    }),
    loadBalancer.addListener('Https', {
      ...shared,
      port: 443,
      protocol: ApplicationProtocol.HTTPS,
      certificates: [ListenerCertificate.fromArn(certificateArn)],
      sslPolicy: TLS_POLICY,
    }),
  ];
}
