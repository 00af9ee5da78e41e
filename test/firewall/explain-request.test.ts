import { createHash } from 'node:crypto';
import { environments } from '../../lib/environments';
import { validateEnvironments } from '../../lib/environments/validate';
import { explainRequest } from '../../lib/firewall/explain-request';
import { matches, sizeOf, type Match } from '../../lib/firewall/matching';
import { inOrder } from '../../lib/firewall/rule-order';
import { statementOf } from '../../lib/firewall/rule-statement';
import { webRequestSchema } from '../../lib/firewall/web-request';
import { ONE_OF_EACH, rule, type RuleInput } from './support';

function ask(input: RuleInput, request: object): Match {
  return matches(statementOf(rule(input)), webRequestSchema.parse({ address: '203.0.113.9', ...request }));
}

describe('a rule matches', () => {
  const { restrictedPaths, sizeLimits, crossSiteRequests, countries, rateLimit, blockedAddresses } = ONE_OF_EACH;
  const revoked: RuleInput = {
    ...ONE_OF_EACH.revokedTokens,
    md5: [createHash('md5').update('Bearer stolen').digest('hex'), 'f'.repeat(32)],
  };
  test.each<[string, RuleInput, object, Match]>([
    ['an address in a list', blockedAddresses, { address: '198.51.100.200' }, true],
    ['an IPv6 address in a list', blockedAddresses, { address: '2001:db8:1::1' }, true],
    ['no other address', blockedAddresses, { address: '198.51.101.1' }, false],
    ['no other IPv6 address', blockedAddresses, { address: '2001:db9::1' }, false],
    ['other countries', countries, { country: 'US' }, true],
    ['not these countries', countries, { country: 'JP' }, false],
    ['nobody knows, without a country', countries, {}, undefined],
    ['a restricted path', restrictedPaths, { path: '/admin' }, true],
    ['what is under it, in any case', restrictedPaths, { path: '/Admin/users?x=1' }, true],
    ['it written otherwise', restrictedPaths, { path: '/x/..//%61dmin' }, true],
    ['an ending', restrictedPaths, { path: '/site/index.php.BAK' }, true],
    ['an ending before a newline', restrictedPaths, { path: '/x.bak%0a' }, true],
    ['a path behind a script', restrictedPaths, { path: '/index.php/admin' }, true],
    ['no path behind something else', restrictedPaths, { path: '/shop/admin' }, false],
    ['no ending in the middle', restrictedPaths, { path: '/site.bak/index.php' }, false],
    ['no query that looks like a path', restrictedPaths, { path: '/?next=/admin' }, false],
    ['not from an address that may', restrictedPaths, { path: '/admin', address: '192.0.2.7' }, false],
    ['too long a path', sizeLimits, { path: `/${'a'.repeat(512)}` }, true],
    ['no path at the limit', sizeLimits, { path: `/${'a'.repeat(511)}` }, false],
    ['too long a query', sizeLimits, { path: `/?${'a'.repeat(1025)}` }, true],
    ['too large a body', sizeLimits, { sizes: { body: 4097 } }, true],
    ['no body at the limit', sizeLimits, { sizes: { body: 4096 } }, false],
    ['too long a cookie', sizeLimits, { headers: { Cookie: 'a'.repeat(4094) } }, true],
    [
      'a change from another site',
      crossSiteRequests,
      { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } },
      true,
    ],
    [
      'no change from the same site',
      crossSiteRequests,
      { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } },
      false,
    ],
    ['no change without a browser', crossSiteRequests, { method: 'POST' }, false],
    [
      'no reading from another site',
      crossSiteRequests,
      { method: 'GET', headers: { 'Sec-Fetch-Site': 'cross-site' } },
      false,
    ],
    ['a revoked token', revoked, { headers: { Authorization: 'Bearer stolen' } }, true],
    ['no other token', revoked, { headers: { Authorization: 'Bearer good' } }, false],
    ['more requests than the limit', rateLimit, { path: '/login', requestsInWindow: 101 }, true],
    ['not as many as the limit', rateLimit, { path: '/login', requestsInWindow: 100 }, false],
    ['not those for other paths', rateLimit, { path: '/', requestsInWindow: 101 }, false],
    ['nobody knows, without a number', rateLimit, { path: '/login' }, undefined],
    ['nobody knows, of other paths we do', rateLimit, { path: '/' }, false],
    ['listed countries', { ...countries, match: 'listed' }, { country: 'JP' }, true],
    ['no other than the listed', { ...countries, match: 'listed' }, { country: 'US' }, false],
    ['no query at the limit', sizeLimits, { path: `/?${'a'.repeat(1024)}` }, false],
    ['no cookie at the limit', sizeLimits, { headers: { Cookie: 'a'.repeat(4093) } }, false],
    ['a cookie by its size', sizeLimits, { sizes: { cookie: 4094 } }, true],
    ['no cookie by its size at the limit', sizeLimits, { sizes: { cookie: 4093 } }, false],
    ['no other header by the size of a cookie', revoked, { sizes: { cookie: 5000 } }, false],
    ['no long header but the cookie', sizeLimits, { headers: { 'x-long': 'a'.repeat(5000) } }, false],
    ['no token in another header', revoked, { headers: { 'x-authorization': 'Bearer stolen' } }, false],
    ['a plus as a space, which no path has', { ...restrictedPaths, paths: ['/a'] }, { path: '/+a' }, false],
    ['an ending behind a plus', restrictedPaths, { path: '/a+b.bak' }, true],
    ['each address of a block: its first', blockedAddresses, { address: '198.51.100.0' }, true],
    ['each address of a block: its last', blockedAddresses, { address: '198.51.100.255' }, true],
    ['no address before a block', blockedAddresses, { address: '198.51.99.255' }, false],
    ['no address behind a block', blockedAddresses, { address: '198.51.101.0' }, false],
    ['AWS knows', ONE_OF_EACH.managedGroup, {}, undefined],
  ])('%s', (_, input, request, expected) => {
    expect(ask(input, request)).toBe(expected);
  });
});

