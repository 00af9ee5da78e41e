import { describeRange, DOCKER_BRIDGE, refusedRange } from './address-ranges';
import { blockSize, formatAddress, formatCidr, lastAddress, netmask, overlaps, type Ipv4Block } from './ipv4';
import {
  firstUsable,
  isSubnetSize,
  LARGEST_PREFIX_LENGTH,
  lastUsable,
  reservedAddresses,
  SMALLEST_PREFIX_LENGTH,
  usableAddresses,
  type ReservedAddress,
} from './subnet';

/** A block as AWS sees it. `total` and `usable` count addresses. */
export interface CidrInfo {
  readonly cidr: string;
  readonly network: string;
  /** None in a /31 and a /32 (RFC 3021). */
  readonly broadcast: string | null;
  readonly netmask: string;
  readonly total: number;
  /** 0, with neither `first` nor `last` nor anything reserved, for what is no subnet. */
  readonly usable: number;
  readonly first: string | null;
  readonly last: string | null;
  /** `RFC 1918 10.0.0.0/8` and so on, or `public`. */
  readonly range: string;
  readonly reserved: readonly ReservedAddress[];
  /** Why no subnet can, or should, have this block; null if one can. */
  readonly noSubnet: string | null;
}

export function describeCidr(block: Ipv4Block): CidrInfo {
  const noSubnet = reasonForNoSubnet(block);
  const isSubnet = noSubnet === null;
  return {
    cidr: formatCidr(block),
    network: formatAddress(block.address),
    broadcast: block.prefixLength > LONGEST_WITH_BROADCAST ? null : formatAddress(lastAddress(block)),
    netmask: netmask(block.prefixLength),
    total: blockSize(block.prefixLength),
    usable: isSubnet ? usableAddresses(block.prefixLength) : 0,
    first: isSubnet ? firstUsable(block) : null,
    last: isSubnet ? lastUsable(block) : null,
    range: describeRange(block),
    reserved: isSubnet ? reservedAddresses(block) : [],
    noSubnet,
  };
}

/** A /31 is a link between two hosts, a /32 one host. Source: RFC 3021. */
const LONGEST_WITH_BROADCAST = 30;

/** The same that an address plan refuses. */
function reasonForNoSubnet(block: Ipv4Block): string | null {
  if (!isSubnetSize(block.prefixLength)) {
    return `AWS makes subnets of /${LARGEST_PREFIX_LENGTH} to /${SMALLEST_PREFIX_LENGTH}`;
  }
  const refused = refusedRange(block);
  if (refused !== undefined) return `AWS refuses ${refused.label}`;
  if (overlaps(block, DOCKER_BRIDGE)) return `it is in ${formatCidr(DOCKER_BRIDGE)}, the default network of Docker`;
  return null;
}

/** Two blocks that share addresses. Of two blocks that overlap one contains the other. */
export interface Overlap {
  readonly a: string;
  readonly b: string;
  /** The smaller of the two. */
  readonly shared: string;
}

/** Every pair that overlaps, by address. Costs n log n for n blocks, and as much again as there are pairs. */
export function findOverlaps(blocks: readonly Ipv4Block[]): Overlap[] {
  const sorted = [...blocks].sort((x, y) => x.address - y.address || x.prefixLength - y.prefixLength);
  // The blocks that contain the present address, outermost first: aligned blocks are nested or apart.
  const open: Ipv4Block[] = [];
  return sorted.flatMap((block) => {
    while (open.length > 0 && !overlaps(open[open.length - 1] ?? block, block)) open.pop();
    const found = open.map((outer) => ({ a: formatCidr(outer), b: formatCidr(block), shared: formatCidr(block) }));
    open.push(block);
    return found;
  });
}
