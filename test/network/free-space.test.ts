import fc from 'fast-check';
import { FreeSpace } from '../../lib/network/free-space';
import { blockSize, overlaps, type Ipv4Block } from '../../lib/network/ipv4';

const WHOLE: Ipv4Block = { address: 0x0a000000, prefixLength: 22 };

/** By trying every aligned address from the lowest: slow, and obviously right. */
function lowestFree(taken: readonly Ipv4Block[], prefixLength: number): Ipv4Block | undefined {
  const end = WHOLE.address + blockSize(WHOLE.prefixLength);
  for (let address = WHOLE.address; address + blockSize(prefixLength) <= end; address += blockSize(prefixLength)) {
    const candidate = { address, prefixLength };
    if (!taken.some((block) => overlaps(block, candidate))) return candidate;
  }
  return undefined;
}

test('takes the lowest free aligned block, and nothing when none is left', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 22, max: 32 }), { maxLength: 40 }), (prefixLengths) => {
      const space = new FreeSpace(WHOLE);
      const taken: Ipv4Block[] = [];
      for (const prefixLength of prefixLengths) {
        const expected = lowestFree(taken, prefixLength);
        expect(space.take(prefixLength)).toEqual(expected);
        if (expected !== undefined) taken.push(expected);
      }
    }),
  );
});

test('what is left is disjoint from what was taken, fills the rest, and grows in size from low addresses to high', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 23, max: 32 }), { maxLength: 40 }), (prefixLengths) => {
      const space = new FreeSpace(WHOLE);
      const taken = prefixLengths.flatMap((prefixLength) => space.take(prefixLength) ?? []);
      const free = space.blocks();
      const all = [...taken, ...free].sort((a, b) => a.address - b.address);
      let next = WHOLE.address;
      for (const block of all) {
        expect(block.address).toBe(next);
        next += blockSize(block.prefixLength);
      }
      expect(next).toBe(WHOLE.address + blockSize(WHOLE.prefixLength));
      free.slice(1).forEach((block, index) => {
        expect(block.prefixLength).toBeLessThan(free[index]?.prefixLength ?? 0);
      });
    }),
  );
});

test('a block larger than the whole is not there', () => {
  expect(new FreeSpace(WHOLE).take(21)).toBeUndefined();
});
