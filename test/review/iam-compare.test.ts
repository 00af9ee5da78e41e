import fc from 'fast-check';
import { granted, type Placed } from '../../lib/review/iam-compare';
import { patternCovers, scopeCovers } from '../../lib/review/iam-scope';
import { readStatements } from '../../lib/review/iam-statement';

function placed(...statements: object[]): Placed[] {
  return readStatements({ Statement: statements }).map((statement) => ({ statement, source: 'Policy' }));
}

const allow = (fields: object): object => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...fields });
const deny = (fields: object): object => ({ ...allow(fields), Effect: 'Deny' });

const many = (start: string): string[] => Array.from({ length: 50 }, (_, index) => `${start}${index}`);

describe('what is granted', () => {
  test.each<[string, object[], object[], boolean]>([
    ['another action', [allow({})], [allow({ Action: ['s3:GetObject', 's3:PutObject'] })], true],
    ['an action inside of a wildcard', [allow({ Action: 's3:Get*' })], [allow({ Action: 's3:GetObject' })], false],
    ['an action in other letters', [allow({})], [allow({ Action: 'S3:getobject' })], false],
    ['a wildcard instead of an action', [allow({})], [allow({ Action: 's3:Get*' })], true],
    [
      'one statement split in two',
      [allow({ Action: ['a:x', 'a:y'] })],
      [allow({ Action: 'a:x' }), allow({ Action: 'a:y' })],
      false,
    ],
    [
      'a resource inside of one',
      [allow({ Resource: 'arn:aws:s3:::b/*' })],
      [allow({ Resource: 'arn:aws:s3:::b/in/*' })],
      false,
    ],
    [
      'a resource beside it',
      [allow({ Resource: 'arn:aws:s3:::b/*' })],
      [allow({ Resource: 'arn:aws:s3:::bb/*' })],
      true,
    ],
    [
      'the partition as a parameter',
      [allow({ Resource: 'arn:aws:s3:::b' })],
      [allow({ Resource: 'arn:${AWS::Partition}:s3:::b' })],
      false,
    ],
    ['a condition that goes', [allow({ Condition: { Bool: { 'aws:x': 'true' } } })], [allow({})], true],
    ['a condition that comes', [allow({})], [allow({ Condition: { Bool: { 'aws:x': 'true' } } })], false],
    [
      'one value more',
      [allow({ Condition: { StringEquals: { 'aws:x': ['1'] } } })],
      [allow({ Condition: { StringEquals: { 'aws:x': ['1', '2'] } } })],
      true,
    ],
    [
      'one value less',
      [allow({ Condition: { StringEquals: { 'aws:x': ['1', '2'] } } })],
      [allow({ Condition: { StringEquals: { 'aws:x': '2' } } })],
      false,
    ],
    [
      'one exception less',
      [allow({ Condition: { StringNotEquals: { 'aws:x': ['1', '2'] } } })],
      [allow({ Condition: { StringNotEquals: { 'aws:x': ['1'] } } })],
      true,
    ],
    [
      'one exception more',
      [allow({ Condition: { StringNotEquals: { 'aws:x': ['1'] } } })],
      [allow({ Condition: { StringNotEquals: { 'aws:x': ['1', '2'] } } })],
      false,
    ],
    [
      'a looser operator',
      [allow({ Condition: { StringEquals: { 'aws:x': '1' } } })],
      [allow({ Condition: { StringEqualsIfExists: { 'aws:x': '1' } } })],
      true,
    ],
    [
      'NotAction that excludes less',
      [allow({ Action: undefined, NotAction: ['iam:*', 's3:*'] })],
      [allow({ Action: undefined, NotAction: 'iam:*' })],
      true,
    ],
    [
      'NotAction that excludes more',
      [allow({ Action: undefined, NotAction: 'iam:*' })],
      [allow({ Action: undefined, NotAction: ['iam:*', 's3:*'] })],
      false,
    ],
    [
      'an action that NotAction allowed',
      [allow({ Action: undefined, NotAction: 'iam:*' })],
      [allow({ Action: 's3:GetObject' })],
      false,
    ],
    [
      'an action that NotAction excluded',
      [allow({ Action: undefined, NotAction: 'iam:*' })],
      [allow({ Action: 'iam:PassRole' })],
      true,
    ],
    ['a denial that goes', [allow({}), deny({ Action: 's3:*' })], [allow({})], true],
    ['a denial that shrinks', [deny({ Action: 's3:*' })], [deny({ Action: 's3:Get*' })], true],
    ['a denial that comes', [allow({})], [allow({}), deny({ Action: 's3:*' })], false],
    ['a denial with one condition more', [deny({})], [deny({ Condition: { Bool: { 'aws:x': 'true' } } })], true],
    [
      'an account as root or number',
      [allow({ Principal: { AWS: '111122223333' } })],
      [allow({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })],
      false,
    ],
    [
      'a role of an account that had access',
      [allow({ Principal: { AWS: '111122223333' } })],
      [allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/r' } })],
      // The root of the account only lets it allow others.
      true,
    ],
    [
      'a denial for an account instead of for one role',
      [deny({ Principal: { AWS: 'arn:aws:iam::111122223333:role/r' } })],
      [deny({ Principal: { AWS: '111122223333' } })],
      false,
    ],
    [
      'an excluded action in other letters',
      [allow({ Action: undefined, NotAction: 'IAM:*' })],
      [allow({ Action: undefined, NotAction: 'IAM:*' }), allow({ Action: 'iam:CreateUser' })],
      true,
    ],
    [
      'an excluded resource that is only known later',
      [allow({ Resource: undefined, NotResource: '${Secret.Arn}/*' })],
      [allow({ Resource: undefined, NotResource: '${Secret.Arn}/*' }), allow({ Resource: 'arn:aws:s3:::*' })],
      true,
    ],
    [
      'a resource beside an excluded one of the same prefix',
      [allow({ Resource: undefined, NotResource: '${B.Arn}/a' })],
      [allow({ Resource: '${B.Arn}/b' })],
      false,
    ],
    [
      'everything, in a statement of many pieces',
      [allow({ Action: many('a:'), Resource: many('r') })],
      [allow({ Action: [...many('a:'), '*'], Resource: many('r') })],
      true,
    ],
    [
      'less, in a statement of many pieces',
      [allow({ Action: [...many('a:'), 'b:x'], Resource: many('r') })],
      [allow({ Action: many('a:'), Resource: many('r') })],
      false,
    ],
    ['everybody', [allow({ Principal: { AWS: '111122223333' } })], [allow({ Principal: '*' })], true],
    ['what cannot be read', [allow({})], [{ 'Fn::Transform': 'x' }], true],
    ['what cannot be read goes', [allow({}), { 'Fn::Transform': 'x' }], [allow({})], true],
    ['the same under a condition', [allow({})], [{ 'Fn::If': ['C', allow({}), allow({})] }], false],
    ['what cannot be read, as before', [{ 'Fn::If': ['C', allow({})] }], [{ 'Fn::If': ['C', allow({})] }], false],
  ])('%s: %#', (_what, before, after, expected) => {
    expect(granted(placed(...before), placed(...after)).length > 0).toBe(expected);
  });

  test('the reason is named', () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } };
    expect(granted(placed(allow(condition)), placed(allow({})))).toMatchObject([{ reason: 'without a condition' }]);
    expect(granted(placed(allow({ Resource: 'a' })), placed(allow({ Resource: 'b' })))).toMatchObject([
      { reason: 'by resource' },
    ]);
  });
});

