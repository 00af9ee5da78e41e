import { isAddressBlock, parseAddress, type AddressBlock, type AddressFamily } from './addresses';
import type { Problem } from './problem';

export interface AddressListOptions {
  /** Both, unless said otherwise. */
  readonly families?: readonly AddressFamily[];
}

/**
 * What is wrong with a list of addresses and CIDR blocks: texts that are none, and blocks that the list has already, in the same
 * or in a wider one.
 *
 * @param texts the list as written; undefined stands for what is no text, which is a mistake of shape
 * @param path where the list is: `dev.network.onPremises`
 */
export function addressListProblems(
  texts: readonly (string | undefined)[],
  path: string,
  { families = ['IPV4', 'IPV6'] }: AddressListOptions = {},
): Problem[] {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const blocks: Listed[] = [];
  const found = new Map<number, Fault>();
  texts.forEach((text, index) => {
    if (text === undefined) return;
    const parsed = parseAddress(text);
    if (!isAddressBlock(parsed)) found.set(index, parsed);
    else if (families.includes(parsed.family)) blocks.push({ ...parsed, index });
    else found.set(index, ofOtherFamily(parsed));
  });
  for (const { block, wider } of repetitions(blocks)) {
    const place = `${name}[${wider.index}]`;
    found.set(
      block.index,
      block.cidr === wider.cidr
        ? { reason: `is already ${place}`, remedy: 'list each block once' }
        : { reason: `is already in ${place}, ${wider.cidr}`, remedy: 'list only one of them' },
    );
  }
  return texts.flatMap((value, index): Problem[] => {
    const fault = found.get(index);
    return fault === undefined
      ? []
      : [{ path: `${path}[${index}]`, value, reason: fault.reason, remedy: fault.remedy }];
  });
}

type Fault = Pick<Problem, 'reason' | 'remedy'>;

interface Listed extends AddressBlock {
  readonly index: number;
}

function ofOtherFamily({ family }: AddressBlock): Fault {
  const [given, meant] = family === 'IPV6' ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
  return { reason: `is ${given}, and this list is of ${meant}`, remedy: `write ${meant} addresses and CIDR blocks` };
}

/** Blocks that another one contains, each with the widest that does; of two equal ones the later. A list may have 10,000. */
function repetitions(blocks: readonly Listed[]): { readonly block: Listed; readonly wider: Listed }[] {
  const sorted = [...blocks].sort(
    (a, b) => a.family.localeCompare(b.family) || order(a.first, b.first) || order(b.last, a.last) || a.index - b.index,
  );
  let wider: Listed | undefined;
  return sorted.flatMap((block) => {
    // Blocks never overlap in part: what begins before the end of another one is in it.
    if (wider?.family === block.family && block.first <= wider.last) return [{ block, wider }];
    wider = block;
    return [];
  });
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
