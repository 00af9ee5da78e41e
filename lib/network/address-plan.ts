import { tierPrefixLength, type AddressPlanInput, type TierInput } from './address-plan-input';
import { FreeSpace } from './free-space';
import { blockSize, formatCidr, isBlock, parseCidr, type Ipv4Block } from './ipv4';
import { readAddressPlan } from './read-address-plan';
import { firstUsable, lastUsable, reservedAddresses, usableAddresses, type ReservedAddress } from './subnet';

/** One subnet. Addresses are dotted quads; `total` and `usable` count addresses. */
export interface PlannedSubnet {
  readonly tier: string;
  readonly zone: string;
  readonly cidr: string;
  readonly total: number;
  readonly usable: number;
  readonly first: string;
  readonly last: string;
  readonly reserved: readonly ReservedAddress[];
}

/** A block that has no subnet but may not be given to another tier. `total` counts addresses. */
export interface KeptBlock {
  readonly tier: string;
  readonly cidr: string;
  readonly total: number;
  readonly reason: 'future zone' | 'retired tier';
}

export interface FreeBlock {
  readonly cidr: string;
  readonly total: number;
}

export interface AddressPlan {
  readonly cidr: string;
  /** By tier in the plan's order, then by zone. */
  readonly subnets: readonly PlannedSubnet[];
  readonly kept: readonly KeptBlock[];
  /** Aligned blocks in address order. */
  readonly free: readonly FreeBlock[];
  /** Addresses in subnets as a fraction (0 to 1) of the VPC's; kept blocks do not count. */
  readonly utilization: number;
}

/**
 * Places every tier's blocks, in the order of the list, each at the lowest free aligned address.
 * Time and memory grow linearly with the number of subnets.
 *
 * @throws {ProblemsError} with all that is wrong with the input
 */
export function planAddresses(input: AddressPlanInput): AddressPlan {
  const { cidr, zones, maxZones, tiers } = readAddressPlan(input);
  const vpc = requireBlock(cidr);
  const freeSpace = new FreeSpace(vpc);
  const subnets: PlannedSubnet[] = [];
  const kept: KeptBlock[] = [];
  for (const tier of tiers) {
    for (let index = 0; index < maxZones; index++) {
      const block = requireRoom(freeSpace.take(tierPrefixLength(tier)), tier);
      const zone = zones[index];
      if (tier.retired !== true && zone !== undefined) {
        subnets.push(describeSubnet(tier.name, zone, block));
      } else {
        const reason = tier.retired === true ? 'retired tier' : 'future zone';
        kept.push({ tier: tier.name, ...size(block), reason });
      }
    }
  }
  return {
    cidr: formatCidr(vpc),
    subnets,
    kept,
    free: freeSpace.blocks().map(size),
    utilization: subnets.reduce((sum, subnet) => sum + subnet.total, 0) / blockSize(vpc.prefixLength),
  };
}

function describeSubnet(tier: string, zone: string, block: Ipv4Block): PlannedSubnet {
  return {
    tier,
    zone,
    cidr: formatCidr(block),
    total: blockSize(block.prefixLength),
    usable: usableAddresses(block.prefixLength),
    first: firstUsable(block),
    last: lastUsable(block),
    // Worked out when asked for: in a large plan this is most of the text, and few ask.
    get reserved() {
      return reservedAddresses(block);
    },
  };
}

function size(block: Ipv4Block): FreeBlock {
  return { cidr: formatCidr(block), total: blockSize(block.prefixLength) };
}

function requireBlock(cidr: string): Ipv4Block {
  const parsed = parseCidr(cidr);
  if (!isBlock(parsed)) throw new Error(`${cidr} ${parsed.reason}, which validation should have refused`);
  return parsed;
}

function requireRoom(block: Ipv4Block | undefined, tier: TierInput): Ipv4Block {
  if (block === undefined) throw new Error(`no room for tier ${tier.name}, which validation should have refused`);
  return block;
}
