import { z } from 'zod';
import { REGIONS } from '../../lib/environments/regions';
import { environmentSchema } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { oneOf } from '../../lib/foundation/settings';
import { choicesMade, choicesOf } from './choices';
import { unsaidChanges } from './unsaid-changes';
import { VARIANTS } from './variants';

/** Choices that no variant needs to make, and why. */
const NOT_NEEDED: Readonly<Record<string, string>> = Object.fromEntries([
  ...REGIONS.filter((region) => !VARIANTS.some(({ environment }) => environment.region === region)).map(
    (region): [string, string] => [
      `region=${region}`,
      'templates differ by the partition and by the names of zones; one more region of each will do',
    ],
  ),
  ...[
    'restrictedPaths].forwardedHeader.position=first',
    'restrictedPaths].forwardedHeader.position=any',
    'restrictedPaths].forwardedHeader.fallback=noMatch',
    'allowedAddresses].forwardedHeader.position=first',
    'allowedAddresses].forwardedHeader.position=any',
    'allowedAddresses].forwardedHeader.fallback=match',
  ].map((choice): [string, string] => [
    `firewall.rules[${choice}`,
    'is refused: it lets everybody pass who writes the header',
  ]),
]);

test('every choice that the settings offer is made by some variant', () => {
  const made = new Set(
    VARIANTS.flatMap(({ environment }) => choicesMade(environmentSchema, environmentSchema.parse(environment))),
  );
  const never = choicesOf(environmentSchema).filter((choice) => !made.has(choice) && !(choice in NOT_NEEDED));
  // A new one: add a variant that makes it to variants.ts, so that every gate sees what comes of it.
  expect(never).toEqual([]);
  expect(Object.keys(NOT_NEEDED).filter((choice) => made.has(choice))).toEqual([]);
});

test('what counts as a choice', () => {
  const schema = z.strictObject({
    word: oneOf(['a', 'b']),
    flag: z.boolean().default(false),
    size: z.int().optional(),
    list: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('x'), how: oneOf(['p', 'q']) }),
        z.strictObject({ kind: z.literal('y') }),
      ]),
    ),
    named: z.record(z.string(), oneOf(['m', 'n'])),
  });
  expect(choicesOf(schema)).toEqual([
    'word=a',
    'word=b',
    'flag=true',
    'flag=false',
    'size (given)',
    'size (left out)',
    'list[x]',
    'list[x].how=p',
    'list[x].how=q',
    'list[y]',
    'named.*=m',
    'named.*=n',
  ]);
  const value = schema.parse({ word: 'a', list: [{ kind: 'x', how: 'q' }], named: { some: 'n' } });
  expect(choicesMade(schema, value)).toEqual([
    'word=a',
    'flag=false',
    'size (left out)',
    'list[x]',
    'list[x].how=q',
    'named.*=n',
  ]);
});

test('names are names of folders, each once', () => {
  const names = VARIANTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9.]+(-[a-z0-9.]+)*$/);
});

test('each is an environment that validation accepts', () => {
  for (const { environment } of VARIANTS) expect(() => validateEnvironments([environment])).not.toThrow();
});

test('what a variant changes is compared with what it says', () => {
  const [dev, , account] = VARIANTS;
  if (dev === undefined || account === undefined) throw new Error('there are variants');
  const template = { variant: 'dev', stackName: 'dev-Web', region: '', file: '', text: '{}' };
  const other = { ...template, variant: 'account' };
  expect(unsaidChanges([dev, account], [template, { ...other, text: '{"a":1}' }])).toEqual([]);
  expect(unsaidChanges([dev, account], [template, other])).toEqual([
    'variants.ts: account says that it changes Web, and changes nothing',
  ]);
  const batch = { ...account, name: 'batch', changes: ['Web'] as const };
  expect(unsaidChanges([dev, batch], [template])).toEqual([]);
  expect(unsaidChanges([dev, batch], [template, { ...template, variant: 'batch', stackName: 'dev-Access' }])).toEqual([
    'variants.ts: batch says that it changes Web, and changes Access, Web',
  ]);
});