// A table of every alternative in the pattern, each alone and beside others.
test.each([
  ...['/admin', '/ADMIN', '/admin/x', '/administrator', '/%61dmin', '//admin', '/x/../admin', '/i.php/admin'],
  ...['/x.bak', '/.bak', '/X.BAK', '/x%2ebak', '/i.php/wp-admin', '/wp-admin', '/a/b.log'],
])('%s is one of the restricted paths', (path) => {
  const paths = ['/admin', '/wp-admin', '*.bak', '*.log'];
  expect(ask({ ...ONE_OF_EACH.restrictedPaths, paths }, { path })).toBe(true);
  const alone = paths.filter((one) => ask({ ...ONE_OF_EACH.restrictedPaths, paths: [one] }, { path }) === true);
  expect(alone).toHaveLength(1);
});

test.each([
  '/',
  '/adm',
  '/x/admin',
  '/wp_admin',
  '/bak',
  '/x.bak/y',
  '/x.bak2',
  '/xbak',
  '/x.log.txt',
  '/i.phpx/admin',
])('%s is none', (path) => {
  expect(ask({ ...ONE_OF_EACH.restrictedPaths, paths: ['/admin', '/wp-admin', '*.bak', '*.log'] }, { path })).toBe(
    false,
  );
});

test('the size of a cookie is that of no other header', () => {
  const request = webRequestSchema.parse({
    address: '203.0.113.9',
    headers: { 'X-Token': 'abc' },
    sizes: { cookie: 9, body: 7 },
  });
  const fields = [{ header: 'cookie' }, { header: 'x-token' }, 'body', 'method'] as const;
  expect(fields.map((field) => sizeOf(field, request))).toEqual([9, 3, 7, 3]);
});

test('a plus is read as a space, as PHP does', () => {
  const spaced = { is: 'pattern', field: 'uri', pattern: '^/a b$', transformations: ['URL_DECODE'] } as const;
  const request = (path: string) => webRequestSchema.parse({ address: '203.0.113.9', path });
  expect(
    [request('/a+b'), request('/a%20b'), request('/a%2Bb'), request('/ab')].map((one) => matches(spaced, one)),
  ).toEqual([true, true, false, false]);
});

