import { addressBlocks } from '../../foundation/addresses';
import type { ConnectSettings } from '../connect-settings';
import { announcedByAws, type ConnectedNetwork } from '../layout';
import { LOCAL_PREFERENCES, TUNNELS } from '../routes/route';

/** What the customer's router is to have for one path, whoever made it. */
export interface RouterNeighbor {
  readonly name: string;
  readonly kind: 'directConnect' | 'vpn';
  /** Of a Direct Connect link; a tunnel has none. */
  readonly vlan: number | undefined;
  readonly mtu: number;
  /** Without addresses in the settings they are what AWS chose, and a placeholder here. */
  readonly ownAddress: string;
  readonly amazonAddress: string;
  readonly prefixLength: number;
  readonly amazonAsn: number;
  /** Set on what AWS announces: the highest is used. */
  readonly localPreference: number;
  /** Sent with what is announced, for AWS to choose by. */
  readonly community: string | undefined;
  readonly med: number | undefined;
  readonly prepend: number;
  readonly announces: readonly string[];
  /** Where the BGP key is kept; it is never in a sketch. */
  readonly keySecret: string | undefined;
}

export interface RouterPlan {
  readonly environment: string;
  readonly asn: number;
  /** What AWS announces, and nothing else is taken. */
  readonly accepts: readonly string[];
  readonly neighbors: readonly RouterNeighbor[];
  /** Where the VPN is static: what is routed into its tunnels. */
  readonly staticVpn: boolean;
}

/** MTU inside a tunnel. Source: "Site-to-Site VPN quotas", AWS Site-to-Site VPN User Guide. */
const TUNNEL_MTU = 1446;

/** The other side of an environment's connection, as neutral as `connect router` can be before it names a vendor. */
export function planRouter(environment: string, connect: ConnectSettings, network: ConnectedNetwork): RouterPlan {
  const { vpn } = connect;
  const vpc = addressBlocks([network.cidr]);
  const accepts = new Set([...announcedByAws(connect, vpc), ...(vpn ? vpc : [])].map(({ cidr }) => cidr));
  const interfaces = connect.interfaces.map((one): RouterNeighbor => {
    const [own = placeholder(one.name, 'CUSTOMER'), length = '30'] = one.addresses?.customer.split('/') ?? [];
    const [amazon = placeholder(one.name, 'AMAZON')] = one.addresses?.amazon.split('/') ?? [];
    const { localPreference, community } = LOCAL_PREFERENCES[one.preference];
    return {
      name: one.name,
      kind: 'directConnect',
      vlan: one.vlan,
      mtu: one.mtu,
      ownAddress: own,
      amazonAddress: amazon,
      prefixLength: Number(length),
      amazonAsn: connect.amazonAsn,
      localPreference,
      community,
      med: undefined,
      prepend: one.prepend,
      announces: one.announces ?? network.onPremises,
      keySecret: one.keySecret,
    };
  });
  const tunnels =
    vpn === undefined || vpn.routing === 'static'
      ? []
      : ([1, 2] as const).map((tunnel): RouterNeighbor => {
          const name = `vpn-${tunnel}`;
          const inside = insideAddresses(vpn.tunnels?.[tunnel - 1]);
          return {
            name,
            kind: 'vpn',
            vlan: undefined,
            mtu: TUNNEL_MTU,
            ownAddress: inside?.customer ?? placeholder(name, 'CUSTOMER'),
            amazonAddress: inside?.amazon ?? placeholder(name, 'AMAZON'),
            prefixLength: 30,
            amazonAsn: connect.gatewayAsn,
            localPreference: TUNNELS[tunnel].localPreference,
            community: undefined,
            med: TUNNELS[tunnel].med,
            prepend: 0,
            announces: vpn.announces ?? network.onPremises,
            keySecret: undefined,
          };
        });
  return {
    environment,
    asn: connect.customerAsn,
    accepts: [...accepts],
    neighbors: [...interfaces, ...tunnels],
    staticVpn: vpn?.routing === 'static',
  };
}

function placeholder(path: string, side: string): string {
  return `${side}_ADDRESS_OF_${constant(path)}`;
}

/** `tokyo-1` as `TOKYO_1`, in what a person fills in. */
export function constant(path: string): string {
  return path.toUpperCase().replaceAll('-', '_');
}

/** AWS takes the first usable address of a tunnel's block. Source: "Tunnel options", AWS Site-to-Site VPN User Guide. */
function insideAddresses(block: string | undefined): { amazon: string; customer: string } | undefined {
  const [, start, last] = /^(\d+\.\d+\.\d+\.)(\d+)\/30$/.exec(block ?? '') ?? [];
  if (start === undefined || last === undefined) return undefined;
  return { amazon: `${start}${Number(last) + 1}`, customer: `${start}${Number(last) + 2}` };
}
