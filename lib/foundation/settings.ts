import { z } from 'zod';
import type { Problem } from './problem';
import { suggest, suggestOneOf } from './suggestion';

interface Phrasing {
  /** Completes "… is not …": `a whole number from 1`. */
  readonly noun: string;
  /** A value that would do, shown as the remedy; none for groups, whose own settings say it. */
  readonly example?: unknown;
}

/** A longer list is not repeated in the reason. */
const MOST_WORDS_SHOWN = 8;

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
  const noun = words.length > MOST_WORDS_SHOWN ? 'a known value' : `one of ${words.join(', ')}`;
  return setting(z.enum(words), noun, words[0]);
}

/** Every mistake of shape in `raw`: missing, unknown and malformed settings. Empty if `schema` accepts it. */
export function shapeProblems(schema: z.ZodType, raw: unknown, path: string): Problem[] {
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (parsed.success) return [];
  return parsed.error.issues
    .filter(isFirstBound)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(schema, raw, issue.path, key, path))
        : [malformed(schema, raw, issue, path)],
    );
}

/** Of several upper bounds that one number is above, the first is enough. */
function isFirstBound(issue: z.core.$ZodIssue, index: number, all: readonly z.core.$ZodIssue[]): boolean {
  const path = issue.path.join('.');
  const same = all.findIndex(({ code, path: other }) => code === 'too_big' && other.join('.') === path);
  return issue.code !== 'too_big' || same === index;
}

/** A setting that may be missing (undefined), or given and malformed (null). */
export type Given<T> = T | null | undefined;

/**
 * The fields of `raw` one by one, with defaults applied: null stands for a malformed one. What they mean together can
 * then be checked even where one of them is wrong, so that nobody corrects one mistake only to be told of the next.
 */
export function fieldsOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  raw: unknown,
): { [Key in keyof Shape]: Given<z.output<Shape[Key]>> } {
  const source = isRecord(raw) ? raw : {};
  const known = Object.keys(schema.shape);
  const misspelt = Object.keys(source).flatMap((key) => (known.includes(key) ? [] : (suggest(key, known) ?? [])));
  const fields = Object.entries(schema.shape).map(([key, field]): [string, unknown] => {
    // Its default is not what the person meant, so nothing is to be concluded from it.
    if (source[key] === undefined && misspelt.includes(key)) return [key, null];
    const parsed = z.safeParse(field, source[key]);
    if (parsed.success) return [key, parsed.data];
    return [key, source[key] === undefined ? undefined : null];
  });
  return Object.fromEntries(fields) as { [Key in keyof Shape]: Given<z.output<Shape[Key]>> };
}

/** The elements of the list `raw[key]` as they were written; none if it is not a list. */
export function elementsOf(raw: unknown, key: string): readonly unknown[] {
  const list = isRecord(raw) ? raw[key] : undefined;
  return Array.isArray(list) ? (list as unknown[]) : [];
}

