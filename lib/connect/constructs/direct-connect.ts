import {
  CfnDirectConnectGateway,
  CfnDirectConnectGatewayAssociation,
  CfnPrivateVirtualInterface,
  CfnTransitVirtualInterface,
} from 'aws-cdk-lib/aws-directconnect';
import { Construct, type IDependable } from 'constructs';
import { pascalCase } from '../../foundation/naming';
import type { InterfaceSettings } from '../connect-settings';
import { parameterPath } from '../values/parameter-or';
import type { Gateway } from './gateway';

export interface DirectConnectProps {
  /** Of the Direct Connect gateway, which is global: `prod`. */
  readonly name: string;
  readonly amazonAsn: number;
  readonly customerAsn: number;
  readonly gateway: Gateway;
  readonly allowedPrefixes: readonly string[];
  readonly interfaces: readonly InterfaceSettings[];
}

/** An interface as it was made. */
export interface MadeInterface {
  readonly settings: InterfaceSettings;
  /** An ID, or a reference to the parameter that holds it. */
  readonly connectionId: string;
  readonly virtualInterfaceId: string;
}

/** A Direct Connect gateway, what it is associated with, and virtual interfaces on connections that there are. */
export class DirectConnect extends Construct {
  readonly association: IDependable;
  readonly interfaces: readonly MadeInterface[];

  constructor(scope: Construct, id: string, props: DirectConnectProps) {
    super(scope, id);
    const { gateway } = props;
    const directConnectGateway = new CfnDirectConnectGateway(this, 'Gateway', {
      directConnectGatewayName: props.name,
      amazonSideAsn: String(props.amazonAsn),
    });
    const directConnectGatewayId = directConnectGateway.attrDirectConnectGatewayId;
    const association = new CfnDirectConnectGatewayAssociation(this, 'Association', {
      directConnectGatewayId,
      associatedGatewayId: gateway.gatewayId,
      allowedPrefixesToDirectConnectGateway: [...props.allowedPrefixes],
    });
    association.node.addDependency(gateway.ready);
    this.association = association;

    this.interfaces = props.interfaces.map((settings) => {
      const connectionId = connectionOf(settings);
      const shared = {
        connectionId,
        directConnectGatewayId,
        virtualInterfaceName: `${props.name}-${settings.name}`,
        vlan: settings.vlan,
        mtu: settings.mtu,
        enableSiteLink: settings.siteLink,
        bgpPeers: [peerOf(settings, props.customerAsn)],
      };
      const interfaceId = `${pascalCase(settings.name)}Interface`;
      const made =
        gateway.kind === 'transit'
          ? new CfnTransitVirtualInterface(this, interfaceId, shared)
          : new CfnPrivateVirtualInterface(this, interfaceId, shared);
      return { settings, connectionId, virtualInterfaceId: made.attrVirtualInterfaceId };
    });
  }
}

function connectionOf({ connection }: InterfaceSettings): string {
  const path = parameterPath(connection);
  return path === undefined ? connection : `{{resolve:ssm:${path}}}`;
}

function peerOf(
  { addresses, keySecret }: InterfaceSettings,
  customerAsn: number,
): CfnPrivateVirtualInterface.BgpPeerProperty {
  return {
    addressFamily: 'ipv4',
    asn: String(customerAsn),
    amazonAddress: addresses?.amazon,
    customerAddress: addresses?.customer,
    // Only a reference: whoever may read the template must not read the key.
    authKey: keySecret === undefined ? undefined : `{{resolve:secretsmanager:${keySecret}}}`,
  };
}
