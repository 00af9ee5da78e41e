import type { Detail } from './finding';
import { impactOf, type Impact } from './impact';
import { LOOP } from './loops';
import { referencesIn } from './references';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';

export interface PropertyChange {
  readonly name: string;
  readonly impact: Impact;
  /** Where the value differs; none if only something that it refers to does. */
  readonly details: readonly Detail[];
  /** Why it changes although its text does not: `refers to Vpc, which is replaced`. */
  readonly cause?: string;
}

/** A resource that is on both sides, while it is not yet known what else changes it. */
export interface Draft {
  readonly before: Resource;
  readonly after: Resource;
  readonly properties: PropertyChange[];
  readonly attributes: readonly Detail[];
}

/** A resource that is replaced has another ID: whoever holds it in a property that cannot change is replaced, too. */
export function spreadReplacements({ before, after, inherited }: StackPair, drafts: Map<string, Draft>): void {
  const queue = [
    ...inherited.keys(),
    ...[...drafts].filter(([, draft]) => worst(draft) !== 'update').map(([logicalId]) => logicalId),
  ];
  if (queue.length === 0) return;
  const users = usersOf(after.resources);
  const done = new Set<string>();
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const source = sourceOf(id, inherited, drafts);
    if (done.has(id) || source === undefined) continue;
    done.add(id);
    const { certain, cause } = source;
    for (const { user, property } of users.get(id) ?? []) {
      const old = before.resources.get(user.logicalId);
      if (old?.type !== user.type || user.type === LOOP) continue;
      const own = impactOf(user.type, property, []);
      if (own === 'update') continue;
      const draft = drafts.get(user.logicalId) ?? { before: old, after: user, properties: [], attributes: [] };
      if (draft.properties.some(({ name, impact }) => name === property && impact === 'replace')) continue;
      const impact = certain ? own : 'may-replace';
      const index = draft.properties.findIndex(({ name }) => name === property);
      const [known] = index < 0 ? [] : draft.properties.splice(index, 1);
      draft.properties.push({ name: property, impact, details: known?.details ?? [], cause: known?.cause ?? cause });
      drafts.set(user.logicalId, draft);
      // A resource that was only likely to be replaced may now be certain to: look at its users again.
      done.delete(user.logicalId);
      if (known?.impact !== impact) queue.push(user.logicalId);
    }
  }
}

/** A parameter that the parent stack changes, or a resource that is replaced. */
function sourceOf(
  id: string,
  inherited: StackPair['inherited'],
  drafts: ReadonlyMap<string, Draft>,
): { readonly certain: boolean; readonly cause: string } | undefined {
  const given = inherited.get(id);
  if (given !== undefined) return { certain: given.certain, cause: `refers to ${id}, which ${given.cause}` };
  const draft = drafts.get(id);
  if (draft === undefined) return undefined;
  const certain = worst(draft) === 'replace';
  return { certain, cause: `refers to ${id}, which ${certain ? 'is' : 'may be'} replaced` };
}

interface Use {
  readonly user: Resource;
  readonly property: string;
}

function usersOf(resources: ReadonlyMap<string, Resource>): Map<string, Use[]> {
  const users = new Map<string, Use[]>();
  for (const user of resources.values()) {
    for (const [property, value] of Object.entries(user.properties)) {
      for (const name of referencesIn(value).names) {
        if (name !== user.logicalId) users.set(name, [...(users.get(name) ?? []), { user, property }]);
      }
    }
  }
  return users;
}

const IMPACTS: readonly Impact[] = ['replace', 'may-replace', 'update'];

export function worst({ before, after, properties }: Draft): Impact {
  if (before.type !== after.type) return 'replace';
  return IMPACTS.find((impact) => properties.some((property) => property.impact === impact)) ?? 'update';
}
