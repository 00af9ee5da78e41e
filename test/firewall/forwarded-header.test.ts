import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemplateValidation } from '../../lib/foundation/constructs/template-validation';
import { formatProblem } from '../../lib/foundation/problem';
import { capacityOf } from '../../lib/firewall/capacity';
import { explainRequest } from '../../lib/firewall/explain-request';
import { firewallProblems } from '../../lib/firewall/firewall-problems';
import { firewallSchema } from '../../lib/firewall/firewall-settings';
import { firewallWarnings } from '../../lib/firewall/firewall-warnings';
import { ruleMatches, type Match } from '../../lib/firewall/matching';
import { inOrder } from '../../lib/firewall/rule-order';
import { statementOf } from '../../lib/firewall/rule-statement';
import { webRequestSchema } from '../../lib/firewall/web-request';
import { jsonOf, resourcesOfType, synthesize, testApp, type TemplateJson } from '../support/synthesize';
import { rule, type RuleInput } from './support';

const XFF = 'X-Forwarded-For';
type Of<Kind extends RuleInput['kind']> = Extract<RuleInput, { kind: Kind }>;

const gate: Of<'restrictedPaths'> = {
  kind: 'restrictedPaths',
  name: 'OnlyTheProxy',
  action: 'block',
  paths: ['/'],
  addresses: ['130.176.0.0/16'],
};
const allow = (forwardedHeader: Of<'allowedAddresses'>['forwardedHeader'] = { name: XFF }): Of<'allowedAddresses'> => ({
  kind: 'allowedAddresses',
  name: 'Office',
  action: 'allow',
  addresses: ['192.0.2.0/24', '2001:db8::/32'],
  forwardedHeader,
});
const block = (forwardedHeader: Of<'blockedAddresses'>['forwardedHeader'] = { name: XFF }): Of<'blockedAddresses'> => ({
  kind: 'blockedAddresses',
  name: 'Known',
  action: 'block',
  addresses: ['192.0.2.0/24', '2001:db8::/32'],
  forwardedHeader,
});
const admin = (forwardedHeader: Of<'restrictedPaths'>['forwardedHeader'] = { name: XFF }): Of<'restrictedPaths'> => ({
  ...gate,
  name: 'Admin',
  paths: ['/admin'],
  addresses: ['192.0.2.0/24'],
  forwardedHeader,
});
const rate = (forwardedHeader: Of<'rateLimit'>['forwardedHeader'] = { name: XFF }): Of<'rateLimit'> => ({
  kind: 'rateLimit',
  name: 'Rate',
  action: 'block',
  limit: 100,
  windowSeconds: 300,
  forwardedHeader,
});
const countries = (match: 'listed' | 'others', action: 'block' | 'allow' = 'block', name = XFF): Of<'countries'> => ({
  kind: 'countries',
  name: 'Lands',
  action,
  countries: ['JP'],
  match,
  forwardedHeader: { name },
});

/** A request that a proxy hands on, with this in the header; undefined for a request without it. */
function ask(input: RuleInput, value: string | undefined, more: object = {}): Match {
  const headers = value === undefined ? {} : { 'x-forwarded-for': value };
  const request = webRequestSchema.parse({ address: '130.176.0.5', path: '/admin', headers, ...more });
  return ruleMatches(statementOf(rule(input)), request);
}

