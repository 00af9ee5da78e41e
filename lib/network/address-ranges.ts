import { contains, overlaps, parseCidr, isBlock, type Ipv4Block } from './ipv4';

/**
 * - `private`: for networks of one's own
 * - `shared`: carrier-grade NAT space, accepted by AWS
 * - `special`: routed by nobody, but AWS makes a VPC of it
 * - `refused`: no VPC can have it
 */
type RangeKind = 'private' | 'shared' | 'special' | 'refused';

interface AddressRange {
  readonly block: Ipv4Block;
  readonly kind: RangeKind;
  readonly label: string;
}

/**
 * Special-purpose IPv4 ranges.
 * Source: IANA IPv4 Special-Purpose Address Registry; "VPC CIDR blocks" in the Amazon VPC User Guide (autumn 2026).
 */
const RANGES: readonly AddressRange[] = [
  range('10.0.0.0/8', 'private', 'RFC 1918'),
  range('172.16.0.0/12', 'private', 'RFC 1918'),
  range('192.168.0.0/16', 'private', 'RFC 1918'),
  range('100.64.0.0/10', 'shared', 'RFC 6598'),
  range('192.0.0.0/24', 'special', 'RFC 6890'),
  range('192.0.2.0/24', 'special', 'RFC 5737'),
  range('198.18.0.0/15', 'special', 'RFC 2544'),
  range('198.51.100.0/24', 'special', 'RFC 5737'),
  range('203.0.113.0/24', 'special', 'RFC 5737'),
  range('0.0.0.0/8', 'refused', 'RFC 1122'),
  range('127.0.0.0/8', 'refused', 'RFC 1122'),
  range('169.254.0.0/16', 'refused', 'RFC 3927'),
  range('224.0.0.0/4', 'refused', 'RFC 5771'),
  // The VPC guide does not list class E; most operating systems refuse to use it as an address.
  range('240.0.0.0/4', 'refused', 'RFC 1112'),
];

/** Docker's default bridge, which AWS Cloud9 and SageMaker use too: hosts in such a VPC cannot reach their neighbours. */
export const DOCKER_BRIDGE: Ipv4Block = block('172.17.0.0/16');

/** The special range that holds all of `candidate`; undefined if it is public or spans several ranges. */
export function rangeOf(candidate: Ipv4Block): AddressRange | undefined {
  return RANGES.find((known) => contains(known.block, candidate));
}

/** The range that no VPC can have and `candidate` touches, if any. */
export function refusedRange(candidate: Ipv4Block): AddressRange | undefined {
  return RANGES.find((known) => known.kind === 'refused' && overlaps(known.block, candidate));
}

/** `RFC 1918 10.0.0.0/8` and so on; `public`; or, for a block that is only partly special, what it spans. */
export function describeRange(candidate: Ipv4Block): string {
  const whole = rangeOf(candidate);
  if (whole !== undefined) return whole.label;
  const parts = RANGES.filter((known) => overlaps(known.block, candidate));
  return parts.length === 0 ? 'public' : `public and ${parts.map((part) => part.label).join(', ')}`;
}

function range(cidr: string, kind: RangeKind, source: string): AddressRange {
  return { block: block(cidr), kind, label: `${source} ${cidr}` };
}

function block(cidr: string): Ipv4Block {
  const parsed = parseCidr(cidr);
  if (!isBlock(parsed)) throw new Error(`${cidr} ${parsed.reason}`);
  return parsed;
}
