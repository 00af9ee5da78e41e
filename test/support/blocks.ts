import fc from 'fast-check';
import { blockSize, isBlock, parseCidr, type Ipv4Block } from '../../lib/network/ipv4';

/** Any IPv4 block. */
export const blocks: fc.Arbitrary<Ipv4Block> = fc
  .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefixLength]) => ({ address: address - (address % blockSize(prefixLength)), prefixLength }));

/** @throws {Error} if the text is not a block, so that a test cannot go on with half of one */
export function block(cidr: string): Ipv4Block {
  const parsed = parseCidr(cidr);
  if (!isBlock(parsed)) throw new Error(`${cidr} ${parsed.reason}`);
  return parsed;
}