describe('which address is looked at', () => {
  test.each<[string, RuleInput, string | undefined, Match]>([
    ['last: the one that the proxy adds', block(), '203.0.113.9, 192.0.2.7', true],
    ['last: not what the client writes', block(), '192.0.2.7, 203.0.113.9', false],
    ['first', block({ name: XFF, position: 'first' }), '192.0.2.7, 203.0.113.9', true],
    ['first: not the last', block({ name: XFF, position: 'first' }), '203.0.113.9, 192.0.2.7', false],
    ['any', block({ name: XFF, position: 'any' }), '1.1.1.1, 192.0.2.7, 203.0.113.9', true],
    ['any: none of them', block({ name: XFF, position: 'any' }), '1.1.1.1, 203.0.113.9', false],
    ['any: of eleven the last ten', block({ name: XFF, position: 'any' }), `192.0.2.7${', 1.1.1.1'.repeat(10)}`, false],
    ['any: the tenth from the end', block({ name: XFF, position: 'any' }), `192.0.2.7${', 1.1.1.1'.repeat(9)}`, true],
    ['IPv6', block(), '203.0.113.9,2001:db8::7', true],
    ['spaces do not count', block(), ' 192.0.2.7 ', true],
    ['who may', admin(), '192.0.2.7', false],
    ['who may not', admin(), '203.0.113.9', true],
  ])('%s', (_, input, value, expected) => {
    expect(ask(input, value)).toBe(expected);
  });

  test('not the address that connects', () => {
    expect(ask(block(), '203.0.113.9', { address: '192.0.2.7' })).toBe(false);
  });

  test('a rate and a country are of the first address', () => {
    expect(ask(rate(), '192.0.2.7, unknown', { requestsInWindow: 101 })).toBe(true);
    expect(ask(rate(), '192.0.2.7', { requestsInWindow: 100 })).toBe(false);
    expect(ask(countries('listed'), '192.0.2.7, unknown', { country: 'JP' })).toBe(true);
    expect(ask(countries('listed'), '192.0.2.7', {})).toBeUndefined();
  });
});

describe('no address where one is looked for', () => {
  test.each(['unknown', '192.0.2.7:443', '192.0.2.0/24', '_hidden', '', '192.0.2.7,', '010.0.0.1'])(
    '%j: a rule that refuses matches, one that lets pass does not',
    (value) => {
      expect(ask(block(), value)).toBe(true);
      expect(ask(admin(), value)).toBe(true);
      expect(ask(allow(), value)).toBe(false);
    },
  );

  test('of rates and countries, too', () => {
    const more = { country: 'JP', requestsInWindow: 1 };
    expect(ask(rate(), 'unknown', more)).toBe(true);
    expect(ask(countries('listed'), 'unknown', more)).toBe(true);
    expect(ask(countries('others'), 'unknown', more)).toBe(true);
    expect(ask(countries('listed', 'allow'), 'unknown', more)).toBe(false);
    expect(ask(countries('others', 'allow'), 'unknown', more)).toBe(false);
  });

  test('a fallback of one’s own', () => {
    expect(ask(block({ name: XFF, fallback: 'noMatch' }), 'unknown')).toBe(false);
    expect(ask(rate({ name: XFF, fallback: 'noMatch' }), 'unknown', { requestsInWindow: 999 })).toBe(false);
    expect(ask(admin({ name: XFF, fallback: 'match' }), 'unknown')).toBe(true);
  });

  test('what WAF makes of a header in which some are addresses is not known', () => {
    const any = (fallback: 'match' | 'noMatch') => block({ name: XFF, position: 'any', fallback });
    expect(ask(any('match'), 'unknown, 203.0.113.9')).toBeUndefined();
    expect(ask(any('noMatch'), 'unknown, 203.0.113.9')).toBe(false);
    expect(ask(any('match'), 'unknown, 192.0.2.7')).toBe(true);
  });
});

test.each([allow(), block(), admin(), rate(), countries('listed'), countries('others')])(
  'without the header WAF does not apply $kind, whatever the fallback',
  (input) => {
    expect(ask(input, undefined, { country: 'US', requestsInWindow: 999, address: '192.0.2.7' })).toBe(false);
  },
);

test.each<[string, RuleInput, number]>([
  ['an IP set of each family', block(), 2],
  ['at any position, 4 more each', block({ name: XFF, position: 'any' }), 10],
  ['a rate', rate(), 2],
  ['a country', countries('listed'), 1],
  ['all paths, but for a proxy', gate, 2],
])('capacity of %s', (_, input, wcu) => {
  expect(capacityOf(statementOf(rule(input)))).toBe(wcu);
});

