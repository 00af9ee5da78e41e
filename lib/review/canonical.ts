import { isRecord } from '../foundation/settings';

/** How the comparison sees a logical ID: renamed resources under their new name. */
export type Naming = (logicalId: string) => string;

export const AS_WRITTEN: Naming = (logicalId) => logicalId;

/**
 * A text that is equal for values that CloudFormation takes as equal: the order of keys does not count, numbers and
 * booleans are the same as their texts, `Fn::GetAtt` may be written with a dot. Otherwise exact: `"1.10"` is not `"1.1"`.
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
  if (name === 'Fn::Sub') {
    if (typeof argument === 'string') return `{"Fn::Sub":${JSON.stringify(renameInText(argument, [], naming))}}`;
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return undefined;
    const variables: unknown = argument[1];
    const locals = isRecord(variables) ? Object.keys(variables) : [];
    return `{"Fn::Sub":[${JSON.stringify(renameInText(argument[0], locals, naming))},${canonical(variables, naming)}]}`;
  }
  return undefined;
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
