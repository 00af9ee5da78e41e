import { constant, type RouterNeighbor, type RouterPlan } from './router-plan';

/** Junos 21 and later, as `set` commands. */
export function renderJuniper({ environment, asn, accepts, neighbors }: RouterPlan): string {
  return [
    `# Customer's side of ${environment}. Interfaces are named PORT_OF_…; IPsec is in AWS's own download.`,
    `set routing-options autonomous-system ${asn}`,
    ...accepts.map((cidr) => `set policy-options prefix-list FROM-AWS ${cidr}`),
    ...neighbors.flatMap((neighbor) => commandsOf(neighbor, asn)),
    'set policy-options policy-statement SPREAD then load-balance per-packet',
    'set routing-options forwarding-table export SPREAD',
    '',
  ].join('\n');
}

function commandsOf(neighbor: RouterNeighbor, asn: number): string[] {
  const { name, kind, amazonAddress, amazonAsn, localPreference, community, med, prepend, announces } = neighbor;
  const group = `set protocols bgp group AWS-${name}`;
  const [heard, told] = [
    `set policy-options policy-statement IN-${name}`,
    `set policy-options policy-statement OUT-${name}`,
  ];
  return [
    ...(kind === 'directConnect' ? linkOf(neighbor) : []),
    ...announces.flatMap((cidr) => [
      `set policy-options prefix-list TO-${name} ${cidr}`,
      `set routing-options static route ${cidr} discard preference 250`,
    ]),
    `${heard} term aws from prefix-list FROM-AWS`,
    `${heard} term aws then local-preference ${localPreference}`,
    `${heard} term aws then accept`,
    `${heard} term rest then reject`,
    `${told} term own from prefix-list TO-${name}`,
    ...(community === undefined
      ? []
      : [
          `set policy-options community AWS-${name} members ${community}`,
          `${told} term own then community set AWS-${name}`,
        ]),
    ...(med === undefined ? [] : [`${told} term own then metric ${med}`]),
    ...(prepend === 0 ? [] : [`${told} term own then as-path-prepend "${Array<number>(prepend).fill(asn).join(' ')}"`]),
    `${told} term own then accept`,
    `${told} term rest then reject`,
    `${group} type external`,
    `${group} multipath`,
    `${group} import IN-${name}`,
    `${group} export OUT-${name}`,
    `${group} neighbor ${amazonAddress} peer-as ${amazonAsn}`,
    `${group} neighbor ${amazonAddress} description ${name}`,
    ...(kind === 'directConnect'
      ? [
          `${group} neighbor ${amazonAddress} authentication-key BGP_KEY_OF_${constant(name)}`,
          `${group} neighbor ${amazonAddress} bfd-liveness-detection minimum-interval 300`,
          `${group} neighbor ${amazonAddress} bfd-liveness-detection multiplier 3`,
        ]
      : []),
  ];
}

function linkOf({ name, vlan, mtu, ownAddress, prefixLength }: RouterNeighbor): string[] {
  const port = `set interfaces PORT_OF_${constant(name)}`;
  const unit = `${port} unit ${vlan ?? 0}`;
  return [
    `${port} vlan-tagging`,
    `${unit} description ${name}`,
    `${unit} vlan-id ${vlan ?? 0}`,
    `${unit} family inet mtu ${mtu}`,
    `${unit} family inet address ${ownAddress}/${prefixLength}`,
  ];
}
