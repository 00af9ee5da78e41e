import type { Problem } from '../../foundation/problem';
import { fieldsOf, type Given } from '../../foundation/settings';
import { intersects, type AddressBlock } from '../../foundation/addresses';
import { interfaceSchema, type ConnectSettings } from '../connect-settings';
import { linkFault, parseLinkAddress, type LinkAddress } from '../values/link-addresses';
import {
  MOST_INTERFACES,
  MOST_PRIVATE_INTERFACES_PER_CONNECTION,
  MOST_TRANSIT_INTERFACES_PER_CONNECTION,
} from '../values/limits';

/** Source: `CreatePrivateVirtualInterface`, `CreateTransitVirtualInterface`, mtu; "Direct Connect virtual interfaces", User Guide. */
const MTUS = { virtualPrivate: [1500, 9001], transit: [1500, 8500] } as const;

/** Source: IEEE 802.1Q; AWS takes no other. */
const LARGEST_VLAN = 4094;

/** What a partner may provide. Source: `AllocateHostedConnection`, bandwidth. */
const HOSTED_BANDWIDTHS = [
  '50Mbps', '100Mbps', '200Mbps', '300Mbps', '400Mbps', '500Mbps', '1Gbps', '2Gbps', '5Gbps', '10Gbps', '25Gbps',
]; // prettier-ignore
export const DEDICATED_BANDWIDTHS = ['1Gbps', '10Gbps', '100Gbps', '400Gbps'];

type Interface = ReturnType<typeof fieldsOf<(typeof interfaceSchema)['shape']>>;

/**
 * What is wrong with the meaning of the virtual interfaces.
 *
 * @param vpc undefined where the network's block is malformed
 */
export function interfaceProblems(
  raws: readonly unknown[],
  gateway: Given<ConnectSettings['gateway']>,
  vpc: AddressBlock | undefined,
  path: string,
): Problem[] {
  const interfaces = raws.map((raw) => fieldsOf(interfaceSchema, raw));
  return [
    ...interfaces.flatMap((one, index) => singleProblems(one, gateway, vpc, `${path}[${index}]`)),
    ...repeatedNames(interfaces, path),
    ...repeatedVlans(interfaces, path),
    ...repeatedLinks(interfaces, path),
    ...crowdedConnections(interfaces, gateway, path),
    ...(raws.length > MOST_INTERFACES
      ? [
          {
            path,
            reason: `are ${raws.length}, and a Direct Connect gateway takes ${MOST_INTERFACES}`,
            remedy: 'take fewer and faster ones, or a second environment with a gateway of its own',
          },
        ]
      : []),
  ];
}

function singleProblems(
  { vlan, mtu, addresses, bandwidth, hosted, connection }: Interface,
  gateway: Given<ConnectSettings['gateway']>,
  vpc: AddressBlock | undefined,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  if (typeof vlan === 'number' && (vlan < 1 || vlan > LARGEST_VLAN)) {
    problems.push({
      path: `${path}.vlan`,
      value: vlan,
      reason: 'is no VLAN that an interface can have',
      remedy: `give the number agreed on for the cross connect, 1 to ${LARGEST_VLAN}`,
    });
  }
  const mtus: readonly number[] = gateway ? MTUS[gateway] : [...MTUS.virtualPrivate, ...MTUS.transit];
  if (typeof mtu === 'number' && !mtus.includes(mtu)) {
    const kind = gateway === 'transit' ? 'a transit' : gateway === 'virtualPrivate' ? 'a private' : 'an';
    problems.push({
      path: `${path}.mtu`,
      value: mtu,
      reason: `is not an MTU of ${kind} interface`,
      remedy: `give ${[...new Set(mtus)].join(' or ')}`,
    });
  }
  const bandwidths = hosted === true ? HOSTED_BANDWIDTHS : DEDICATED_BANDWIDTHS;
  if (typeof bandwidth === 'string' && typeof hosted === 'boolean' && !bandwidths.includes(bandwidth)) {
    const lag = connection?.startsWith('dxlag-') === true || connection?.startsWith('ssm:') === true;
    // A LAG has the sum of its members.
    if (hosted || !lag) {
      problems.push({
        path: `${path}.bandwidth`,
        value: bandwidth,
        reason: `is no bandwidth of a ${hosted ? 'hosted' : 'dedicated'} connection`,
        remedy: `give one of ${bandwidths.join(', ')}${hosted ? '' : ', or set hosted: true'}`,
      });
    }
  }
  if (hosted === true && connection?.startsWith('dxlag-') === true) {
    problems.push({
      path: `${path}.hosted`,
      value: true,
      reason: 'is said of a LAG, whose connections are dedicated',
      remedy: 'leave it out, or name the hosted connection',
    });
  }
  if (addresses) problems.push(...addressProblems(addresses, vpc, `${path}.addresses`));
  return problems;
}

