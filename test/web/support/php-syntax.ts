import { Engine, type Node } from 'php-parser';

interface Syntax extends Node {
  readonly isReadonly?: boolean;
  readonly readonly?: boolean;
  readonly type?: { readonly kind: string; readonly raw?: string } | null;
  readonly value?: Syntax | string | null;
}

const TYPES = /^(never|null|true|false)$/i;

/** What came after PHP 8.0 and the parser lets pass. Source: "New features" of PHP 8.1 and 8.2, PHP Manual. */
const LATER: readonly (readonly [string, (node: Syntax) => boolean])[] = [
  ['a readonly class or property', ({ isReadonly, readonly }) => isReadonly === true || readonly === true],
  ['never, null, true or false as a type', ({ type }) => TYPES.test(type?.raw ?? '')],
  ['new as a default', ({ kind, value }) => kind === 'parameter' && (value as Syntax | null)?.kind === 'new'],
  [
    'an octal number with 0o',
    ({ kind, value }) => kind === 'number' && typeof value === 'string' && /^0o/i.test(value),
  ],
];

/** Why the text is no PHP 8.0; empty if it is. */
export function php80Problems(text: string): string[] {
  try {
    const nodes = nodesOf(new Engine({ parser: { version: '8.0' } }).parseCode(text, 'file.php'));
    return LATER.filter(([, matches]) => nodes.some(matches)).map(([what]) => what);
  } catch (error) {
    return [(error as Error).message];
  }
}

function nodesOf(value: unknown): Syntax[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, child]) => (key === 'loc' ? [] : nodesOf(child)));
  return 'kind' in value ? [value as Syntax, ...below] : below;
}
