import { describeRange } from './address-ranges';
import { blockSize, formatAddress, formatCidr, lastAddress, netmask, overlaps, type Ipv4Block } from './ipv4';
import {
  firstUsable,
  isSubnetSize,
  lastUsable,
  reservedAddresses,
  usableAddresses,
  type ReservedAddress,
} from './subnet';

/** A block as AWS sees it. `total` and `usable` count addresses. */
export interface CidrInfo {
  readonly cidr: string;
  readonly network: string;
  readonly broadcast: string;
  readonly netmask: string;
  readonly total: number;
  /** 0, with neither `first` nor `last` nor anything reserved, for a size that AWS makes no subnet of. */
  readonly usable: number;
  readonly first: string | null;
  readonly last: string | null;
  /** `RFC 1918 10.0.0.0/8` and so on, or `public`. */
  readonly range: string;
  readonly reserved: readonly ReservedAddress[];
}

export function describeCidr(block: Ipv4Block): CidrInfo {
  const isSubnet = isSubnetSize(block.prefixLength);
  return {
    cidr: formatCidr(block),
    network: formatAddress(block.address),
    broadcast: formatAddress(lastAddress(block)),
    netmask: netmask(block.prefixLength),
    total: blockSize(block.prefixLength),
    usable: isSubnet ? usableAddresses(block.prefixLength) : 0,
    first: isSubnet ? firstUsable(block) : null,
    last: isSubnet ? lastUsable(block) : null,
    range: describeRange(block),
    reserved: isSubnet ? reservedAddresses(block) : [],
  };
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
