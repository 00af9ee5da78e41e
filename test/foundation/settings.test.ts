import { z } from 'zod';
import { formatProblem } from '../../lib/foundation/problem';
import { elementsOf, fieldsOf, oneOf, setting, shapeProblems, textsOf } from '../../lib/foundation/settings';

const schema = z.strictObject({
  name: setting(z.string().min(2), 'a name', 'dev'),
  size: setting(z.int().min(1).max(2_000), 'a whole number from 1', 4).default(4),
  kind: oneOf(['public', 'app']).optional(),
  group: z.strictObject({ flag: z.boolean() }).optional(),
  list: z.array(z.strictObject({ name: setting(z.string(), 'a name', 'x') })).default([]),
});

function messages(raw: unknown): string[] {
  return shapeProblems(schema, raw, 'env').map(formatProblem);
}

test('accepts what fits', () => {
  expect(messages({ name: 'dev', kind: 'app', group: { flag: true }, list: [{ name: 'a' }] })).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ['a missing setting', {}, ['env.name: is missing; give a name, for example "dev"']],
  ['a wrong type', { name: 7 }, ['env.name: 7 is not a name; for example "dev"']],
  ['a value out of range', { name: 'dev', size: 0 }, ['env.size: 0 is not a whole number from 1; for example 4']],
  ['a value above its upper bound', { name: 'dev', size: 2001 }, ['env.size: 2001 is more than 2000; for example 4']],
  [
    'a number that is not exact',
    { name: 'dev', size: 2 ** 53 },
    [
      'env.size: 9007199254740992 is more than 9007199254740991, beyond which whole numbers are not exact (nor is the one shown); for example 4',
    ],
  ],
  ['a fraction', { name: 'dev', size: 1.5 }, ['env.size: 1.5 is not a whole number from 1; for example 4']],
  ['null', { name: null }, ['env.name: null is not a name; for example "dev"']],
  [
    'a misspelt word',
    { name: 'dev', kind: 'pubic' },
    ['env.kind: "pubic" is not one of public, app; did you mean "public"? Known: public, app'],
  ],
  ['a number for a word', { name: 'dev', kind: 1 }, ['env.kind: 1 is not one of public, app; for example "public"']],
  ['a misspelt key', { name: 'dev', szie: 3 }, ['env.szie: is not a setting; did you mean "size"?']],
  [
    'an unknown key',
    { name: 'dev', wibble: 3 },
    ['env.wibble: is not a setting; remove it; known here: name, size, kind, group, list'],
  ],
  [
    'a misspelt key, deeper',
    { name: 'dev', list: [{ name: 'a' }, { name: 'b', nmae: 'c' }] },
    ['env.list[1].nmae: is not a setting; did you mean "name"?'],
  ],
  [
    'a group that is none',
    { name: 'dev', group: 3 },
    ['env.group: 3 is not a group of settings (flag); write one, or remove it'],
  ],
  ['a list that is none', { name: 'dev', list: {} }, ['env.list: {} is not a list; for example []']],
  [
    'a flag that is none',
    { name: 'dev', group: { flag: 'yes' } },
    ['env.group.flag: "yes" is not true or false; for example true'],
  ],
  ['nothing at all', undefined, ['env: is missing; give a group of settings (name, size, kind, group, list)']],
  [
    'several at once',
    { size: 'x', kidn: 1 },
    [
      'env.name: is missing; give a name, for example "dev"',
      'env.size: "x" is not a whole number from 1; for example 4',
      'env.kidn: is not a setting; did you mean "kind"?',
    ],
  ],
])('reports %s', (_, raw, expected) => {
  expect(messages(raw)).toEqual(expected);
});

test('the fields one by one: defaults applied, null for a malformed one', () => {
  expect(fieldsOf(schema, { name: 7, kind: 'app', list: [{ name: 1 }] })).toEqual({
    name: null,
    size: 4,
    kind: 'app',
    group: undefined,
    list: null,
  });
  expect(fieldsOf(schema, 'nonsense')).toMatchObject({ name: undefined, size: 4, list: [] });
});

test('a field whose name is misspelt is malformed: its default is not what was meant', () => {
  expect(fieldsOf(schema, { szie: 9 }).size).toBeNull();
});

test('the elements and the texts of a list, in their places', () => {
  const raw = { list: ['a', 3, 'c'], other: 'nonsense' };
  expect(elementsOf(raw, 'list')).toEqual(['a', 3, 'c']);
  expect(textsOf(raw, 'list')).toEqual(['a', undefined, 'c']);
  expect([elementsOf(raw, 'other'), elementsOf(undefined, 'list')]).toEqual([[], []]);
});

describe('a group of one of several kinds', () => {
  const schema = z.strictObject({
    shapes: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('circle'), radius: setting(z.int().min(1), 'a radius', 3) }),
        z.strictObject({ kind: z.literal('square'), side: setting(z.int().min(1), 'a side', 4) }),
      ]),
    ),
  });

  test.each<[string, unknown, string]>([
    [
      'an unknown kind',
      { kind: 'sqare' },
      'x.shapes[0].kind: "sqare" is not one of circle, square; did you mean "square"? Known: circle, square',
    ],
    ['no kind', {}, 'x.shapes[0].kind: is missing; give one of circle, square, for example "circle"'],
    ['no group', 5, 'x.shapes[0]: 5 is not a group of settings with a kind (circle, square); write one, or remove it'],
    [
      'a setting of another kind',
      { kind: 'circle', radius: 1, side: 2 },
      'x.shapes[0].side: is not a setting; remove it; known here: kind, radius',
    ],
    [
      'a wrong setting, in the words of its kind',
      { kind: 'square', side: 0 },
      'x.shapes[0].side: 0 is not a side; for example 4',
    ],
  ])('%s', (_, shape, message) => {
    expect(shapeProblems(schema, { shapes: [shape] }, 'x').map(formatProblem)).toEqual([message]);
  });
});
