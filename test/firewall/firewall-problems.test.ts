import { firewallProblems } from '../../lib/firewall/firewall-problems';
import { formatProblem } from '../../lib/foundation/problem';
import { ONE_OF_EACH, type RuleInput } from './support';

function messages(...rules: unknown[]): string[] {
  return firewallProblems({ rules }, 'dev').map(formatProblem);
}

const block = (name: string, addresses: string[], action: 'block' | 'count' | 'captcha' = 'block'): RuleInput => ({
  kind: 'blockedAddresses',
  name,
  action,
  addresses,
});
const countries = (name: string, match: 'listed' | 'others', ...codes: string[]): RuleInput => ({
  kind: 'countries',
  name,
  action: 'block',
  countries: codes,
  match,
});
const paths = (name: string, list: string[], addresses: string[] = []): RuleInput => ({
  kind: 'restrictedPaths',
  name,
  action: 'block',
  paths: list,
  addresses,
});
const rate = (name: string, limit: number, list?: string[], windowSeconds: 300 | 600 = 300): RuleInput => ({
  kind: 'rateLimit',
  name,
  action: 'block',
  limit,
  windowSeconds,
  ...(list && { paths: list }),
});

test('one of each kind is accepted', () => {
  expect(messages(...Object.values(ONE_OF_EACH))).toEqual([]);
});

test.each<[string, RuleInput[], string]>([
  [
    'a name twice',
    [block('Some-Name', []), block('someName', [])],
    'dev.firewall.rules[1].name: "someName" is already the name of rules[0]; give each rule a name of its own',
  ],
  [
    'host bits',
    [block('A', ['192.0.2.1/24'])],
    'dev.firewall.rules[0].addresses[0]: "192.0.2.1/24" has host bits set: 192.0.2.1 is inside a /24, not its start; write 192.0.2.0/24',
  ],
  [
    'an address twice',
    [block('A', ['192.0.2.1', '192.0.2.1/32'])],
    'dev.firewall.rules[0].addresses[1]: "192.0.2.1/32" is already addresses[0]; list each block once',
  ],
  [
    'a country that is none',
    [countries('A', 'listed', 'UK')],
    'dev.firewall.rules[0].countries[0]: "UK" is not a country; did you mean "GB"?',
  ],
  [
    'a country twice',
    [countries('A', 'listed', 'JP', 'JP')],
    'dev.firewall.rules[0].countries[1]: "JP" is already countries[0]; list each country once',
  ],
  [
    'limits of nothing',
    [{ kind: 'sizeLimits', name: 'A', action: 'block' }],
    'dev.firewall.rules[0]: limits nothing; give at least one of uri, query, body, cookie, or remove the rule',
  ],
  [
    'more paths than an expression holds',
    [
      paths(
        'A',
        Array.from({ length: 30 }, (_, index) => `/a-rather-long-path-${index}`),
      ),
    ],
    'dev.firewall.rules[0].paths: make a regular expression of 700 characters, over the 512 that WAF takes; split the rule in two',
  ],
  [
    'an override of a rule that the group does not have',
    [{ ...ONE_OF_EACH.managedGroup, overrides: { SizeRestrictions_COOKIE_HEADER: 'count' } }],
    'dev.firewall.rules[0].overrides.SizeRestrictions_COOKIE_HEADER: is not a rule of AWSManagedRulesCommonRuleSet; did you mean "SizeRestrictions_Cookie_HEADER"?',
  ],
  [
    'an override that blocks in a group that counts',
    [{ ...ONE_OF_EACH.managedGroup, action: 'count', overrides: { NoUserAgent_HEADER: 'block' } }],
    'dev.firewall.rules[0].overrides.NoUserAgent_HEADER: "block" has no effect in a group that only counts; remove it, or set the action of the group to block',
  ],
  [
    'a path that no normalized path is',
    [paths('A', ['//admin/../x'])],
    'dev.firewall.rules[0].paths[0]: "//admin/../x" matches nothing: paths are normalized before they are compared; write /x',
  ],
  [
    'a group twice',
    [ONE_OF_EACH.managedGroup, { ...ONE_OF_EACH.managedGroup, name: 'Again' }],
    'dev.firewall.rules[1].group: "AWSManagedRulesCommonRuleSet" is already the group of rules[0]; list each group once',
  ],
])('refuses %s', (_, rules, message) => {
  expect(messages(...rules)).toEqual([message]);
});

test('says all mistakes at once, and passes over rules whose shape is wrong', () => {
  const found = messages({ kind: 'nothing' }, block('A', ['x', 'y']), countries('A', 'listed', 'XX'), 5);
  expect(found).toHaveLength(4);
});

