import { constant, type RouterNeighbor, type RouterPlan } from './router-plan';

/** Cisco IOS XE 17. */
export function renderCisco({ environment, asn, accepts, neighbors }: RouterPlan): string {
  return [
    `! Customer's side of ${environment}. Interfaces are named PORT_OF_… and TUNNEL_OF_…; IPsec is in AWS's own download.`,
    'ip bgp-community new-format',
    '!',
    ...neighbors.filter(({ kind }) => kind === 'directConnect').flatMap(subinterface),
    ...accepts.map((cidr, index) => `ip prefix-list FROM-AWS seq ${(index + 1) * 5} permit ${cidr}`),
    ...neighbors.flatMap(({ name, announces }) =>
      announces.map((cidr, index) => `ip prefix-list TO-${name} seq ${(index + 1) * 5} permit ${cidr}`),
    ),
    '!',
    ...neighbors.flatMap((neighbor) => routeMaps(asn, neighbor)),
    `router bgp ${asn}`,
    ' bgp log-neighbor-changes',
    ' no bgp default ipv4-unicast',
    ...neighbors.flatMap(({ name, kind, amazonAddress, amazonAsn }) => [
      ` neighbor ${amazonAddress} remote-as ${amazonAsn}`,
      ` neighbor ${amazonAddress} description ${name}`,
      ...(kind === 'directConnect'
        ? [
            ` neighbor ${amazonAddress} password BGP_KEY_OF_${constant(name)}`,
            ` neighbor ${amazonAddress} fall-over bfd`,
          ]
        : []),
    ]),
    ' address-family ipv4',
    ...[...new Set(neighbors.flatMap(({ announces }) => announces))].map((cidr) => `  network ${withMask(cidr)}`),
    ...neighbors.flatMap(({ name, amazonAddress }) => [
      `  neighbor ${amazonAddress} activate`,
      `  neighbor ${amazonAddress} send-community`,
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

function subinterface({ name, vlan, mtu, ownAddress, prefixLength }: RouterNeighbor): string[] {
  return [
    `interface PORT_OF_${constant(name)}.${vlan ?? 0}`,
    ` description ${name}`,
    ` encapsulation dot1Q ${vlan ?? 0}`,
    ` ip address ${ownAddress} ${mask(prefixLength)}`,
    ` ip mtu ${mtu}`,
    ' bfd interval 300 min_rx 300 multiplier 3',
    '!',
  ];
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

/** `192.168.0.0/16` as `192.168.0.0 mask 255.255.0.0`. */
function withMask(cidr: string): string {
  const [address = '', length = '32'] = cidr.split('/');
  return `${address} mask ${mask(Number(length))}`;
}

function mask(length: number): string {
  const bits = 2 ** 32 - 2 ** (32 - length);
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}
