import type { ValueFault } from './asn';

/** An IPv4 address and the length of the prefix that its link has. */
export interface LinkAddress {
  readonly address: number;
  readonly prefixLength: number;
}

/** Reads `169.254.100.1/30`, with nothing left out and no leading zeros; undefined if it is not so. */
export function parseLinkAddress(text: string): LinkAddress | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const numbers = match?.slice(1) ?? [];
  if (numbers.length === 0 || numbers.some((number) => number !== String(Number(number)))) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = numbers.map(Number);
  if (Math.max(a, b, c, d) > 255 || prefixLength > 32) return undefined;
  return { address: ((a * 256 + b) * 256 + c) * 256 + d, prefixLength };
}

/**
 * What is wrong with the two addresses of a link, each well formed.
 * Source: `CreateBGPPeer`, AWS Direct Connect API Reference; RFC 3021 for /31.
 */
export function linkFault(amazon: LinkAddress, customer: LinkAddress): ValueFault | undefined {
  const lengths = [amazon.prefixLength, customer.prefixLength];
  if (lengths.some((length) => length !== 30 && length !== 31)) {
    return { reason: 'have another prefix length than 30 or 31', remedy: 'take a block of 4 or 2 addresses' };
  }
  if (amazon.prefixLength !== customer.prefixLength) {
    return { reason: 'have different prefix lengths', remedy: 'write both with the same' };
  }
  const size = 2 ** (32 - amazon.prefixLength);
  const [one, other] = [amazon, customer].map(({ address }) => Math.floor(address / size));
  if (one !== other) return { reason: 'are in different blocks', remedy: 'take both from the same block' };
  if (amazon.address === customer.address) return { reason: 'are the same', remedy: 'give each side its own' };
  const unusable = size === 4 && [amazon, customer].some(({ address }) => address % 4 === 0 || address % 4 === 3);
  return unusable
    ? { reason: 'hold the first or the last address of their /30', remedy: 'take the two between them' }
    : undefined;
}

/** Link-local blocks that AWS keeps. Source: `VpnTunnelOptionsSpecification`, TunnelInsideCidr, Amazon EC2 API Reference. */
const KEPT_BLOCKS = [
  '169.254.0.0',
  '169.254.1.0',
  '169.254.2.0',
  '169.254.3.0',
  '169.254.4.0',
  '169.254.5.0',
  '169.254.169.252',
];

/** What is wrong with the block inside a tunnel. */
export function tunnelFault(text: string): ValueFault | undefined {
  const block = parseLinkAddress(text);
  if (block?.prefixLength !== 30 || block.address % 4 !== 0 || !text.startsWith('169.254.')) {
    return { reason: 'is not a /30 of 169.254.0.0/16', remedy: 'take for example 169.254.60.0/30' };
  }
  return KEPT_BLOCKS.some((kept) => text === `${kept}/30`)
    ? { reason: 'is a block that AWS keeps', remedy: 'take another, for example 169.254.60.0/30' }
    : undefined;
}

/** True for what the internet reaches: a customer gateway has a public address. */
export function isPublicAddress(address: number): boolean {
  return !NOT_PUBLIC.some(([first, length]) => Math.floor(address / 2 ** (32 - length)) === first);
}

/** Source: "IANA IPv4 Special-Purpose Address Registry", what is not globally reachable; first octets, as numbers shifted. */
const NOT_PUBLIC: readonly (readonly [first: number, length: number])[] = (
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const
).map(([start, length]) => {
  const parsed = parseLinkAddress(`${start}/32`);
  return [Math.floor((parsed?.address ?? 0) / 2 ** (32 - length)), length];
});
