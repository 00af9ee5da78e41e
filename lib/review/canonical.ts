import { isRecord } from '../foundation/settings';

/** How the comparison sees a logical ID: renamed resources under their new name. */
export type Naming = (logicalId: string) => string;

export const AS_WRITTEN: Naming = (logicalId) => logicalId;

/**
 * A text that is equal for values that CloudFormation takes as equal: the order of keys does not count, numbers and
 * booleans are the same as their texts, `Fn::GetAtt` may be written with a dot, a text be put together by `Fn::Join` or
 * by `Fn::Sub`. Otherwise exact: `"1.10"` is not `"1.1"`.
 */
export function canonical(value: unknown, naming: Naming = AS_WRITTEN): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, naming)).join(',')}]`;
  if (!isRecord(value)) return value === null || value === undefined ? 'null' : JSON.stringify(scalar(value));
  const named = renamed(value, naming);
  if (named !== undefined) return named;
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key], naming)}`);
  return `{${fields.join(',')}}`;
}

/** JSON has no others. */
function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The intrinsic functions that name resources; undefined for anything else. */
function renamed(value: Record<string, unknown>, naming: Naming): string | undefined {
  const call = intrinsic(value);
  if (call === undefined) return undefined;
  const { name, argument } = call;
  if (name === 'Ref' && typeof argument === 'string') return `{"Ref":${JSON.stringify(naming(argument))}}`;
  if (name === 'Fn::GetAtt') {
    const [logicalId, ...attribute] = attributeOf(argument);
    if (typeof logicalId !== 'string') return undefined;
    return `{"Fn::GetAtt":${canonical([naming(logicalId), ...attribute], naming)}}`;
  }
  const parts = textParts(name, argument, naming);
  if (parts !== undefined) return textOf(parts);
  if (name === 'Fn::Sub') {
    if (typeof argument === 'string') return `{"Fn::Sub":${JSON.stringify(renameInText(argument, [], naming))}}`;
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return undefined;
    const variables: unknown = argument[1];
    const locals = isRecord(variables) ? Object.keys(variables) : [];
    return `{"Fn::Sub":[${JSON.stringify(renameInText(argument[0], locals, naming))},${canonical(variables, naming)}]}`;
  }
  return undefined;
}

/** A piece of a text, or the canonical form of what stands in its place. */
type Part = { readonly text: string } | { readonly call: string };

/** What a text is put together from; undefined where that cannot be told. */
function textParts(name: string, argument: unknown, naming: Naming): Part[] | undefined {
  if (!Array.isArray(argument)) {
    return name === 'Fn::Sub' && typeof argument === 'string' ? substituted(argument, {}, naming) : undefined;
  }
  const [first, second] = argument as unknown[];
  if (typeof first !== 'string' || argument.length !== 2) return undefined;
  if (name === 'Fn::Sub') return isRecord(second) ? substituted(first, second, naming) : undefined;
  if (name !== 'Fn::Join' || !Array.isArray(second)) return undefined;
  // What has no value, or is a list, changes where separators stand.
  if (second.some((item) => Array.isArray(item) || isRecord(intrinsicBranch(item)))) return undefined;
  return second.flatMap((item: unknown, index) => [
    ...(index === 0 ? [] : [{ text: first }]),
    ...partsOf(item, naming),
  ]);
}

/** `Fn::If`, which may be `AWS::NoValue`, and that itself. */
function intrinsicBranch(item: unknown): unknown {
  const call = intrinsic(item);
  return call?.name === 'Fn::If' || (call?.name === 'Ref' && call.argument === 'AWS::NoValue') ? item : undefined;
}

function partsOf(value: unknown, naming: Naming): Part[] {
  if (!isRecord(value)) return [{ text: scalar(value) }];
  const call = intrinsic(value);
  const inner = call === undefined ? undefined : textParts(call.name, call.argument, naming);
  return inner ?? [{ call: canonical(value, naming) }];
}

function substituted(text: string, variables: Readonly<Record<string, unknown>>, naming: Naming): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, name = '', attribute] = match;
    parts.push({ text: text.slice(end, match.index) });
    end = match.index + whole.length;
    const own = `${name}${attribute ?? ''}`;
    if (Object.hasOwn(variables, own)) parts.push(...partsOf(variables[own], naming));
    else if (attribute === undefined) parts.push({ call: canonical({ Ref: name }, naming) });
    else parts.push({ call: canonical({ 'Fn::GetAtt': own }, naming) });
  }
  parts.push({ text: text.slice(end) });
  // `${!X}` stands for `${X}`, as it is.
  return parts.map((part) => ('text' in part ? { text: part.text.replace(/\$\{!/g, '${') } : part));
}

/** As a text, as the one thing that it is, or as a `Fn::Join` of as few parts as can be. */
function textOf(parts: readonly Part[]): string {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if ('call' in part) merged.push(part);
    else if (last !== undefined && 'text' in last) merged[merged.length - 1] = { text: last.text + part.text };
    else if (part.text !== '') merged.push(part);
  }
  const shown = merged.map((part) => ('text' in part ? JSON.stringify(part.text) : part.call));
  if (shown.length === 0) return '""';
  return shown.length === 1 ? shown.join('') : `{"Fn::Join":["",[${shown.join(',')}]]}`;
}

/** `Ref` or a function: an object with that one key. */
export function intrinsic(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (name === undefined || keys.length > 1 || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
  return { name, argument: value[name] };
}

/** `X.Arn` or `['X', 'Arn']` as the latter. */
export function attributeOf(argument: unknown): unknown[] {
  if (typeof argument !== 'string') return Array.isArray(argument) ? (argument as unknown[]) : [];
  const dot = argument.indexOf('.');
  return dot < 0 ? [argument] : [argument.slice(0, dot), argument.slice(dot + 1)];
}

/** `${X}` and `${X.Arn}`, but not `${!X}`. */
const PLACEHOLDER = /\$\{([^!}.][^}.]*)(\.[^}]*)?\}/g;

/** The names that a `Fn::Sub` text refers to, its own variables left out. */
export function namesInText(text: string, locals: readonly string[]): string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) =>
    name === undefined || locals.includes(name) ? [] : [name],
  );
}

function renameInText(text: string, locals: readonly string[], naming: Naming): string {
  return text.replace(PLACEHOLDER, (whole, name: string, attribute: string | undefined) =>
    locals.includes(name) ? whole : `\${${naming(name)}${attribute ?? ''}}`,
  );
}
