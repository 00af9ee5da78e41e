import { CfnRoute, CfnTransitGateway, CfnTransitGatewayAttachment, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct, type IDependable } from 'constructs';
import type { Gateway } from './gateway';

export interface TransitHubProps {
  readonly vpc: IVpc;
  readonly asn: number;
  readonly description: string;
  /** One in each zone, in which the gateway has an address. */
  readonly attachedSubnets: readonly ISubnet[];
  /** Whose route tables get a route to each block on-premises: nothing propagates into them from a transit gateway. */
  readonly subnets: readonly ISubnet[];
  readonly onPremises: readonly string[];
}

/** A transit gateway with the VPC attached: for more VPCs to come, by the hour and by the gigabyte. */
export class TransitHub extends Construct implements Gateway {
  readonly kind = 'transit';
  readonly gatewayId: string;
  readonly ready: IDependable;

  constructor(scope: Construct, id: string, props: TransitHubProps) {
    super(scope, id);
    const gateway = new CfnTransitGateway(this, 'Gateway', {
      amazonSideAsn: props.asn,
      description: props.description,
      // Nobody else's attachment comes in by itself, and routes are those of a table that can be read here.
      autoAcceptSharedAttachments: 'disable',
      defaultRouteTableAssociation: 'enable',
      defaultRouteTablePropagation: 'enable',
      dnsSupport: 'enable',
      vpnEcmpSupport: 'enable',
    });
    const attachment = new CfnTransitGatewayAttachment(this, 'Attachment', {
      transitGatewayId: gateway.attrId,
      vpcId: props.vpc.vpcId,
      subnetIds: props.attachedSubnets.map(({ subnetId }) => subnetId),
    });
    const tables = [...new Set(props.subnets.map(({ routeTable }) => routeTable.routeTableId))];
    tables.forEach((routeTableId, table) => {
      for (const block of props.onPremises) {
        const route = new CfnRoute(this, `Route${table}To${block.replaceAll(/[./]/g, '_')}`, {
          routeTableId,
          destinationCidrBlock: block,
          transitGatewayId: gateway.attrId,
        });
        route.node.addDependency(attachment);
      }
    });
    this.gatewayId = gateway.attrId;
    this.ready = attachment;
  }
}
