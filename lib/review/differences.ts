import { isRecord } from '../foundation/settings';
import { intrinsic } from './canonical';
import { display } from './display';
import type { Detail } from './finding';

/** Whether two values mean the same to the comparison. */
export type Same = (before: unknown, after: unknown) => boolean;

/**
 * Where two values differ, as deep as can be told. Elements of lists are matched by what names them (`Key`, `Name`, …),
 * others by being equal; what is left over, in order.
 */
export function differences(before: unknown, after: unknown, path: string, same: Same): Detail[] {
  if (same(before, after)) return [];
  if (isGroup(before) && isGroup(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], path === '' ? key : `${path}.${key}`, same));
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, path, same);
  return [detail(path, before, after)];
}

export function detail(path: string, before: unknown, after: unknown): Detail {
  return {
    path,
    ...(before === undefined ? {} : { before: display(before) }),
    ...(after === undefined ? {} : { after: display(after) }),
  };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && intrinsic(value) === undefined;
}

/** What names an element among its neighbours; the first that names all of them. */
const IDENTITIES: readonly (readonly string[])[] = [
  ['Namespace', 'OptionName'],
  ['Key'],
  ['Name'],
  ['Id'],
  ['Sid'],
  ['PolicyName'],
  ['AttributeName'],
  ['IndexName'],
  ['DeviceName'],
];

function listDifferences(before: readonly unknown[], after: readonly unknown[], path: string, same: Same): Detail[] {
  const identity = IDENTITIES.find((keys) => namesAll(before, keys) && namesAll(after, keys));
  return identity === undefined
    ? unnamedDifferences(before, after, path, same)
    : namedDifferences(before, after, path, same, identity);
}

function namedDifferences(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  same: Same,
  identity: readonly string[],
): Detail[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((item) => [nameOf(item, identity), item])));
  if (old === undefined || now === undefined) return [];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const changed = names.flatMap((name) => differences(old.get(name), now.get(name), `${path}[${name ?? ''}]`, same));
  const common = [...old.keys()].filter((name) => now.has(name));
  const order = [...now.keys()].filter((name) => old.has(name));
  const moved = common.some((name, index) => name !== order[index]);
  return [...changed, ...(moved ? [orderDetail(path, common.map(String), order.map(String))] : [])];
}

function unnamedDifferences(before: readonly unknown[], after: readonly unknown[], path: string, same: Same): Detail[] {
  const left = [...after];
  const gone = before.filter((item) => {
    const index = left.findIndex((other) => same(item, other));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  if (gone.length === 0 && left.length === 0) {
    const texts = [before, after].map((list) => list.map(display));
    return [orderDetail(path, texts[0] ?? [], texts[1] ?? [])];
  }
  // A list that kept its length was edited; in any other, elements came and went.
  if (before.length === after.length && gone.length === left.length) {
    return gone.flatMap((item, index) => differences(item, left[index], `${path}[${before.indexOf(item)}]`, same));
  }
  return [
    ...gone.map((item) => detail(`${path}[]`, item, undefined)),
    ...left.map((item) => detail(`${path}[]`, undefined, item)),
  ];
}

function orderDetail(path: string, before: readonly string[], after: readonly string[]): Detail {
  return { path: `${path} (order)`, before: before.join(', '), after: after.join(', ') };
}

function namesAll(list: readonly unknown[], keys: readonly string[]): boolean {
  const names = list.map((item) => nameOf(item, keys));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

function nameOf(item: unknown, keys: readonly string[]): string | undefined {
  if (!isRecord(item)) return undefined;
  const parts = keys.map((key) => item[key]);
  return parts.every((part) => typeof part === 'string') ? parts.join(' ') : undefined;
}
