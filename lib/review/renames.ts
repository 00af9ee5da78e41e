import { isRecord } from '../foundation/settings';
import { without, type Fields } from './fields';
import type { Mask } from './asset-noise';
import { AS_WRITTEN, canonical, type Naming } from './canonical';
import { referencesIn } from './references';
import type { Resource, Template } from './template';

/** New logical IDs by old ones. */
export type Renames = ReadonlyMap<string, string>;

export function namingOf(renames: Renames): Naming {
  return (logicalId) => renames.get(logicalId) ?? logicalId;
}

/**
 * Finds resources that changed nothing but their logical ID, or that and their tags: same type, same properties, where
 * references to renamed resources are the same if their targets are. Among equals, names in alphabetical order are paired.
 */
export function findRenames(before: Template, after: Template, mask: Mask): Renames {
  const removed = only(before, after);
  const added = only(after, before);
  const renames = new Map<string, string>();
  if (removed.length === 0 || added.length === 0) return renames;
  // Networks are tagged with the names of what they belong to: those that differ by nothing else come second.
  for (const tags of ['with tags', 'without tags'] as const) {
    const matcher = new Matcher(removed, added, renames, mask, tags);
    matcher.match();
    matcher.dropMistaken();
  }
  return renames;
}

function only(one: Template, other: Template): Resource[] {
  return [...one.resources.values()].filter(
    ({ logicalId, type }) => other.resources.get(logicalId)?.type !== type && !other.resources.has(logicalId),
  );
}

class Matcher {
  private readonly signatures = new Map<Resource, Map<string, string>>();
  private readonly uses = new Map<Resource, readonly string[]>();

  constructor(
    private readonly removed: readonly Resource[],
    private readonly added: readonly Resource[],
    /** Those of earlier rounds stand. */
    private readonly renames: Map<string, string>,
    private readonly mask: Mask,
    private readonly tags: 'with tags' | 'without tags',
  ) {}

  /** Each round knows more names, and so tells apart what differed only in what it refers to. */
  match(): void {
    for (let known = -1; known < this.renames.size;) {
      known = this.renames.size;
      const [old, now] = this.groups();
      for (const [key, ids] of old) {
        const candidates = now.get(key) ?? [];
        const [from, to] = [ids[0], candidates[0]];
        if (ids.length === 1 && candidates.length === 1 && from !== undefined && to !== undefined) {
          this.renames.set(from, to);
        }
      }
      if (this.renames.size === known) this.pairEquals();
    }
  }

  /**
   * Equals that neither refer to anything without a counterpart, nor are referred to, are paired at once: no other pair depends on which is which. If
   * there are none, one pair: what refers to it may then be told apart.
   */
  private pairEquals(): void {
    const [old, now] = this.groups();
    const taken = new Set(this.renames.values());
    const open = [
      ...this.removed.filter(({ logicalId }) => !this.renames.has(logicalId)),
      ...this.added.filter(({ logicalId }) => !taken.has(logicalId)),
    ];
    const ids = new Set(open.map(({ logicalId }) => logicalId));
    // Either end of a reference between two of them.
    const linked = new Set(
      open.flatMap((resource) => {
        const uses = this.usesOf(resource).filter((id) => ids.has(id));
        return uses.length === 0 ? [] : [resource.logicalId, ...uses];
      }),
    );
    const known = this.renames.size;
    let first: readonly [string, string] | undefined;
    for (const [key, equals] of old) {
      const [from, to] = [[...equals].sort(), [...(now.get(key) ?? [])].sort()];
      const pairs = from.flatMap((id, index): [string, string][] => {
        const counterpart = to[index];
        return counterpart === undefined ? [] : [[id, counterpart]];
      });
      first ??= pairs[0];
      if ([...from, ...to].some((id) => linked.has(id))) continue;
      for (const [one, other] of pairs) this.renames.set(one, other);
    }
    if (this.renames.size === known && first !== undefined) this.renames.set(...first);
  }

  /** Resources without a counterpart, by what they have in common with one. */
  private groups(): [Map<string, string[]>, Map<string, string[]>] {
    const taken = new Set(this.renames.values());
    const isOld = new Set(this.removed.map(({ logicalId }) => logicalId));
    const isNew = new Set(this.added.map(({ logicalId }) => logicalId));
    // References to what has no counterpart yet are left open.
    const oldName: Naming = (id) => this.renames.get(id) ?? (isOld.has(id) ? '?' : id);
    const newName: Naming = (id) => (isNew.has(id) && !taken.has(id) ? '?' : id);
    return [
      this.group(
        this.removed.filter(({ logicalId }) => !this.renames.has(logicalId)),
        oldName,
      ),
      this.group(
        this.added.filter(({ logicalId }) => !taken.has(logicalId)),
        newName,
      ),
    ];
  }

  private group(list: readonly Resource[], naming: Naming): Map<string, string[]> {
    const groups = new Map<string, string[]>();
    for (const resource of list) {
      const key = this.signature(resource, naming);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [resource.logicalId]);
      else group.push(resource.logicalId);
    }
    return groups;
  }

  /** With all names known, a pair that still differs was none. */
  dropMistaken(): void {
    const after = new Map(this.added.map((resource) => [resource.logicalId, resource]));
    for (let dropped = true; dropped;) {
      dropped = false;
      const naming = namingOf(new Map(this.renames));
      for (const resource of this.removed) {
        const counterpart = after.get(this.renames.get(resource.logicalId) ?? '');
        if (counterpart === undefined) continue;
        if (this.signature(resource, naming) !== this.signature(counterpart, AS_WRITTEN)) {
          this.renames.delete(resource.logicalId);
          dropped = true;
        }
      }
    }
  }

  /** Depends on the names of what it refers to, and on nothing else that changes from round to round. */
  private signature(resource: Resource, naming: Naming): string {
    const known = this.signatures.get(resource) ?? new Map<string, string>();
    this.signatures.set(resource, known);
    const names = this.usesOf(resource).map(naming).join(' ');
    const signature = known.get(names) ?? this.sign(resource, naming);
    known.set(names, signature);
    return signature;
  }

  private sign({ type, path, properties, attributes }: Resource, naming: Naming): string {
    const shown = this.tags === 'with tags' ? withoutOwnName(properties, path) : without(properties, 'Tags');
    const rest = without(attributes, 'Metadata', 'DependsOn');
    return this.mask(`${type} ${canonical(shown, naming)} ${canonical(rest, naming)}`);
  }

  private usesOf(resource: Resource): readonly string[] {
    const known = this.uses.get(resource) ?? [
      ...referencesIn([resource.properties, without(resource.attributes, 'Metadata', 'DependsOn')]).names,
    ];
    this.uses.set(resource, known);
    return known;
  }
}

/** The CDK tags networks with the path of their construct, which is what changes. */
function withoutOwnName(properties: Fields, path: string | undefined): Fields {
  const { Tags: tags } = properties;
  if (path === undefined || !Array.isArray(tags)) return properties;
  const others = (tags as unknown[]).filter((tag) => !(isRecord(tag) && tag.Key === 'Name' && tag.Value === path));
  return { ...properties, Tags: others };
}
