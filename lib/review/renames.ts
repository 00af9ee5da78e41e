import { isRecord } from '../foundation/settings';
import { without } from './fields';
import type { Mask } from './asset-noise';
import { canonical, type Naming } from './canonical';
import type { Resource, Template } from './template';

/** New logical IDs by old ones. */
export type Renames = ReadonlyMap<string, string>;

export function namingOf(renames: Renames): Naming {
  return (logicalId) => renames.get(logicalId) ?? logicalId;
}

/**
 * Finds resources that changed nothing but their logical ID: same type, same properties, where references to renamed
 * resources are the same if their targets are. Among equals, names in alphabetical order are paired.
 */
export function findRenames(before: Template, after: Template, mask: Mask): Renames {
  const removed = only(before, after);
  const added = only(after, before);
  if (removed.length === 0 || added.length === 0) return new Map();
  const renames = new Map<string, string>();
  // Each round knows more names, and so tells apart what differed only in what it refers to.
  for (let known = -1; known < renames.size;) {
    known = renames.size;
    const free = new Set(renames.values());
    pairUnique(
      group(
        removed.filter(({ logicalId }) => !renames.has(logicalId)),
        signatures(removed, renames, mask),
      ),
      group(
        added.filter(({ logicalId }) => !free.has(logicalId)),
        signatures(added, undefined, mask, free),
      ),
      renames,
    );
    if (renames.size === known) pairEquals(removed, added, renames, mask);
  }
  dropMistaken(removed, added, renames, mask);
  return renames;
}

function only(one: Template, other: Template): Resource[] {
  return [...one.resources.values()].filter(
    ({ logicalId, type }) => other.resources.get(logicalId)?.type !== type && !other.resources.has(logicalId),
  );
}

type Signature = (resource: Resource) => string;

/** References to resources of the list that have no counterpart yet are left open. */
function signatures(
  list: readonly Resource[],
  renames: Renames | undefined,
  mask: Mask,
  known: ReadonlySet<string> = new Set(),
): Signature {
  const open = new Set(list.map(({ logicalId }) => logicalId));
  const naming: Naming = (logicalId) =>
    renames?.get(logicalId) ?? (open.has(logicalId) && !known.has(logicalId) ? '?' : logicalId);
  return (resource) => signature(resource, naming, mask);
}

function signature({ type, path, properties, attributes }: Resource, naming: Naming, mask: Mask): string {
  const rest = without(attributes, 'Metadata', 'DependsOn');
  return mask(`${type} ${canonical(withoutOwnName(properties, path), naming)} ${canonical(rest, naming)}`);
}

/** The CDK tags networks with the path of their construct, which is what changes. */
function withoutOwnName(properties: Resource['properties'], path: string | undefined): unknown {
  const { Tags: tags } = properties;
  if (path === undefined || !Array.isArray(tags)) return properties;
  const others = (tags as unknown[]).filter((tag) => !(isRecord(tag) && tag.Key === 'Name' && tag.Value === path));
  return { ...properties, Tags: others };
}

function group(list: readonly Resource[], signatureOf: Signature): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const resource of list) {
    const key = signatureOf(resource);
    groups.set(key, [...(groups.get(key) ?? []), resource.logicalId]);
  }
  return groups;
}

function pairUnique(
  old: ReadonlyMap<string, readonly string[]>,
  now: ReadonlyMap<string, readonly string[]>,
  renames: Map<string, string>,
): void {
  for (const [key, ids] of old) {
    const candidates = now.get(key);
    const [from, to] = [ids[0], candidates?.[0]];
    if (ids.length === 1 && candidates?.length === 1 && from !== undefined && to !== undefined) renames.set(from, to);
  }
}

/** One pair of equals at a time: what refers to them may then be told apart. */
function pairEquals(
  removed: readonly Resource[],
  added: readonly Resource[],
  renames: Map<string, string>,
  mask: Mask,
): void {
  const taken = new Set(renames.values());
  const old = group(
    removed.filter(({ logicalId }) => !renames.has(logicalId)),
    signatures(removed, renames, mask),
  );
  const now = group(
    added.filter(({ logicalId }) => !taken.has(logicalId)),
    signatures(added, undefined, mask, taken),
  );
  for (const [key, ids] of old) {
    const [from] = [...ids].sort();
    const [to] = [...(now.get(key) ?? [])].sort();
    if (from !== undefined && to !== undefined) {
      renames.set(from, to);
      return;
    }
  }
}

/** With all names known, a pair that still differs was none. */
function dropMistaken(
  removed: readonly Resource[],
  added: readonly Resource[],
  renames: Map<string, string>,
  mask: Mask,
): void {
  const after = new Map(added.map((resource) => [resource.logicalId, resource]));
  for (let dropped = true; dropped;) {
    dropped = false;
    const naming = namingOf(new Map(renames));
    for (const resource of removed) {
      const counterpart = after.get(renames.get(resource.logicalId) ?? '');
      if (counterpart === undefined) continue;
      if (signature(resource, naming, mask) !== signature(counterpart, (id) => id, mask)) {
        renames.delete(resource.logicalId);
        dropped = true;
      }
    }
  }
}
