import { LOCAL_PREFERENCES } from '../../../lib/connect/routes/route';
import type { RouterNeighbor, RouterPlan } from '../../../lib/connect/router/router-plan';

/**
 * AWS's side, as its documentation describes it: routers at the edge of one network, that judge what they hear by community and
 * by what it came over, tell the gateway behind them, and announce what is allowed. The choice itself is FRRouting's.
 */

/** The number inside AWS. Customers see those of the settings. */
const INSIDE = 64_700;

/** Direct Connect goes before VPN whatever is said: higher than any preference of a VPN. */
const DIRECT_CONNECT_FIRST = 1000;

/** @param amazonAddresses of the edges, as the gateway sees them, by path */
export function gatewayConfiguration(plan: RouterPlan, edgeAddresses: ReadonlyMap<string, string>): string {
  const edges = [...edgeAddresses.values()];
  return [
    'frr defaults traditional',
    ...plan.accepts.map((cidr) => `ip route ${cidr} blackhole 250`),
    `router bgp ${INSIDE}`,
    ' bgp router-id 10.255.255.254',
    ' no bgp default ipv4-unicast',
    ...edges.flatMap((address) => [
      ` neighbor ${address} remote-as ${INSIDE}`,
      ` neighbor ${address} timers 1 3`,
      ` neighbor ${address} timers connect 1`,
    ]),
    ' address-family ipv4 unicast',
    ...plan.accepts.map((cidr) => `  network ${cidr}`),
    ...edges.map((address) => `  neighbor ${address} activate`),
    '  maximum-paths ibgp 4',
    ' exit-address-family',
    '',
  ].join('\n');
}

/** @param gatewayAddress as this edge sees it */
export function edgeConfiguration(
  neighbor: RouterNeighbor,
  plan: RouterPlan,
  gatewayAddress: string,
  key: string | undefined,
): string {
  const { ownAddress: customer, amazonAddress, amazonAsn, kind } = neighbor;
  return [
    'frr defaults traditional',
    ...Object.entries(LOCAL_PREFERENCES).map(
      ([name, { community }]) => `bgp community-list standard ${name} permit ${community}`,
    ),
    ...plan.accepts.map((cidr, index) => `ip prefix-list ALLOWED seq ${(index + 1) * 5} permit ${cidr}`),
    ...(kind === 'directConnect'
      ? Object.entries(LOCAL_PREFERENCES).flatMap(([name, { localPreference }], index) => [
          `route-map HEARD permit ${(index + 1) * 10}`,
          ` match community ${name}`,
          ` set local-preference ${DIRECT_CONNECT_FIRST + localPreference}`,
        ])
      : ['route-map HEARD permit 10', ' set local-preference 100']),
    'route-map TOLD permit 10',
    ' match ip address prefix-list ALLOWED',
    `router bgp ${INSIDE}`,
    ` bgp router-id ${amazonAddress}`,
    ' no bgp default ipv4-unicast',
    ` neighbor ${gatewayAddress} remote-as ${INSIDE}`,
    ` neighbor ${gatewayAddress} timers 1 3`,
    ` neighbor ${gatewayAddress} timers connect 1`,
    ` neighbor ${customer} remote-as ${plan.asn}`,
    ` neighbor ${customer} local-as ${amazonAsn} no-prepend replace-as`,
    ` neighbor ${customer} timers 1 3`,
    ` neighbor ${customer} timers connect 1`,
    ...(key === undefined ? [] : [` neighbor ${customer} password ${key}`]),
    ' address-family ipv4 unicast',
    `  neighbor ${gatewayAddress} activate`,
    `  neighbor ${gatewayAddress} next-hop-self`,
    `  neighbor ${customer} activate`,
    `  neighbor ${customer} route-map HEARD in`,
    `  neighbor ${customer} route-map TOLD out`,
    ' exit-address-family',
    '',
  ].join('\n');
}
