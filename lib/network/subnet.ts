import { blockSize, formatAddress, formatCidr, lastAddress, type Ipv4Block } from './ipv4';

/** AWS takes VPCs and subnets from /16 (largest) to /28 (smallest). Source: Amazon VPC User Guide, "VPC CIDR blocks". */
export const LARGEST_PREFIX_LENGTH = 16;
export const SMALLEST_PREFIX_LENGTH = 28;

/**
 * AWS keeps the first four addresses of every subnet, and the last. `reservedAddresses` says what for.
 * Source: Amazon VPC User Guide, "Subnet CIDR blocks".
 */
const RESERVED_AT_START = 4;
const RESERVED_PER_SUBNET = RESERVED_AT_START + 1;

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

/**
 * @param block of a size that `isSubnetSize` accepts
 * @param label what else is known of the subnet; stands first in the answer
 */
export function describeSubnet<Label extends object>(block: Ipv4Block, label: Label): Label & SubnetFacts {
  return {
    ...label,
    cidr: formatCidr(block),
    total: blockSize(block.prefixLength),
    usable: usableAddresses(block.prefixLength),
    first: formatAddress(block.address + RESERVED_AT_START),
    last: formatAddress(lastAddress(block) - 1),
    // Worked out when asked for: in a large plan these are most of the text, and few ask.
    get reserved() {
      return reservedAddresses(block);
    },
  };
}

function reservedAddresses(block: Ipv4Block): ReservedAddress[] {
  return [
    { address: formatAddress(block.address), role: 'network address' },
    { address: formatAddress(block.address + 1), role: 'VPC router' },
    { address: formatAddress(block.address + 2), role: 'DNS server' },
    { address: formatAddress(block.address + 3), role: 'future use' },
    { address: formatAddress(lastAddress(block)), role: 'broadcast (not supported in a VPC)' },
  ];
}