const SMALL = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 0, maxLength: 6 });
const TEXT = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

/** What IAM would answer, with a pattern as a regular expression. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern.replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(text);
}

test('a pattern that covers another matches whatever that one matches', () => {
  fc.assert(
    fc.property(SMALL, SMALL, TEXT, (wide, narrow, text) => {
      fc.pre(patternCovers(wide, narrow) && matches(narrow, text));
      expect(matches(wide, text)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a pattern covers itself, and everything is covered by *', () => {
  fc.assert(fc.property(SMALL, (pattern) => patternCovers(pattern, pattern) && patternCovers('*', pattern)));
});

test('scopes with exceptions, too', () => {
  const scope = fc.oneof(SMALL, fc.record({ not: fc.array(SMALL, { minLength: 1, maxLength: 2 }) }));
  const isIn = (each: string | { not: string[] }, text: string): boolean =>
    typeof each === 'string' ? matches(each, text) : !each.not.some((pattern) => matches(pattern, text));
  fc.assert(
    fc.property(scope, scope, TEXT, (wide, narrow, text) => {
      fc.pre(scopeCovers(wide, narrow) && isIn(narrow, text));
      expect(isIn(wide, text)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

describe('policies against an evaluator', () => {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.array(fc.constantFrom('s:a', 's:b', 's:*', '*'), { minLength: 1, maxLength: 2 }),
    Resource: fc.array(fc.constantFrom('r1', 'r2', 'r*', '*'), { minLength: 1, maxLength: 2 }),
    Condition: fc.constantFrom(undefined, { StringEquals: { k: ['1'] } }, { StringEquals: { k: ['1', '2'] } }),
  });
  const policy = fc.array(statement, { maxLength: 3 });
  type Policy = Parameters<Parameters<typeof policy.map>[0]>[0];

  function isAllowed(statements: Policy, action: string, resource: string, value: string): boolean {
    const applies = statements.filter(
      ({ Action, Resource, Condition }) =>
        Action.some((pattern) => matches(pattern, action)) &&
        Resource.some((pattern) => matches(pattern, resource)) &&
        (Condition === undefined || Condition.StringEquals.k.some((each) => each === value)),
    );
    return applies.some(({ Effect }) => Effect === 'Allow') && !applies.some(({ Effect }) => Effect === 'Deny');
  }

  test('where nothing is said to be granted, nothing is allowed that was not', () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        fc.pre(granted(placed(...before), placed(...after)).length === 0);
        for (const action of ['s:a', 's:b', 't:c']) {
          for (const resource of ['r1', 'r2', 'x']) {
            for (const value of ['1', '2', '3']) {
              if (isAllowed(after, action, resource, value))
                expect(isAllowed(before, action, resource, value)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
