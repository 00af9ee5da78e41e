import { isRecord } from '../foundation/settings';
import { attributeOf, intrinsic } from './canonical';

/**
 * A value as a reviewer reads it: texts as they are, references as `${Bucket.Arn}`, the rest as compact JSON with sorted
 * keys. Undefined is no value, and stays so.
 */
export function display(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return flattened(value) ?? JSON.stringify(simplified(value));
}

/** The text of an intrinsic function that can be written as one. */
function flattened(value: unknown): string | undefined {
  const call = intrinsic(value);
  if (call === undefined) return undefined;
  const { name, argument } = call;
  if (name === 'Ref' && typeof argument === 'string') return `\${${argument}}`;
  if (name === 'Fn::GetAtt') return `\${${attributeOf(argument).map(display).join('.')}}`;
  if (name === 'Fn::Sub' && typeof argument === 'string') return argument;
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    const [separator, parts] = argument as [unknown, unknown[]];
    return parts.map(display).join(display(separator));
  }
  return undefined;
}

function simplified(value: unknown): unknown {
  const text = flattened(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.map(simplified);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, simplified(value[key])]),
  );
}
