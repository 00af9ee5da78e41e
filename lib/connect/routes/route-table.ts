import type { AddressBlock } from '../../foundation/addresses';
import { chooseRoutes, type Choice, type Chooser } from './choose-routes';
import type { Route } from './route';

/** Where traffic to a block goes, and to which part of it that applies. */
export interface TableEntry extends Choice {
  readonly block: AddressBlock;
  /** Longer prefixes inside it, which have entries of their own: the longest match goes first, whatever the path. */
  readonly exceptions: readonly AddressBlock[];
}

/** The routes that one side uses, an entry for each block that it has heard of, the widest first. */
export function routeTable(routes: readonly Route[], chooser: Chooser): TableEntry[] {
  const blocks = distinctBlocks(routes);
  return blocks.map((block) => ({
    block,
    ...chooseRoutes(
      routes.filter((route) => isSame(route.block, block)),
      chooser,
    ),
    exceptions: blocks.filter((other) => isInside(other, block)),
  }));
}

/** The entry for the longest prefix that holds all of a block; undefined where nothing leads there. */
export function lookUpRoute(table: readonly TableEntry[], block: AddressBlock): TableEntry | undefined {
  // Of the blocks around one, the last is the narrowest.
  return table.filter((entry) => isSame(entry.block, block) || isInside(block, entry.block)).at(-1);
}

function distinctBlocks(routes: readonly Route[]): AddressBlock[] {
  const byText = new Map(routes.map(({ block }) => [block.cidr, block]));
  return [...byText.values()].sort((one, other) => order(size(other), size(one)) || order(one.first, other.first));
}

export function isSame(one: AddressBlock, other: AddressBlock): boolean {
  return one.cidr === other.cidr;
}

/** True if it is a part of the other, and not all of it. */
export function isInside(inner: AddressBlock, outer: AddressBlock): boolean {
  return (
    inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last && size(inner) < size(outer)
  );
}

function size({ first, last }: AddressBlock): bigint {
  return last - first;
}

function order(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
