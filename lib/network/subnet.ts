import { blockSize, formatAddress, formatCidr, lastAddress, type Ipv4Block } from './ipv4';

/** AWS takes VPCs and subnets from /16 (largest) to /28 (smallest). Source: Amazon VPC User Guide, "VPC CIDR blocks". */
export const LARGEST_PREFIX_LENGTH = 16;
export const SMALLEST_PREFIX_LENGTH = 28;

/**
 * The addresses that AWS keeps in every subnet, by their distance from its start; the last address is the fifth.
 * Source: Amazon VPC User Guide, "Subnet CIDR blocks".
 */
const RESERVED_FROM_START = ['network address', 'VPC router', 'DNS server', 'future use'] as const;
const RESERVED_LAST = 'broadcast (not supported in a VPC)';

export const RESERVED_PER_SUBNET = RESERVED_FROM_START.length + 1;

export interface ReservedAddress {
  readonly address: string;
  readonly role: string;
}

/** What a subnet of a block offers. Addresses are dotted quads, `total` and `usable` count addresses. */
export interface SubnetFacts {
  readonly cidr: string;
  readonly total: number;
  readonly usable: number;
  readonly first: string;
  readonly last: string;
  readonly reserved: readonly ReservedAddress[];
}

/** Addresses left for hosts: 2^(32 − n) − 5. */
export function usableAddresses(prefixLength: number): number {
  return blockSize(prefixLength) - RESERVED_PER_SUBNET;
}

/** The longest prefix (smallest block, at least a /28) with `hosts` usable addresses; shorter than /16 if none fits. */
export function prefixLengthFor(hosts: number): number {
  let prefixLength = SMALLEST_PREFIX_LENGTH;
  while (usableAddresses(prefixLength) < hosts) prefixLength--;
  return prefixLength;
}

/** True for the sizes that AWS makes a subnet of. */
export function isSubnetSize(prefixLength: number): boolean {
  return prefixLength >= LARGEST_PREFIX_LENGTH && prefixLength <= SMALLEST_PREFIX_LENGTH;
}

/** @param block of a size that `isSubnetSize` accepts */
export function describeSubnet(block: Ipv4Block): SubnetFacts {
  const end = lastAddress(block);
  return {
    cidr: formatCidr(block),
    total: blockSize(block.prefixLength),
    usable: usableAddresses(block.prefixLength),
    first: formatAddress(block.address + RESERVED_FROM_START.length),
    last: formatAddress(end - 1),
    reserved: [
      ...RESERVED_FROM_START.map((role, offset) => ({ address: formatAddress(block.address + offset), role })),
      { address: formatAddress(end), role: RESERVED_LAST },
    ],
  };
}
