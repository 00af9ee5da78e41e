import { Peer, Port, SecurityGroup, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { INSTANCE_PORT } from '../option-settings/environment-options';

export interface InstanceSecurityGroupProps {
  readonly vpc: IVpc;
  readonly loadBalancer: ISecurityGroup;
}

/** In from the load balancer and from nowhere else; out by HTTPS to AWS and to where the application's packages are. */
export class InstanceSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: InstanceSecurityGroupProps) {
    super(scope, id, {
      vpc: props.vpc,
      description: 'In from the load balancer, out by HTTPS',
      allowAllOutbound: false,
    });
    this.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to AWS services and package repositories');
    this.connections.allowFrom(props.loadBalancer, Port.tcp(INSTANCE_PORT), 'HTTP from the load balancer');
  }
}