test('looks at addresses and countries of a rule that is wrong otherwise', () => {
  expect(
    messages(
      { kind: 'blockedAddresses', name: 'A', action: 'blok', addresses: ['192.0.2.1/24', 5] },
      { kind: 'countries', name: 'B', countries: ['jp', 'Japan'] },
    ),
  ).toEqual([
    'dev.firewall.rules[0].addresses[0]: "192.0.2.1/24" has host bits set: 192.0.2.1 is inside a /24, not its start; write 192.0.2.0/24',
    'dev.firewall.rules[1].countries[0]: "jp" is not a country; did you mean "JP"?',
    'dev.firewall.rules[1].countries[1]: "Japan" is not a country; write its two capital letters of ISO 3166-1, for example JP',
  ]);
});

test('refuses more than ten rate limits', () => {
  const rules = Array.from({ length: 11 }, (_, index) => rate(`R${index}`, 100 + index, [`/path-${index}/`]));
  expect(messages(...rules)).toEqual([
    'dev.firewall.rules: has 11 rate limits, and a web ACL takes 10; give several paths one limit',
  ]);
});

test('refuses an IP set that is too long', () => {
  const many = Array.from({ length: 10_001 }, (_, index) => `10.${Math.floor(index / 256)}.${index % 256}.1`);
  expect(messages(block('A', many))).toEqual([
    'dev.firewall.rules[0].addresses: are 10,001 addresses, and an IP set takes 10,000; join neighbouring blocks, or use several rules',
  ]);
});

test('refuses more capacity than a web ACL has', () => {
  const rules = Array.from({ length: 250 }, (_, index) => paths(`P${index}`, [`/p${index}/`]));
  const [problem, ...others] = messages(...rules.slice(0, 201));
  expect(others).toEqual([]);
  expect(problem).toContain('takes 5,025 capacity units (WCU), over the 5,000 of a web ACL');
  expect(messages(...rules.slice(0, 200))).toEqual([]);
});

