import { constant, type RouterNeighbor, type RouterPlan } from './router-plan';

/** FRRouting 8 and later. */
export function renderFrr({ environment, asn, accepts, neighbors }: RouterPlan): string {
  return [
    `! Customer's side of ${environment}: links and IPsec tunnels are configured in the operating system.`,
    'frr defaults traditional',
    'service integrated-vtysh-config',
    '!',
    ...accepts.map((cidr, index) => `ip prefix-list FROM-AWS seq ${(index + 1) * 5} permit ${cidr}`),
    ...neighbors.flatMap(({ name, announces }) =>
      announces.map((cidr, index) => `ip prefix-list TO-${name} seq ${(index + 1) * 5} permit ${cidr}`),
    ),
    '!',
    ...neighbors.flatMap((neighbor) => routeMaps(asn, neighbor)),
    ...[...new Set(neighbors.flatMap(({ announces }) => announces))].map((cidr) => `ip route ${cidr} blackhole 250`),
    '!',
    `router bgp ${asn}`,
    ' bgp router-id ROUTER_ID',
    ' no bgp default ipv4-unicast',
    ...neighbors.flatMap(neighborLines),
    ' !',
    ' address-family ipv4 unicast',
    ...[...new Set(neighbors.flatMap(({ announces }) => announces))].map((cidr) => `  network ${cidr}`),
    ...neighbors.flatMap(({ name, amazonAddress }) => [
      `  neighbor ${amazonAddress} activate`,
      `  neighbor ${amazonAddress} soft-reconfiguration inbound`,
      `  neighbor ${amazonAddress} route-map IN-${name} in`,
      `  neighbor ${amazonAddress} route-map OUT-${name} out`,
    ]),
    '  maximum-paths 4',
    ' exit-address-family',
    '!',
    '',
  ].join('\n');
}

function routeMaps(asn: number, { name, localPreference, community, med, prepend }: RouterNeighbor): string[] {
  return [
    `route-map IN-${name} permit 10`,
    ' match ip address prefix-list FROM-AWS',
    ` set local-preference ${localPreference}`,
    '!',
    `route-map OUT-${name} permit 10`,
    ` match ip address prefix-list TO-${name}`,
    ...(community === undefined ? [] : [` set community ${community}`]),
    ...(med === undefined ? [] : [` set metric ${med}`]),
    ...(prepend === 0 ? [] : [` set as-path prepend ${Array<number>(prepend).fill(asn).join(' ')}`]),
    '!',
  ];
}

function neighborLines({ name, kind, amazonAddress, amazonAsn, keySecret }: RouterNeighbor): string[] {
  return [
    ` neighbor ${amazonAddress} remote-as ${amazonAsn}`,
    ` neighbor ${amazonAddress} description ${name}`,
    ...(kind === 'directConnect'
      ? [
          ` ! The key is in ${keySecret === undefined ? 'the console of Direct Connect (AWS made it)' : `the secret ${keySecret}`}.`,
          ` neighbor ${amazonAddress} password BGP_KEY_OF_${constant(name)}`,
          ` neighbor ${amazonAddress} bfd`,
        ]
      : []),
  ];
}