describe('the order of prod', () => {
  const prod = validateEnvironments(environments).find(({ name }) => name === 'prod');
  // What an operator would add: an office, and an address that attacks from inside of it.
  const rules = (prod?.firewall?.rules ?? []).map((own) => {
    if (own.kind === 'allowedAddresses') return { ...own, addresses: ['192.0.2.0/24'] };
    if (own.kind === 'blockedAddresses') return { ...own, addresses: ['192.0.2.66', '198.51.100.0/24'] };
    return own;
  });
  const explain = (request: object) =>
    explainRequest(inOrder(rules), webRequestSchema.parse({ requestsInWindow: 1, ...request }));

  test.each<[string, object, string, string]>([
    ['allowed addresses win over blocked ones', { address: '192.0.2.66' }, 'AllowedAddresses', 'allow'],
    ['allowed addresses reach the admin pages', { address: '192.0.2.1', path: '/admin' }, 'AllowedAddresses', 'allow'],
    [
      'blocked addresses are blocked before their rate is',
      { address: '198.51.100.1', requestsInWindow: 9999 },
      'BlockedAddresses',
      'block',
    ],
    [
      'a flood is blocked before what is in it',
      { address: '203.0.113.9', path: '/admin', requestsInWindow: 2001 },
      'RateLimit',
      'block',
    ],
    ['sizes before paths', { address: '203.0.113.9', path: '/admin', sizes: { uri: 513 } }, 'SizeLimits', 'block'],
    ['admin pages are closed to everyone else', { address: '203.0.113.9', path: '/wp-admin/' }, 'AdminPaths', 'block'],
    ['so are files that are included', { address: '203.0.113.9', path: '/includes/db.php' }, 'IncludedFiles', 'block'],
    ['and configuration', { address: '203.0.113.9', path: '/app.ini' }, 'IncludedFiles', 'block'],
    [
      'other sites change nothing',
      { address: '203.0.113.9', method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } },
      'CrossSiteRequests',
      'block',
    ],
    ['the rest is left to AWS, and allowed', { address: '203.0.113.9' }, 'default', 'allow'],
  ])('%s', (_, request, decidedBy, action) => {
    expect(explain(request)).toMatchObject({ decidedBy, action });
  });

  test('the groups of AWS are asked only if no rule of ours decides', () => {
    const groups = ['Reputation', 'KnownBadInputs', 'Common', 'SqlInjection', 'Linux', 'Php'];
    expect(explain({ address: '203.0.113.9' }).unless).toEqual(groups);
    const closed = explain({ address: '203.0.113.9', path: '/admin' });
    expect(closed.unless).toEqual([]);
    expect(closed.answers.filter(({ outcome }) => outcome === 'not reached').map(({ rule }) => rule)).toEqual([
      'IncludedFiles',
      'CrossSiteRequests',
      ...groups,
    ]);
  });
});

test('counting decides nothing', () => {
  const answer = explainRequest(
    inOrder([
      rule({ ...ONE_OF_EACH.restrictedPaths, action: 'count' }),
      rule({ ...ONE_OF_EACH.managedGroup, action: 'count', overrides: {} }),
    ]),
    webRequestSchema.parse({ address: '203.0.113.9', path: '/admin' }),
  );
  expect(answer).toMatchObject({ decidedBy: 'default', action: 'allow', unless: [] });
  expect(answer.answers[0]).toMatchObject({
    outcome: 'matches',
    reason: expect.stringContaining('counted') as unknown,
  });
});

test.each<[string, RuleInput, object, string]>([
  [
    'the part that is too large',
    ONE_OF_EACH.sizeLimits,
    { sizes: { uri: 600, body: 5000 } },
    'uri has 600 bytes, over 512; body has 5,000 bytes, over 4,096: block',
  ],
  ['the path', ONE_OF_EACH.restrictedPaths, { path: '/home?x' }, '/home is none of the paths'],
  [
    'the address',
    ONE_OF_EACH.restrictedPaths,
    { path: '/admin', address: '192.0.2.7' },
    '/admin is one of the paths, and 192.0.2.7 is in addresses',
  ],
  [
    'the number',
    ONE_OF_EACH.rateLimit,
    { path: '/login', requestsInWindow: 1000 },
    '1,000 requests are over 100: block',
  ],
  ['the path that is not counted', ONE_OF_EACH.rateLimit, { path: '/home' }, '/home is none of the paths'],
  ['the country', ONE_OF_EACH.countries, { country: 'US' }, 'US is meant by others JP, TW: challenge'],
])('the reason names %s', (_, input, request, reason) => {
  const answer = explainRequest(inOrder([rule(input)]), webRequestSchema.parse({ address: '203.0.113.9', ...request }));
  expect(answer.answers.map((one) => one.reason)).toEqual([reason]);
});
