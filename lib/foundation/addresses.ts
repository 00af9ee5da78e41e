import ipaddr from 'ipaddr.js';

export type AddressFamily = 'IPV4' | 'IPV6';

/** The addresses of a block, as numbers. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** A block in a list of addresses: with a prefix length, and no host bits. */
export interface AddressBlock extends AddressRange {
  readonly cidr: string;
}

/** What is wrong with a text that should be an address or a block, in the words of a `Problem`. */
export interface AddressFault {
  readonly reason: string;
  readonly remedy: string;
  /** The block that was probably meant, where that can be told. */
  readonly meant?: AddressBlock;
}

const BITS: Record<AddressFamily, number> = { IPV4: 32, IPV6: 128 };

const IPV4_SHAPE = /^\d+(?:\.\d+){3}$/;

/**
 * Reads `192.0.2.1`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`, as lists of addresses in settings have them. Strict: no
 * host bits, no leading zeros (some readers take them as octal), and not every address there is, which no list means.
 */
export function parseAddress(text: string): AddressBlock | AddressFault {
  const { address = '', length } = /^(?<address>[^/]+)(?:\/(?<length>\d+))?$/.exec(text)?.groups ?? {};
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return ipv4Inside(mapped);
  const fault = numberFault([...(IPV4_SHAPE.test(address) ? address.split('.') : []), ...(length ? [length] : [])]);
  const family = familyOf(address);
  if (family === undefined && !IPV4_SHAPE.test(address)) {
    return {
      reason: 'is not an IPv4 or IPv6 address or CIDR block',
      remedy: 'write for example 192.0.2.0/24, 192.0.2.1 or 2001:db8::/32',
    };
  }
  if (fault !== undefined) return fault;
  if (family === undefined) {
    const tooBig = address.split('.').find((octet) => Number(octet) > 255) ?? '';
    return { reason: `has the octet ${tooBig}, over 255`, remedy: 'each octet is 0 to 255' };
  }
  const bits = BITS[family];
  const prefixLength = length === undefined ? bits : Number(length);
  if (prefixLength > bits) {
    return {
      reason: `has the prefix length ${length ?? ''}, over ${bits}`,
      remedy: `the prefix length is 1 to ${bits}`,
    };
  }
  if (prefixLength === 0) return { reason: 'is every address', remedy: 'name the blocks that you mean' };
  const value = toNumber(address);
  const size = 1n << BigInt(bits - prefixLength);
  const first = value - (value % size);
  const block = { family, first, last: first + size - 1n, cidr: `${toText(first, family)}/${prefixLength}` };
  if (family === 'IPV6' && first >> 32n === 0xffffn) return ipv4Inside(toText(first & 0xffff_ffffn, 'IPV4'));
  if (first === value) return block;
  return {
    reason: `has host bits set: ${toText(value, family)} is inside a /${prefixLength}, not its start`,
    remedy: `write ${block.cidr}`,
    meant: block,
  };
}

function ipv4Inside(address: string): AddressFault {
  return { reason: 'is an IPv4 address inside an IPv6 one, which nothing comes from', remedy: `write ${address}` };
}

function numberFault(numbers: readonly string[]): AddressFault | undefined {
  if (!numbers.some((number) => number.length > 1 && number.startsWith('0'))) return undefined;
  return { reason: 'has a number with a leading zero', remedy: 'write decimal numbers without leading zeros' };
}

export function isAddressBlock(parsed: AddressBlock | AddressFault): parsed is AddressBlock {
  return 'cidr' in parsed;
}

/** The blocks among `texts`; what is none is passed over, because problems name it elsewhere. */
export function addressBlocks(texts: readonly string[]): AddressBlock[] {
  return texts.map(parseAddress).filter(isAddressBlock);
}

/** True if every address of `inner` is in one or another of `outer`, or several of them together. */
export function covers(outer: readonly AddressRange[], inner: AddressRange): boolean {
  return coverage(outer)(inner);
}

/** `covers` for many ranges against the same list: lists may have 10,000 blocks each. */
export function coverage(outer: readonly AddressRange[]): (inner: AddressRange) => boolean {
  const merged = { IPV4: merge(outer, 'IPV4'), IPV6: merge(outer, 'IPV6') };
  return ({ family, first, last }) => {
    const ranges = merged[family];
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ranges[middle]?.first ?? 0n) <= first) low = middle + 1;
      else high = middle;
    }
    const nearest = ranges[low - 1];
    return nearest !== undefined && nearest.last >= last;
  };
}

/** Sorted, and neighbours joined. */
function merge(ranges: readonly AddressRange[], family: AddressFamily): AddressRange[] {
  const sorted = ranges
    .filter((range) => range.family === family)
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (before === undefined || before.last + 1n < range.first) merged.push(range);
    else if (before.last < range.last) merged[merged.length - 1] = { ...before, last: range.last };
  }
  return merged;
}

/** The addresses that are in none of `ranges`. */
export function complement(ranges: readonly AddressRange[]): AddressRange[] {
  return EVERY_ADDRESS.flatMap(({ family, first, last }) => {
    const rest: AddressRange[] = [];
    let next = first;
    for (const range of merge(ranges, family)) {
      if (range.first > next) rest.push({ family, first: next, last: range.first - 1n });
      next = range.last + 1n;
    }
    if (next <= last) rest.push({ family, first: next, last });
    return rest;
  });
}

/** True if the two share an address. */
export function intersects(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** All addresses there are, of both families. */
export const EVERY_ADDRESS: readonly AddressRange[] = [
  { family: 'IPV4', first: 0n, last: (1n << 32n) - 1n },
  { family: 'IPV6', first: 0n, last: (1n << 128n) - 1n },
];

function familyOf(address: string): AddressFamily | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return 'IPV4';
  // A zone (%eth0) means something on one machine only. Dotted ends (::1.2.3.4) have been read in different ways.
  if (address.includes(':') && !/[%.]/.test(address) && ipaddr.IPv6.isValid(address)) return 'IPV6';
  return undefined;
}

function toNumber(address: string): bigint {
  return ipaddr
    .parse(address)
    .toByteArray()
    .reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}

function toText(value: bigint, family: AddressFamily): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, index) =>
    Number((value >> BigInt(BITS[family] - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