describe('a rule that is never reached', () => {
  test.each<[string, RuleInput[]]>([
    ['addresses that an earlier list has', [block('A', ['10.0.0.0/8']), block('B', ['10.1.0.0/16'])]],
    [
      'addresses that earlier lists have together',
      [
        block('A', ['10.0.0.0/25']),
        ONE_OF_EACH.allowedAddresses,
        block('C', ['10.0.0.128/25']),
        block('B', ['10.0.0.0/24']),
      ],
    ],
    [
      'anything, behind every address',
      [block('A', ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1']), ONE_OF_EACH.managedGroup],
    ],
    ['countries that an earlier list has', [countries('A', 'listed', 'JP', 'TW'), countries('B', 'listed', 'TW')]],
    ['countries that an earlier rule excludes', [countries('A', 'others', 'JP'), countries('B', 'listed', 'TW')]],
    ['anything, behind every country', [countries('A', 'listed', 'JP'), countries('C', 'others', 'JP'), rate('B', 10)]],
    ['a higher rate', [rate('A', 100), rate('B', 200)]],
    ['a rate for paths within others', [rate('A', 100, ['/a']), rate('B', 100, ['/a/b'])]],
    ['a higher rate in a shorter window', [rate('A', 100, undefined, 600), rate('B', 200)]],
    ['a rate for a closed path', [paths('A', ['/a']), rate('B', 100, ['/A/b'])]],
    ['paths within others', [paths('A', ['/a', '*.bak']), paths('B', ['/a/b', '*.old.bak'])]],
    [
      'larger sizes',
      [
        { kind: 'sizeLimits', name: 'A', action: 'block', uri: 512, query: 10 },
        { kind: 'sizeLimits', name: 'B', action: 'block', uri: 513 },
      ],
    ],
    [
      'sizes that earlier rules limit together',
      [
        { kind: 'sizeLimits', name: 'A', action: 'block', uri: 512 },
        { kind: 'sizeLimits', name: 'C', action: 'block', query: 512 },
        { kind: 'sizeLimits', name: 'B', action: 'block', uri: 600, query: 512 },
      ],
    ],
    ['anything, behind all paths', [paths('A', ['/']), ONE_OF_EACH.managedGroup]],
    [
      'anything, behind all paths of those who are not let through before',
      [ONE_OF_EACH.allowedAddresses, paths('A', ['/'], ['192.0.2.0/24']), rate('B', 10)],
    ],
    [
      'paths that are closed to those who are blocked already',
      [block('A', ['0.0.0.0/1', '128.0.0.0/1', '::/1']), paths('B', ['/a'], ['8000::/1'])],
    ],
    ['cross-site requests again', [ONE_OF_EACH.crossSiteRequests, { ...ONE_OF_EACH.crossSiteRequests, name: 'B' }]],
    ['tokens again', [ONE_OF_EACH.revokedTokens, { ...ONE_OF_EACH.revokedTokens, name: 'B', header: 'Authorization' }]],
  ])('%s', (_, rules) => {
    expect(messages(...rules)).toEqual([
      expect.stringMatching(/^dev\.firewall\.rules\[\d\]: .* can never be reached: .* decides? on .*; move it before /),
    ]);
  });

  test.each<[string, RuleInput[]]>([
    ['an earlier rule only counts', [block('A', ['10.0.0.0/8'], 'count'), block('B', ['10.0.0.0/8'])]],
    ['an earlier rule lets solvers pass', [block('A', ['10.0.0.0/8'], 'captcha'), block('B', ['10.0.0.0/8'])]],
    ['an empty list waits for addresses', [block('A', ['10.0.0.0/8']), block('B', [])]],
    ['only part is decided', [block('A', ['10.0.0.0/9']), block('B', ['10.0.0.0/8'])]],
    ['only IPv4 is decided', [block('A', ['0.0.0.0/1', '128.0.0.0/1']), rate('B', 10)]],
    ['only some of the countries are decided', [countries('A', 'listed', 'JP'), countries('B', 'listed', 'JP', 'TW')]],
    ['only some countries are, of all', [countries('A', 'listed', 'JP', 'TW'), countries('B', 'others', 'JP')]],
    [
      'only some of the tokens are revoked before',
      [
        { ...ONE_OF_EACH.revokedTokens, md5: ['0'.repeat(32)] },
        { ...ONE_OF_EACH.revokedTokens, name: 'B', md5: ['0'.repeat(32), '1'.repeat(32)] },
      ],
    ],
    [
      'the tokens are those of another header',
      [ONE_OF_EACH.revokedTokens, { ...ONE_OF_EACH.revokedTokens, name: 'B', header: 'x-token' }],
    ],
    ['only some of the paths are within others', [paths('A', ['/a']), paths('B', ['/a/b', '/c'])]],
    ['only some of the endings are', [paths('A', ['*.bak']), paths('B', ['*.old.bak', '*.log'])]],
    ['only some of the paths of a rate are closed', [paths('A', ['/a']), rate('B', 100, ['/a/b', '/c'])]],
    [
      'only some of the sizes are limited before',
      [
        { kind: 'sizeLimits', name: 'A', action: 'block', uri: 512 },
        { kind: 'sizeLimits', name: 'B', action: 'block', uri: 600, query: 512 },
      ],
    ],
    ['other countries', [countries('A', 'listed', 'JP'), countries('B', 'listed', 'TW')]],
    ['a rate in a longer window', [rate('A', 100), rate('B', 200, undefined, 600)]],
    ['all paths, but for some', [paths('A', ['/'], ['10.0.0.0/8']), rate('B', 100)]],
    ['a lower rate', [rate('A', 200), rate('B', 100)]],
    ['a rate for all paths', [rate('A', 100, ['/a']), rate('B', 200)]],
    ['a path that some may use', [paths('A', ['/a'], ['10.0.0.0/8']), rate('B', 100, ['/a'])]],
    ['a wider path', [paths('A', ['/a/b']), paths('B', ['/a'])]],
    ['a path that begins like an ending', [paths('A', ['*.bak']), paths('B', ['/x.bak'])]],
    ['fewer may', [paths('A', ['/a'], ['10.0.0.0/8']), paths('B', ['/a'], ['10.0.0.0/9'])]],
    [
      'another size',
      [
        { kind: 'sizeLimits', name: 'A', action: 'block', uri: 512 },
        { kind: 'sizeLimits', name: 'B', action: 'block', query: 512 },
      ],
    ],
  ])('not if %s', (_, rules) => {
    expect(messages(...rules)).toEqual([]);
  });
});

test('names only the countries that are in the way', () => {
  expect(
    messages(
      countries('Irrelevant', 'listed', 'FR'),
      countries('A', 'listed', 'JP', 'TW'),
      countries('B', 'listed', 'TW'),
    ),
  ).toEqual([
    'dev.firewall.rules[2]: "B" can never be reached: A decides on every country that it looks for; move it before A, or remove it',
  ]);
});

test('names only the rules that are in the way', () => {
  expect(
    messages(block('Irrelevant', ['203.0.113.0/24']), block('A', ['192.0.2.0/24']), block('B', ['192.0.2.1'])),
  ).toEqual([
    'dev.firewall.rules[2]: "B" can never be reached: A decides on every address that it looks for; move it before A, or remove it',
  ]);
});
