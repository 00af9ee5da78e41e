import type { z } from 'zod';

/** The parts of zod's own description of a schema that tell what it lets a person choose. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/**
 * Every choice that a schema offers: each word of an enumeration, both sides of a boolean, each kind of a discriminated
 * union, and whether an optional setting is given. Numbers and texts are amounts, not choices.
 * `network.nat=single`, `firewall.rules[rateLimit].paths (left out)`.
 */
export function choicesOf(schema: z.ZodType, path = ''): string[] {
  const { type, shape, innerType, element, valueType, options, discriminator, entries } = definitionOf(schema);
  switch (type) {
    case 'object':
      return Object.entries(shape ?? {}).flatMap(([key, field]) => choicesOf(field, join(path, key)));
    case 'optional':
      return [given(path), leftOut(path), ...choicesOf(required(innerType), path)];
    case 'default':
    case 'prefault':
      return choicesOf(required(innerType), path);
    case 'array':
      return choicesOf(required(element), `${path}[]`);
    case 'record':
      return choicesOf(required(valueType), `${path}.*`);
    case 'boolean':
      return [chosen(path, true), chosen(path, false)];
    case 'enum':
      return Object.values(entries ?? {}).map((word) => chosen(path, word));
    case 'union':
      return (options ?? []).flatMap((option) => {
        const at = kindPath(path, kindOf(option, discriminator));
        return [at, ...choicesOf(option, at)];
      });
    case 'literal':
    case 'string':
    case 'number':
      return [];
    default:
      throw new Error(`${path}: whether zod's "${type}" is a choice has to be said here`);
  }
}

/** The choices that were made in a value which the schema has parsed, so that defaults are among them. */
export function choicesMade(schema: z.ZodType, value: unknown, path = ''): string[] {
  const { type, shape, innerType, element, valueType, options, discriminator } = definitionOf(schema);
  const fields = value as Record<string, unknown>;
  switch (type) {
    case 'object':
      return Object.entries(shape ?? {}).flatMap(([key, field]) => choicesMade(field, fields[key], join(path, key)));
    case 'optional':
      return value === undefined ? [leftOut(path)] : [given(path), ...choicesMade(required(innerType), value, path)];
    case 'default':
    case 'prefault':
      return choicesMade(required(innerType), value, path);
    case 'array':
      return (value as unknown[]).flatMap((entry) => choicesMade(required(element), entry, `${path}[]`));
    case 'record':
      return Object.values(fields).flatMap((entry) => choicesMade(required(valueType), entry, `${path}.*`));
    case 'boolean':
    case 'enum':
      return [chosen(path, value)];
    case 'union': {
      const kind = fields[discriminator ?? ''];
      const at = kindPath(path, kind);
      const option = (options ?? []).find((candidate) => kindOf(candidate, discriminator) === kind);
      return [at, ...choicesMade(required(option), value, at)];
    }
    default:
      return [];
  }
}

function definitionOf(schema: z.ZodType): Definition {
  return schema._zod.def;
}

function required(schema: z.ZodType | undefined): z.ZodType {
  if (schema === undefined) throw new Error('zod describes a schema in another way than it did');
  return schema;
}

function kindOf(option: z.ZodType, discriminator = ''): unknown {
  const literal = definitionOf(option).shape?.[discriminator];
  return literal === undefined ? undefined : definitionOf(literal).values?.[0];
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
const chosen = (path: string, value: unknown): string => `${path}=${String(value)}`;
const given = (path: string): string => `${path} (given)`;
const leftOut = (path: string): string => `${path} (left out)`;
const kindPath = (path: string, kind: unknown): string => `${path.replace(/\[\]$/, '')}[${String(kind)}]`;
