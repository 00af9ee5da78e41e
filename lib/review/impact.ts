import { diffResource } from '@aws-cdk/cloudformation-diff/lib/diff';
import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { ownEntry } from './fields';
import { NESTED_REPLACEMENTS } from './nested-replacements';

/** What changing a property does to its resource. */
export type Impact = 'update' | 'may-replace' | 'replace';

/**
 * What CloudFormation does to a resource of this type if this property changes, by the resource specification inside
 * `@aws-cdk/cloudformation-diff`. It is read on the first call, which takes a second and 130 MiB. Types and properties
 * that it does not know (custom resources, types newer than it) count as updated in place.
 */
export function impactOf(type: string, property: string, changedPaths: readonly string[]): Impact {
  const key = `${type} ${property}`;
  let impact = known.get(key);
  if (impact === undefined) {
    impact = lookUp(type, property);
    known.set(key, impact);
  }
  if (impact !== 'update') return impact;
  const nested = ownEntry(NESTED_REPLACEMENTS, type) ?? [];
  return changedPaths.some((path) => nested.some((immutable) => within(plain(path), immutable))) ? 'replace' : 'update';
}

const known = new Map<string, Impact>();

/**
 * Asks with two values that differ for certain. The library's own comparison is not used: it takes `"1.10"` and `"1.1"`
 * as equal.
 */
function lookUp(type: string, property: string): Impact {
  // Not the name of a property, but of something that every object has.
  if (property in {}) return 'update';
  const resource = (value: string): { Type: string; Properties: Record<string, string> } => ({
    Type: type,
    Properties: { [property]: value },
  });
  switch (diffResource(resource('before'), resource('after')).changeImpact) {
    case ResourceImpact.WILL_REPLACE:
      return 'replace';
    case ResourceImpact.MAY_REPLACE:
      return 'may-replace';
    default:
      return 'update';
  }
}

/** `A.B[0].C` as `A.B.C`. */
function plain(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '');
}

function within(path: string, immutable: string): boolean {
  return path === immutable || path.startsWith(`${immutable}.`) || immutable.startsWith(`${path}.`);
}
