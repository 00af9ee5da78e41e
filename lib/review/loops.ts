import { isRecord } from '../foundation/settings';
import type { Resource } from './template';

/** A loop of the language extensions: `Fn::ForEach::Name` in place of resources. */
export const LOOP = 'Fn::ForEach';

/** Items of all loops together; a template may have 500 resources. Source: "Understand CloudFormation quotas". */
const MOST_RESOURCES = 2_000;

/**
 * The resources section with its loops written out, as CloudFormation does before anything else. A loop over what only
 * CloudFormation knows, a list of a parameter for one, stays as it is. Source: "Fn::ForEach", CloudFormation Template Reference.
 */
export function expandLoops(
  section: Readonly<Record<string, unknown>>,
  budget = { items: MOST_RESOURCES },
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(section).flatMap(([name, value]) => {
      const written = name.startsWith(`${LOOP}::`) ? expand(value, budget) : undefined;
      return written === undefined ? [[name, value]] : Object.entries(expandLoops(written, budget));
    }),
  );
}

/** @returns undefined if it cannot be told */
function expand(loop: unknown, budget: { items: number }): Record<string, unknown> | undefined {
  const parts = partsOf(loop);
  if (parts === undefined) return undefined;
  const { identifier, collection, body } = parts;
  if (!Array.isArray(collection)) return undefined;
  const items = collection as unknown[];
  if (!items.every((item) => typeof item === 'string')) return undefined;
  // Loops in loops may come from anybody, and multiply.
  budget.items -= items.length;
  if (budget.items < 0) return undefined;
  return Object.fromEntries(items.flatMap((item) => Object.entries(substitute(body, identifier, item) as object)));
}

function partsOf(
  loop: unknown,
): { readonly identifier: string; readonly collection: unknown; readonly body: Record<string, unknown> } | undefined {
  if (!Array.isArray(loop) || loop.length !== 3) return undefined;
  const [identifier, collection, body] = loop as unknown[];
  return typeof identifier === 'string' && isRecord(body) ? { identifier, collection, body } : undefined;
}

/** `${Name}` and a reference to it are the item; `&{Name}` is its letters and digits. */
function substitute(value: unknown, identifier: string, item: string): unknown {
  if (typeof value === 'string') {
    return value
      .replaceAll(`\${${identifier}}`, () => item)
      .replaceAll(`&{${identifier}}`, item.replace(/[^A-Za-z0-9]/g, ''));
  }
  if (Array.isArray(value)) return value.map((each) => substitute(each, identifier, item));
  if (!isRecord(value)) return value;
  if (value.Ref === identifier && Object.keys(value).length === 1) return item;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [substitute(key, identifier, item), substitute(each, identifier, item)]),
  );
}

/** The resources that a loop makes of each item, under the names as written; of any other resource, itself. */
export function insideOf(resource: Resource): Resource[] {
  return resource.type === LOOP ? inLoop(resource.properties.Loop) : [resource];
}

function inLoop(loop: unknown): Resource[] {
  return Object.entries(partsOf(loop)?.body ?? {}).flatMap(([logicalId, raw]): Resource[] => {
    if (logicalId.startsWith(`${LOOP}::`)) return inLoop(raw);
    if (!isRecord(raw) || typeof raw.Type !== 'string') return [];
    const { Type: type, Properties: properties, ...attributes } = raw;
    return [{ logicalId, type, path: undefined, properties: isRecord(properties) ? properties : {}, attributes }];
  });
}
