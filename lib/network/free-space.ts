import { blockSize, type Ipv4Block } from './ipv4';

/**
 * What is still free of a block.
 *
 * Taking always the lowest aligned address keeps the free blocks strictly growing in size from low addresses to high.
 * So there is at most one of each size, the smallest that is large enough is also the lowest, and `take` costs the same
 * however many blocks were taken before.
 */
export class FreeSpace {
  /** The address of the free block of each prefix length. */
  private readonly free: (number | undefined)[] = [];

  constructor(whole: Ipv4Block) {
    this.free[whole.prefixLength] = whole.address;
  }

  /** The lowest free aligned block of that size; undefined, taking nothing, if none is left. */
  take(prefixLength: number): Ipv4Block | undefined {
    let found = prefixLength;
    while (found >= 0 && this.free[found] === undefined) found--;
    const address = this.free[found];
    if (address === undefined) return undefined;
    this.free[found] = undefined;
    for (let length = found + 1; length <= prefixLength; length++) this.free[length] = address + blockSize(length);
    return { address, prefixLength };
  }

  /** What is left, in address order. */
  blocks(): readonly Ipv4Block[] {
    return this.free
      .flatMap((address, prefixLength) => (address === undefined ? [] : [{ address, prefixLength }]))
      .reverse();
  }
}
