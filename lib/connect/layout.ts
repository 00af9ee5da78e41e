import { addressBlocks, type AddressBlock } from '../foundation/addresses';
import type { ConnectSettings, InterfaceSettings, VpnSettings } from './connect-settings';
import type { ConnectPath, Part } from './routes/connect-path';
import { isInside, isSame } from './routes/route-table';
import type { AwsGateway } from './routes/traffic';

/** What of the network the connection is for. */
export interface ConnectedNetwork {
  /** The VPC's block. */
  readonly cidr: string;
  readonly onPremises: readonly string[];
}

/** Everything that the routes follow from. */
export interface Layout {
  readonly gateway: AwsGateway;
  readonly paths: readonly ConnectPath[];
  readonly aws: readonly AddressBlock[];
  readonly onPremises: readonly AddressBlock[];
}

/** @param connect valid settings: blocks that are none are passed over */
export function layOut(connect: ConnectSettings, network: ConnectedNetwork): Layout {
  const aws = addressBlocks([network.cidr]);
  const fromAws = announcedByAws(connect, aws);
  const { vpn } = connect;
  return {
    gateway: connect.gateway === 'transit' ? 'transitGateway' : 'virtualPrivateGateway',
    paths: [
      ...connect.interfaces.map((one) => interfacePath(one, fromAws, network)),
      ...(vpn === undefined ? [] : ([1, 2] as const).map((tunnel) => tunnelPath(vpn, tunnel, aws, network))),
    ],
    aws,
    onPremises: addressBlocks(network.onPremises),
  };
}

/**
 * What a Direct Connect gateway tells the customer. For a virtual private gateway the allowed prefixes are a filter: the VPC's
 * block goes out, whole, where one of them is as wide or wider. For a transit gateway they are announced as they are.
 * Source: "Allowed prefixes interactions", AWS Direct Connect User Guide.
 */
export function announcedByAws(
  { gateway, allowedPrefixes }: Pick<ConnectSettings, 'gateway' | 'allowedPrefixes'>,
  vpc: readonly AddressBlock[],
): AddressBlock[] {
  if (allowedPrefixes === undefined) return [...vpc];
  const allowed = addressBlocks(allowedPrefixes);
  if (gateway === 'transit') return allowed;
  return vpc.filter((block) => allowed.some((wide) => isSame(block, wide) || isInside(block, wide)));
}

function interfacePath(
  { name, location, device, connection, preference, prepend, announces }: InterfaceSettings,
  fromAws: readonly AddressBlock[],
  network: ConnectedNetwork,
): ConnectPath {
  const parts: Part[] = [
    { kind: 'location', name: location },
    { kind: 'device', name: `${location} ${device ?? connection}` },
    { kind: 'connection', name: connection },
    { kind: 'interface', name },
  ];
  return {
    name,
    kind: 'directConnect',
    parts,
    preference,
    tunnel: undefined,
    prepend,
    fromOnPremises: addressBlocks(announces ?? network.onPremises),
    fromAws,
  };
}

function tunnelPath(
  { routing, announces }: VpnSettings,
  tunnel: 1 | 2,
  aws: readonly AddressBlock[],
  network: ConnectedNetwork,
): ConnectPath {
  return {
    name: `vpn-${tunnel}`,
    kind: routing === 'bgp' ? 'vpnBgp' : 'vpnStatic',
    parts: [
      { kind: 'vpn', name: 'vpn' },
      { kind: 'tunnel', name: `vpn-${tunnel}` },
    ],
    preference: undefined,
    tunnel,
    prepend: 0,
    fromOnPremises: addressBlocks(announces ?? network.onPremises),
    fromAws: [...aws],
  };
}
