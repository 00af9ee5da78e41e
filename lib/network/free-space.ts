import { blockSize, type Ipv4Block } from './ipv4';

/**
 * What is still free of a block, as aligned blocks in address order.
 *
 * Taking always the lowest aligned address keeps these blocks strictly growing in size from low addresses to high, so
 * there are at most 32 of them and the first that is large enough is also the lowest: `take` costs the same however
 * many blocks were taken before.
 */
export class FreeSpace {
  private readonly free: Ipv4Block[];

  constructor(whole: Ipv4Block) {
    this.free = [whole];
  }

  /** The lowest free aligned block of that size; undefined, taking nothing, if none is left. */
  take(prefixLength: number): Ipv4Block | undefined {
    const index = this.free.findIndex((block) => block.prefixLength <= prefixLength);
    const found = this.free[index];
    if (found === undefined) return undefined;
    const rest: Ipv4Block[] = [];
    for (let length = prefixLength; length > found.prefixLength; length--) {
      rest.push({ address: found.address + blockSize(length), prefixLength: length });
    }
    this.free.splice(index, 1, ...rest);
    return { address: found.address, prefixLength };
  }

  /** What is left, in address order. */
  blocks(): readonly Ipv4Block[] {
    return [...this.free];
  }
}