/** The texts among the elements of the list `raw[key]`, in their places; undefined stands for anything else. */
export function textsOf(raw: unknown, key: string): (string | undefined)[] {
  return elementsOf(raw, key).map((element) => (typeof element === 'string' ? element : undefined));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKey(schema: z.ZodType, raw: unknown, at: readonly PropertyKey[], key: string, path: string): Problem {
  const parent = schemaAt(schema, raw, at);
  const known = parent instanceof z.ZodObject ? Object.keys(parent.shape) : [];
  const nearest = suggest(key, known);
  return {
    path: joinPath(path, [...at, key]),
    reason: 'is not a setting',
    remedy: nearest === undefined ? `remove it; known here: ${known.join(', ')}` : `did you mean "${nearest}"?`,
  };
}

function malformed(schema: z.ZodType, raw: unknown, issue: z.core.$ZodIssue, path: string): Problem {
  const at = joinPath(path, issue.path);
  const leaf = schemaAt(schema, raw, issue.path);
  const input = issue.path.reduce(fieldOf, raw);
  const { noun, example } = phrasings.get(leaf) ?? defaultPhrasing(leaf);
  const shown = example === undefined ? '' : `for example ${JSON.stringify(example)}`;
  if (input === undefined) {
    return { path: at, reason: 'is missing', remedy: `give ${noun}${shown === '' ? '' : `, ${shown}`}` };
  }
  const remedy =
    leaf instanceof z.ZodEnum && typeof input === 'string'
      ? suggestOneOf(input, leaf.options.map(String))
      : shown || 'write one, or remove it';
  return { path: at, value: input, reason: reasonOf(issue) ?? `is not ${noun}`, remedy };
}

/** Names the upper bound where it is what failed: a noun often names only the lower one. */
function reasonOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'too_big' || typeof issue.input !== 'number') return undefined;
  if (issue.maximum === Number.MAX_SAFE_INTEGER) {
    return `is more than ${issue.maximum}, beyond which whole numbers are not exact (nor is the one shown)`;
  }
  return `is more than ${issue.maximum}`;
}

function defaultPhrasing(leaf: z.ZodType): Phrasing {
  if (leaf instanceof z.ZodArray) return { noun: 'a list', example: [] };
  if (leaf instanceof z.ZodDiscriminatedUnion) {
    return { noun: `a group of settings with a ${leaf.def.discriminator} (${discriminatorsOf(leaf).join(', ')})` };
  }
  if (leaf instanceof z.ZodString) return { noun: 'a text, in quotes', example: 'text' };
  if (leaf instanceof z.ZodBoolean) return { noun: 'true or false', example: true };
  if (leaf instanceof z.ZodObject) {
    return { noun: `a group of settings (${Object.keys(leaf.shape).join(', ')})` };
  }
  return { noun: 'a value that is known here', example: null };
}

/** The schema that governs the value at `at` in `raw`, without its optional and default wrappings. */
function schemaAt(schema: z.ZodType, raw: unknown, at: readonly PropertyKey[]): z.ZodType {
  const bare = unwrap(schema);
  const [step, ...rest] = at;
  if (bare instanceof z.ZodDiscriminatedUnion) {
    const option = optionFor(bare, raw);
    if (option !== undefined) return schemaAt(option, raw, at);
    return step === undefined ? bare : oneOf(discriminatorsOf(bare));
  }
  if (step === undefined) return bare;
  const inner = fieldOf(raw, step);
  if (bare instanceof z.ZodArray) return schemaAt(bare.element as z.ZodType, inner, rest);
  if (bare instanceof z.ZodRecord) return schemaAt(bare.valueType as z.ZodType, inner, rest);
  if (bare instanceof z.ZodObject) {
    const field = (bare.shape as Record<string, z.ZodType>)[String(step)];
    if (field !== undefined) return schemaAt(field, inner, rest);
  }
  return bare;
}

/** The one of several kinds of group that `raw` says it is. */
function optionFor(union: z.ZodDiscriminatedUnion, raw: unknown): z.ZodType | undefined {
  const key = union.def.discriminator;
  const options = union.options as z.ZodObject<Record<string, z.ZodType>>[];
  return options.find(({ shape }) => shape[key]?.safeParse(fieldOf(raw, key)).success);
}

function discriminatorsOf(union: z.ZodDiscriminatedUnion): [string, ...string[]] {
  const options = union.options as z.ZodObject<Record<string, z.ZodType>>[];
  const words = options.flatMap(({ shape }) => {
    const word = shape[union.def.discriminator];
    return word instanceof z.ZodLiteral ? [String(word.value)] : [];
  });
  return words as [string, ...string[]];
}

function fieldOf(raw: unknown, step: PropertyKey): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Record<PropertyKey, unknown>)[step] : undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}

function joinPath(base: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? String(step) : `${path}.${String(step)}`;
  }, base);
}
