import {
  CfnVPCGatewayAttachment,
  CfnVPNGateway,
  CfnVPNGatewayRoutePropagation,
  type ISubnet,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct, type IDependable } from 'constructs';
import type { Gateway } from './gateway';

export interface PrivateGatewayProps {
  readonly vpc: IVpc;
  readonly asn: number;
  /** Whose route tables learn what the other side announces. */
  readonly subnets: readonly ISubnet[];
}

/** A virtual private gateway: for one VPC, and free. */
export class PrivateGateway extends Construct implements Gateway {
  readonly kind = 'virtualPrivate';
  readonly gatewayId: string;
  readonly ready: IDependable;
  private readonly propagation: CfnVPNGatewayRoutePropagation;

  constructor(scope: Construct, id: string, props: PrivateGatewayProps) {
    super(scope, id);
    const gateway = new CfnVPNGateway(this, 'Gateway', { type: 'ipsec.1', amazonSideAsn: props.asn });
    const attachment = new CfnVPCGatewayAttachment(this, 'Attachment', {
      vpcId: props.vpc.vpcId,
      vpnGatewayId: gateway.attrVpnGatewayId,
    });
    this.gatewayId = gateway.attrVpnGatewayId;
    this.ready = attachment;
    this.propagation = new CfnVPNGatewayRoutePropagation(this, 'Propagation', {
      routeTableIds: [...new Set(props.subnets.map(({ routeTable }) => routeTable.routeTableId))],
      vpnGatewayId: gateway.attrVpnGatewayId,
    });
    // Without it CloudFormation may ask for routes of a gateway that no VPC has yet, which fails.
    this.propagation.node.addDependency(attachment);
  }

  /** Has routes go into the tables once the Direct Connect gateway is associated: what is announced before is lost. */
  propagateAfter(association: IDependable): void {
    this.propagation.node.addDependency(association);
  }
}
