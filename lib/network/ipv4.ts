/** An IPv4 block. `address` is the first address as an unsigned 32-bit number; its bits below the prefix are zero. */
export interface Ipv4Block {
  readonly address: number;
  /** 0 to 32. */
  readonly prefixLength: number;
}

/** What is wrong with a text that should be a CIDR block, in the words of a `Problem`. */
export interface CidrFault {
  readonly reason: string;
  readonly remedy: string;
  /** The block that was probably meant, where that can be told. */
  readonly meant?: Ipv4Block;
}

const CIDR_SHAPE = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/;

/** Reads `10.0.0.0/16`. Strict: four decimal octets, no leading zeros (some readers take them as octal), no host bits. */
export function parseCidr(text: string): Ipv4Block | CidrFault {
  const parts = CIDR_SHAPE.exec(text)?.slice(1);
  if (parts === undefined) {
    return {
      reason: 'is not an IPv4 CIDR block',
      remedy: 'write four octets and a prefix length, for example 10.0.0.0/16',
    };
  }
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) {
    return { reason: 'has a number with a leading zero', remedy: 'write decimal numbers without leading zeros' };
  }
  const numbers = parts.map(Number);
  const octets = numbers.slice(0, 4);
  const prefixLength = numbers[4] ?? 0;
  const tooBig = octets.find((octet) => octet > 255);
  if (tooBig !== undefined) {
    return {
      reason: `has the octet ${parts[octets.indexOf(tooBig)] ?? ''}, over 255`,
      remedy: 'each octet is 0 to 255',
    };
  }
  if (prefixLength > 32) {
    return { reason: `has the prefix length ${parts[4] ?? ''}, over 32`, remedy: 'the prefix length is 0 to 32' };
  }
  const address = octets.reduce((value, octet) => value * 256 + octet, 0);
  const network = address - (address % blockSize(prefixLength));
  if (network !== address) {
    return {
      reason: `has host bits set: ${formatAddress(address)} is inside a /${prefixLength}, not its start`,
      remedy: `write ${formatCidr({ address: network, prefixLength })}`,
      meant: { address: network, prefixLength },
    };
  }
  return { address, prefixLength };
}

export function isBlock(parsed: Ipv4Block | CidrFault): parsed is Ipv4Block {
  return 'address' in parsed;
}

/** Number of addresses in a block. */
export function blockSize(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

export function lastAddress({ address, prefixLength }: Ipv4Block): number {
  return address + blockSize(prefixLength) - 1;
}

/** True if the two share any address; of two blocks one then contains the other. */
export function overlaps(a: Ipv4Block, b: Ipv4Block): boolean {
  return a.address <= lastAddress(b) && b.address <= lastAddress(a);
}

export function contains(outer: Ipv4Block, inner: Ipv4Block): boolean {
  return outer.prefixLength <= inner.prefixLength && overlaps(outer, inner);
}

export function formatAddress(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

export function formatCidr({ address, prefixLength }: Ipv4Block): string {
  return `${formatAddress(address)}/${prefixLength}`;
}

/** `255.255.0.0` for 16. */
export function netmask(prefixLength: number): string {
  return formatAddress(2 ** 32 - blockSize(prefixLength));
}
