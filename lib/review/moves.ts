import { canonical } from './canonical';
import type { ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';

export interface ComparedPair {
  readonly pair: StackPair;
  readonly changes: ResourceChanges;
}

/** Where a resource went, or came from. */
export interface Move {
  readonly stack: string;
  readonly logicalId: string;
}

/**
 * Resources that left one stack and stand in another, with the same type and properties. Only what has no equal on its
 * side counts, and what has enough to it to be recognized.
 *
 * @returns by `stack logicalId` of the removed resource
 */
export function findMoves(compared: readonly ComparedPair[]): Map<string, Move> {
  const added = collect(compared, ({ added: list }) => list);
  const moves = new Map<string, Move>();
  for (const [text, sources] of collect(compared, ({ removed }) => removed)) {
    const targets = added.get(text) ?? [];
    const [source, target] = [sources[0], targets[0]];
    if (sources.length !== 1 || targets.length !== 1 || source === undefined || target === undefined) continue;
    if (source.stack !== target.stack) moves.set(moveKey(source.stack, source.logicalId), target);
  }
  return moves;
}

export function moveKey(stack: string, logicalId: string): string {
  return `${stack} ${logicalId}`;
}

function collect(
  compared: readonly ComparedPair[],
  list: (changes: ResourceChanges) => readonly Resource[],
): Map<string, Move[]> {
  const found = new Map<string, Move[]>();
  for (const { pair, changes } of compared) {
    for (const resource of list(changes)) {
      if (Object.keys(resource.properties).length === 0) continue;
      const text = pair.mask(`${resource.type} ${canonical(resource.properties)}`);
      found.set(text, [...(found.get(text) ?? []), { stack: pair.id, logicalId: resource.logicalId }]);
    }
  }
  return found;
}