function addressProblems(
  { amazon, customer }: { readonly amazon: string; readonly customer: string },
  vpc: AddressBlock | undefined,
  path: string,
): Problem[] {
  const [one, other] = [parseLinkAddress(amazon), parseLinkAddress(customer)];
  const malformed = [
    ['amazon', amazon, one],
    ['customer', customer, other],
  ] as const;
  const problems = malformed
    .filter(([, , parsed]) => parsed === undefined)
    .map(([side, value]) => ({
      path: `${path}.${side}`,
      value,
      reason: value.includes(':')
        ? 'is IPv6, where AWS chooses the addresses itself'
        : 'is no IPv4 address with its prefix length',
      remedy: 'write for example 169.254.100.1/30',
    }));
  if (one === undefined || other === undefined) return problems;
  const fault = linkFault(one, other);
  if (fault !== undefined) return [{ path, value: [amazon, customer], ...fault }];
  return isWithin(one, vpc)
    ? [
        {
          path,
          value: [amazon, customer],
          reason: `are in the VPC's block, ${vpc?.cidr ?? ''}, where its own route goes first`,
          remedy: 'take link-local ones, for example 169.254.100.1/30 and 169.254.100.2/30',
        },
      ]
    : [];
}

function isWithin({ address }: LinkAddress, vpc: AddressBlock | undefined): boolean {
  const range = { family: 'IPV4', first: BigInt(address), last: BigInt(address) } as const;
  return vpc !== undefined && intersects(range, vpc);
}

function repeatedNames(interfaces: readonly Interface[], path: string): Problem[] {
  return repeated(interfaces, ({ name }) => name ?? undefined).map(([index, first]) => ({
    path: `${path}[${index}].name`,
    value: interfaces[index]?.name,
    reason: `is already the name of ${path}[${first}]`,
    remedy: 'give each interface a name of its own',
  }));
}

function repeatedVlans(interfaces: readonly Interface[], path: string): Problem[] {
  const key = ({ connection, vlan }: Interface): string | undefined =>
    typeof connection === 'string' && typeof vlan === 'number' ? `${connection} ${vlan}` : undefined;
  return repeated(interfaces, key).map(([index, first]) => ({
    path: `${path}[${index}].vlan`,
    value: interfaces[index]?.vlan,
    reason: `is already that of ${path}[${first}] on ${interfaces[index]?.connection ?? ''}`,
    remedy: 'give each interface of a connection its own VLAN',
  }));
}

function repeatedLinks(interfaces: readonly Interface[], path: string): Problem[] {
  const key = ({ addresses }: Interface): string | undefined => {
    const amazon = addresses ? parseLinkAddress(addresses.amazon) : undefined;
    return amazon === undefined ? undefined : String(Math.floor(amazon.address / 2 ** (32 - amazon.prefixLength)));
  };
  return repeated(interfaces, key).map(([index, first]) => ({
    path: `${path}[${index}].addresses`,
    value: Object.values(interfaces[index]?.addresses ?? {}),
    reason: `are on the link of ${path}[${first}], too`,
    remedy: 'give each link a block of its own',
  }));
}

function crowdedConnections(
  interfaces: readonly Interface[],
  gateway: Given<ConnectSettings['gateway']>,
  path: string,
): Problem[] {
  const perConnection =
    gateway === 'transit' ? MOST_TRANSIT_INTERFACES_PER_CONNECTION : MOST_PRIVATE_INTERFACES_PER_CONNECTION;
  return [...new Set(interfaces.map(({ connection }) => connection))].flatMap((connection): Problem[] => {
    if (typeof connection !== 'string') return [];
    const own = interfaces.flatMap((one, index) => (one.connection === connection ? [{ ...one, index }] : []));
    const most = own.some(({ hosted }) => hosted === true) ? 1 : perConnection;
    const tooMany = own[most];
    if (tooMany === undefined) return [];
    return [
      {
        path: `${path}[${tooMany.index}].connection`,
        value: connection,
        reason:
          most === 1
            ? 'is hosted and has an interface already, and takes one'
            : `has ${most} interfaces already, and takes no more of this kind`,
        remedy: 'name another connection',
      },
    ];
  });
}

/** Places of what is there before, with the place where. */
function repeated<T>(list: readonly T[], key: (one: T) => string | undefined): [index: number, first: number][] {
  const keys = list.map(key);
  return keys.flatMap((value, index): [number, number][] => {
    const first = keys.indexOf(value);
    return value === undefined || first === index ? [] : [[index, first]];
  });
}