describe('the template', () => {
  let json: TemplateJson;
  let rules: { Name: string; Statement: unknown }[];

  beforeAll(() => {
    const { firewall } = synthesize({
      name: 'test',
      region: 'ap-northeast-1',
      availabilityZones: ['ap-northeast-1a'],
      network: {
        cidr: '10.9.0.0/16',
        tiers: [{ name: 'data', prefixLength: 24 }],
        nat: 'none',
        flowLogs: { retentionDays: 30 },
      },
      firewall: {
        rules: [
          gate,
          allow(),
          block({ name: XFF, position: 'any' }),
          admin(),
          rate(),
          countries('others', 'block', 'True-Client-IP'),
          { ...countries('listed'), name: 'Listed' },
        ],
        logs: { retentionDays: 90 },
        blockSurge: 100,
      },
    });
    if (firewall === undefined) throw new Error('no Firewall stack');
    json = jsonOf(firewall);
    const [[, webAcl] = ['', { Type: '' }]] = resourcesOfType(json, 'AWS::WAFv2::WebACL');
    rules = webAcl.Properties?.Rules as typeof rules;
  });

  const found = (name: string, key: string): unknown[] => {
    const all: unknown[] = [];
    JSON.stringify(rules.find(({ Name }) => Name === name)?.Statement, (at, value: unknown) => {
      if (at === key) all.push(value);
      return value;
    });
    return all;
  };

  test.each<[string, string, object | string]>([
    ['Office', 'IPSetForwardedIPConfig', { HeaderName: XFF, FallbackBehavior: 'NO_MATCH', Position: 'LAST' }],
    ['Known', 'IPSetForwardedIPConfig', { HeaderName: XFF, FallbackBehavior: 'MATCH', Position: 'ANY' }],
    // What is not in the set is blocked: so the set itself must not match.
    ['Admin', 'IPSetForwardedIPConfig', { HeaderName: XFF, FallbackBehavior: 'NO_MATCH', Position: 'LAST' }],
    ['Rate', 'AggregateKeyType', 'FORWARDED_IP'],
    ['Rate', 'ForwardedIPConfig', { HeaderName: XFF, FallbackBehavior: 'MATCH' }],
    ['Lands', 'ForwardedIPConfig', { HeaderName: 'True-Client-IP', FallbackBehavior: 'NO_MATCH' }],
    ['Listed', 'ForwardedIPConfig', { HeaderName: XFF, FallbackBehavior: 'MATCH' }],
  ])('%s has %s', (name, key, expected) => {
    const values = found(name, key);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).toEqual(expected);
  });

  test('the proxy is told by the address that connects, without a look at paths', () => {
    expect(found('OnlyTheProxy', 'IPSetForwardedIPConfig')).toEqual([]);
    expect(rules[0]?.Statement).toMatchObject({ NotStatement: { Statement: { OrStatement: {} } } });
  });

  test('fits the schema of AWS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
    const judge = (name: string, template: object): string[] => {
      const templatePath = join(folder, name);
      writeFileSync(templatePath, JSON.stringify(template));
      const stackTemplates = [{ stackConstructPath: 'Some', templatePath, accountId: undefined, region: undefined }];
      const report = new TemplateValidation().validate({
        templatePaths: [templatePath],
        stackTemplates,
        appConstruct: testApp(),
      });
      return report.violations.map(({ ruleName }) => ruleName);
    };
    try {
      expect(judge('good.json', json)).toEqual([]);
      const worse = JSON.parse(JSON.stringify(json).replaceAll('"FallbackBehavior"', '"Fallback"')) as object;
      expect(judge('worse.json', worse)).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

function messages(...rules: unknown[]): string[] {
  return firewallProblems({ rules }, 'dev').map(formatProblem);
}

test('behind a rule that admits only the proxy, each kind is accepted', () => {
  const rules = [gate, allow(), { ...block(), addresses: ['203.0.113.0/24'] }, admin(), rate(), countries('listed')];
  expect(messages(...rules)).toEqual([]);
});

describe('refuses to let requests pass', () => {
  test.each<[string, RuleInput, string]>([
    [
      'at the first address',
      allow({ name: XFF, position: 'first' }),
      '.position: "first" is where clients write what they like: a proxy adds the address that it knows at the end; write last; behind several proxies name a header that your proxy overwrites, such as True-Client-IP or CF-Connecting-IP',
    ],
    ['at any address', allow({ name: XFF, position: 'any' }), '.position: "any" is where clients write'],
    [
      'to closed paths at any address',
      admin({ name: XFF, position: 'any' }),
      '.position: "any" is where clients write',
    ],
    [
      'with no address at all',
      allow({ name: XFF, fallback: 'match' }),
      '.fallback: "match" lets everybody pass who writes no address into X-Forwarded-For; leave it out, or write noMatch',
    ],
    [
      'to closed paths with no address at all',
      admin({ name: XFF, fallback: 'noMatch' }),
      '.fallback: "noMatch" lets everybody pass who writes no address into X-Forwarded-For; leave it out, or write match',
    ],
    [
      'all but other countries, as a client writes',
      countries('others', 'block'),
      '.name: "X-Forwarded-For" is read at its first address, where clients write what they like; name a header',
    ],
    [
      'all but other countries with no address at all',
      { ...countries('others', 'block'), forwardedHeader: { name: 'True-Client-IP', fallback: 'noMatch' } },
      '.fallback: "noMatch" lets everybody pass who writes no address into True-Client-IP; leave it out, or write match',
    ],
    [
      'by a header that has no bare addresses',
      allow({ name: 'Forwarded' }),
      '.name: "Forwarded" holds pairs such as for=192.0.2.1 (RFC 7239), in which WAF finds no address; name a header',
    ],
    [
      'of a country that a client writes',
      countries('listed', 'allow'),
      '.name: "X-Forwarded-For" is read at its first address, where clients write what they like; name a header',
    ],
  ])('%s', (_, input, message) => {
    const found = messages(gate, input);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`dev.firewall.rules[1].forwardedHeader${message}`);
  });

  test.each([allow(), admin(), countries('listed', 'allow', 'True-Client-IP')])(
    'in $kind, unless all but the proxy are blocked before',
    (input) => {
      expect(messages(input)).toEqual([
        expect.stringMatching(
          /^dev\.firewall\.rules\[0\]\.forwardedHeader: ".*" can be written by whoever reaches the load balancer without the proxy; put a rule before it that blocks all others: \{ kind: 'restrictedPaths', /,
        ),
      ]);
      expect(messages(gate, input)).toEqual([]);
    },
  );

  test.each<[string, RuleInput]>([
    ['counts', { ...gate, action: 'count' }],
    ['is about some paths', { ...gate, paths: ['/x'] }],
    ['keeps nobody out on IPv4', { ...gate, addresses: ['0.0.0.0/1', '128.0.0.0/1'] }],
    ['goes by the header itself', { ...gate, forwardedHeader: { name: 'True-Client-IP' } }],
  ])('behind a rule that %s', (_, before) => {
    expect(
      messages(before, allow()).some((message) => message.startsWith('dev.firewall.rules[1].forwardedHeader')),
    ).toBe(true);
  });
});

test('a rate limit and countries have no position: WAF goes by the first address', () => {
  expect(
    firewallSchema.shape.rules.safeParse([{ ...rate(), forwardedHeader: { name: XFF, position: 'last' } }]).success,
  ).toBe(false);
});

describe('warns', () => {
  const warnings = (...rules: RuleInput[]): string[] =>
    firewallWarnings(firewallSchema.parse({ rules, logs: { retentionDays: 30 }, blockSurge: 1 }), 'dev').map(
      formatProblem,
    );

  test('of rules that see nothing of those who go around the proxy, once', () => {
    expect(warnings(block(), countries('listed', 'block', 'True-Client-IP'))).toEqual([
      expect.stringMatching(/^dev\.firewall\.rules: "Known, Lands" see nothing of a request that reaches/),
    ]);
    expect(warnings(gate, block(), countries('listed', 'block', 'True-Client-IP'))).toEqual([]);
  });

  test('of rules that go by what a client writes', () => {
    expect(warnings(gate, rate(), block({ name: 'x-forwarded-for', position: 'first' }))).toEqual([
      expect.stringMatching(/^dev\.firewall\.rules: "Rate, Known" go by the first address of X-Forwarded-For/),
    ]);
    expect(warnings(gate, rate({ name: 'True-Client-IP' }), block({ name: XFF, position: 'any' }))).toEqual([]);
  });
});

describe('a rule that is never reached', () => {
  const inner: RuleInput = { ...block(), name: 'Inner', addresses: ['192.0.2.7'] };
  test('is told among those that look at the same header', () => {
    expect(messages(gate, block(), inner)).toEqual([expect.stringContaining('Known decides on every address')]);
    expect(messages(gate, rate(), { ...rate(), name: 'More', limit: 200 })).toHaveLength(1);
    expect(messages(gate, countries('listed'), { ...countries('listed'), name: 'Again' })).toHaveLength(1);
  });

  test.each<[string, RuleInput, RuleInput]>([
    ['the address that connects', { ...block(), forwardedHeader: undefined }, inner],
    ['a header that a request may not have', block(), { ...block(), name: 'B', forwardedHeader: undefined }],
    ['another header', block({ name: 'True-Client-IP' }), inner],
    ['another position', block({ name: XFF, position: 'first' }), inner],
    ['what matches less', block({ name: XFF, fallback: 'noMatch' }), inner],
    ['the rate of others', { ...rate(), forwardedHeader: undefined }, { ...rate(), name: 'More', limit: 200 }],
    [
      'countries of others',
      { ...countries('listed'), forwardedHeader: undefined },
      { ...countries('listed'), name: 'B' },
    ],
    ['closed paths, which a header may open', { ...admin(), addresses: [] }, { ...rate(), paths: ['/admin'] }],
  ])('is not behind one that looks at %s', (_, before, after) => {
    expect(messages(...(before.kind === 'restrictedPaths' ? [gate] : []), before, after)).toEqual([]);
  });

  test('is whatever stands behind every address that connects, but for a list that waits', () => {
    const all = { ...block(), addresses: ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'], forwardedHeader: undefined };
    expect(messages(all, inner)).toEqual([expect.stringContaining('can never be reached')]);
    expect(messages(all, { ...inner, addresses: [] })).toEqual([]);
  });
});

describe('explains', () => {
  const explain = (inputs: RuleInput[], request: object) =>
    explainRequest(inOrder(inputs.map(rule)), webRequestSchema.parse({ address: '130.176.0.5', ...request }));

  test.each<[string, RuleInput, object, string]>([
    [
      'which address',
      block(),
      { [XFF]: '1.1.1.1, 192.0.2.7' },
      '192.0.2.7 (last in X-Forwarded-For) is in addresses: block',
    ],
    [
      'which addresses',
      block({ name: XFF, position: 'any' }),
      { [XFF]: '1.1.1.1, 2.2.2.2' },
      '1.1.1.1, 2.2.2.2 (in X-Forwarded-For) is not in addresses',
    ],
    [
      'a header that is none',
      block(),
      { [XFF]: 'unknown' },
      '"unknown" (last in X-Forwarded-For) is no address: match: block',
    ],
    ['one that lets nobody pass', allow(), { [XFF]: 'x' }, '"x" (last in X-Forwarded-For) is no address: no match'],
    ['a header that is not there', block(), {}, 'no X-Forwarded-For: WAF does not apply the rule'],
    [
      'whose requests',
      rate(),
      { [XFF]: '192.0.2.7' },
      '101 requests of 192.0.2.7 (first in X-Forwarded-For) are over 100: block',
    ],
    [
      'whose country',
      countries('listed'),
      { [XFF]: '192.0.2.7' },
      'JP, of 192.0.2.7 (first in X-Forwarded-For), is meant by listed JP: block',
    ],
    [
      'who may',
      admin(),
      { [XFF]: '192.0.2.7' },
      '/admin is one of the paths, and 192.0.2.7 (last in X-Forwarded-For) is in addresses',
    ],
  ])('%s', (_, input, headers, reason) => {
    const { answers } = explain([input], { path: '/admin', country: 'JP', requestsInWindow: 101, headers });
    expect(answers.map((answer) => answer.reason)).toEqual([reason]);
  });

  const headers = { 'X-Forwarded-For': '203.0.113.9, 130.176.0.5' };

  test('a header that has no effect', () => {
    expect(explain([{ ...block(), forwardedHeader: undefined }], { headers }).notes).toEqual([
      'X-Forwarded-For has no effect: rules go by 130.176.0.5, which connects; behind a proxy give them a forwardedHeader',
    ]);
    expect(explain([block({ name: 'True-Client-IP' })], { headers }).notes).toHaveLength(1);
  });

  test('nothing of one that is looked at, or is not there', () => {
    expect(explain([block({ name: 'x-forwarded-for' })], { headers }).notes).toEqual([]);
    expect(explain([block()], { headers: { 'user-agent': 'curl/8' } }).notes).toEqual([]);
  });
});
