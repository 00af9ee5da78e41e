import { z } from 'zod';
import type { Problem } from './problem';
import { suggest, suggestOneOf } from './suggestion';

interface Phrasing {
  /** Completes "… is not …": `a whole number from 1`. */
  readonly noun: string;
  /** A value that would do, shown as the remedy. */
  readonly example: unknown;
}

const phrasings = z.registry<Phrasing>();

/** Gives a schema the words in which its mistakes are reported, whatever zod's own message would be. */
export function setting<Schema extends z.ZodType>(schema: Schema, noun: string, example: unknown): Schema {
  phrasings.add(schema, { noun, example });
  return schema;
}

/** A setting that is one of a few words. An unknown word gets the nearest known one as its remedy. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return setting(z.enum(words), `one of ${words.join(', ')}`, words[0]);
}

/** Every mistake of shape in `raw`: missing, unknown and malformed settings. Empty if `schema` accepts it. */
export function shapeProblems(schema: z.ZodType, raw: unknown, path: string): Problem[] {
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(schema, issue.path, key, path))
      : [malformed(schema, issue, path)],
  );
}

/**
 * The fields of `raw` that are well formed each on its own, with defaults applied; a malformed field is left out.
 * What they mean together can then be checked even where another field is wrong, so that nobody corrects one mistake
 * only to be told of the next.
 */
export function wellFormedFields<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  raw: unknown,
): Partial<z.output<z.ZodObject<Shape>>> {
  const source = isRecord(raw) ? raw : {};
  const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
    const parsed = z.safeParse(field, source[key]);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(fields) as Partial<z.output<z.ZodObject<Shape>>>;
}

/**
 * The elements of the list `raw[key]` that are well formed each on its own, in their places; undefined stands for a
 * malformed one.
 */
export function wellFormedElements<Shape extends z.ZodRawShape, Key extends keyof Shape & string>(
  schema: z.ZodObject<Shape>,
  raw: unknown,
  key: Key,
): (Element<z.output<Shape[Key]>> | undefined)[] {
  const list = isRecord(raw) ? raw[key] : undefined;
  const field = unwrap(schema.shape[key] as unknown as z.ZodType);
  if (!(field instanceof z.ZodArray) || !Array.isArray(list)) return [];
  const element = field.element as z.ZodType;
  return list.map((item) => element.safeParse(item).data as Element<z.output<Shape[Key]>> | undefined);
}

type Element<List> = List extends readonly (infer Item)[] ? Item : never;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKey(schema: z.ZodType, at: readonly PropertyKey[], key: string, path: string): Problem {
  const parent = schemaAt(schema, at);
  const known = parent instanceof z.ZodObject ? Object.keys(parent.shape) : [];
  const nearest = suggest(key, known);
  return {
    path: joinPath(path, [...at, key]),
    reason: 'is not a setting',
    remedy: nearest === undefined ? `remove it; known here: ${known.join(', ')}` : `did you mean "${nearest}"?`,
  };
}

function malformed(schema: z.ZodType, issue: z.core.$ZodIssue, path: string): Problem {
  const at = joinPath(path, issue.path);
  const leaf = schemaAt(schema, issue.path);
  const { noun, example } = phrasings.get(leaf) ?? defaultPhrasing(leaf);
  const shown = JSON.stringify(example);
  if (issue.input === undefined)
    return { path: at, reason: 'is missing', remedy: `give ${noun}, for example ${shown}` };
  const remedy =
    leaf instanceof z.ZodEnum && typeof issue.input === 'string'
      ? suggestOneOf(issue.input, leaf.options.map(String))
      : `for example ${shown}`;
  return { path: at, value: issue.input, reason: `is not ${noun}`, remedy };
}

function defaultPhrasing(leaf: z.ZodType): Phrasing {
  if (leaf instanceof z.ZodArray) return { noun: 'a list', example: [] };
  if (leaf instanceof z.ZodBoolean) return { noun: 'true or false', example: true };
  if (leaf instanceof z.ZodObject) {
    return { noun: `a group of settings (${Object.keys(leaf.shape).join(', ')})`, example: {} };
  }
  return { noun: 'a value that is known here', example: null };
}

/** The schema that governs the value at `at`, without its optional and default wrappings. */
function schemaAt(schema: z.ZodType, at: readonly PropertyKey[]): z.ZodType {
  const bare = unwrap(schema);
  const [step, ...rest] = at;
  if (step === undefined) return bare;
  if (bare instanceof z.ZodArray) return schemaAt(bare.element as z.ZodType, rest);
  if (bare instanceof z.ZodObject) {
    const field = (bare.shape as Record<string, z.ZodType>)[String(step)];
    if (field !== undefined) return schemaAt(field, rest);
  }
  return bare;
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}

function joinPath(base: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? String(step) : `${path}.${String(step)}`;
  }, base);
}
