import type { Stack } from './assembly';
import { fateOfRemoved, type Fate } from './deletion-fate';
import { statefulType, type StatefulType } from './stateful-types';
import type { Resource } from './template';

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** What becomes of a stack that is on the base side only: `left` where its app no longer knows it, and nobody deletes it. */
export type StackEnd = Fate | 'left';

/** A nested stack goes as its resource in the parent does. */
export function endOf(stack: Stack, base: readonly Stack[], stays: (stack: Stack) => boolean): StackEnd {
  const parent = base.find(({ id }) => id === stack.parent);
  if (parent === undefined) return 'left';
  const end = stays(parent) ? 'deleted' : endOf(parent, base, stays);
  const resource = parent.template.resources.get(stack.id.slice(parent.id.length + 1));
  return end === 'deleted' && resource !== undefined ? fateOfRemoved(resource) : end;
}

/** Logical IDs of the nested stacks whose templates are compared on their own. */
export function nestedIn(stack: Stack | undefined, all: readonly Stack[]): Set<string> {
  return new Set(
    all.flatMap(({ id, parent }) => (stack !== undefined && parent === stack.id ? [id.slice(parent.length + 1)] : [])),
  );
}

const UNREAD: StatefulType = { holds: 'what its template makes, which is not in the assembly', possibly: true };

/** What a resource holds; a nested stack whose template is made somewhere else may hold anything. */
export function heldBy(
  { nested }: { readonly nested: ReadonlySet<string> },
  resource: Resource,
): StatefulType | undefined {
  if (resource.type === NESTED_STACK && !nested.has(resource.logicalId)) return UNREAD;
  return statefulType(resource.type);
}
