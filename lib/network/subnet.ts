import { blockSize, formatAddress, lastAddress, type Ipv4Block } from './ipv4';

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

/** The first address for a host. */
export function firstUsable({ address }: Ipv4Block): string {
  return formatAddress(address + RESERVED_AT_START);
}

/** The last address for a host. */
export function lastUsable(block: Ipv4Block): string {
  return formatAddress(lastAddress(block) - 1);
}

/** What AWS keeps of a subnet, in address order. */
export function reservedAddresses(block: Ipv4Block): ReservedAddress[] {
  return [
    { address: formatAddress(block.address), role: 'network address' },
    { address: formatAddress(block.address + 1), role: 'VPC router' },
    { address: formatAddress(block.address + 2), role: 'DNS server' },
    { address: formatAddress(block.address + 3), role: 'future use' },
    { address: formatAddress(lastAddress(block)), role: 'broadcast (not supported in a VPC)' },
  ];
}
