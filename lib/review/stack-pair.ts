import type { Stack } from './assembly';
import type { Mask } from './asset-noise';
import { canonical } from './canonical';
import type { Same } from './differences';
import { NOTHING_INHERITED, type Inherited } from './inherited';
import type { StackEnd } from './nested-stacks';
import { findRenames, namingOf, type Renames } from './renames';
import { EMPTY_TEMPLATE, type Template } from './template';

/** What other stacks say about one. */
export interface Surroundings {
  /** Parameters of a nested stack to which its parent gives something else. */
  readonly inherited: Inherited;
  /** Logical IDs of nested stacks of the base, whose resources are compared on their own. */
  readonly nested: ReadonlySet<string>;
  /** What becomes of it if it is on the base side only. */
  readonly end: StackEnd;
}

/** One stack, before and after. A stack that is added or removed has one side only. */
export interface StackPair extends Surroundings {
  readonly id: string;
  readonly base: Stack | undefined;
  readonly head: Stack | undefined;
  readonly before: Template;
  readonly after: Template;
  readonly renames: Renames;
  readonly mask: Mask;
  /** Equal but for the hashes of assets and the names of renamed resources. */
  readonly same: Same;
}

export function pairStacks(
  id: string,
  base: Stack | undefined,
  head: Stack | undefined,
  mask: Mask,
  { inherited = NOTHING_INHERITED, nested = new Set(), end = 'left' }: Partial<Surroundings> = {},
): StackPair {
  const before = base?.template ?? EMPTY_TEMPLATE;
  const after = head?.template ?? EMPTY_TEMPLATE;
  const renames = findRenames(before, after, mask);
  const naming = namingOf(renames);
  const same: Same = (one, other) => mask(canonical(one, naming)) === mask(canonical(other));
  return { id, base, head, before, after, renames, mask, inherited, nested, end, same };
}
