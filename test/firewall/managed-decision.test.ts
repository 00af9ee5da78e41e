import { explainRequest } from '../../lib/firewall/explain-request';
import { showAnswer } from '../../lib/firewall/firewall-text';
import { MANAGED_RULE_GROUPS } from '../../lib/firewall/managed-rule-groups';
import { PUBLISHED_RULES } from '../../lib/firewall/published-rules';
import { inOrder } from '../../lib/firewall/rule-order';
import { webRequestSchema } from '../../lib/firewall/web-request';
import { rule, type RuleInput } from './support';

type GroupInput = Extract<RuleInput, { kind: 'managedGroup' }>;

const COMMON: GroupInput = {
  kind: 'managedGroup',
  name: 'Common',
  action: 'block',
  group: 'AWSManagedRulesCommonRuleSet',
};
const BAD_INPUTS: GroupInput = { ...COMMON, name: 'Bad', group: 'AWSManagedRulesKnownBadInputsRuleSet' };

function explain(group: GroupInput, request: object) {
  return explainRequest(inOrder([rule(group)]), webRequestSchema.parse({ address: '198.51.100.7', ...request }));
}

// The numbers are those that AWS's guide gives, "over" each of them.
test.each<[string, GroupInput, object, string]>([
  ['a body', COMMON, { sizes: { body: 8193 } }, 'body has 8,193 bytes, over 8,192 (SizeRestrictions_BODY): block'],
  [
    'a query',
    COMMON,
    { path: `/?${'q'.repeat(2049)}` },
    'query has 2,049 bytes, over 2,048 (SizeRestrictions_QUERYSTRING): block',
  ],
  [
    'a path',
    COMMON,
    { path: `/${'a'.repeat(1024)}` },
    'uri has 1,025 bytes, over 1,024 (SizeRestrictions_URIPATH): block',
  ],
  [
    'a cookie',
    COMMON,
    { headers: { Cookie: 'c'.repeat(10_241) } },
    'cookie has 10,241 bytes, over 10,240 (SizeRestrictions_Cookie_HEADER): block',
  ],
  [
    'several',
    COMMON,
    { sizes: { body: 9000, uri: 2000 } },
    'body has 9,000 bytes, over 8,192 (SizeRestrictions_BODY); uri has 2,000 bytes, over 1,024 (SizeRestrictions_URIPATH): block',
  ],
  ['no user agent', COMMON, { headers: { 'User-Agent': null } }, 'no user-agent (NoUserAgent_HEADER): block'],
  ['a method', BAD_INPUTS, { method: 'PROPFIND' }, 'a PROPFIND (PROPFIND_METHOD): block'],
])('%s is decided where AWS publishes the rule', (_, group, request, reason) => {
  expect(explain(group, request)).toMatchObject({
    decidedBy: group.name,
    action: 'block',
    unless: [],
    answers: [{ outcome: 'matches', reason }],
  });
});

test.each<[string, GroupInput, object]>([
  [
    'sizes at the limits',
    COMMON,
    { sizes: { body: 8192, query: 2048, uri: 1024, cookie: 10_240 }, headers: { 'user-agent': 'curl/8' } },
  ],
  ['an empty user agent, of which AWS does not say', COMMON, { headers: { 'user-agent': '' } }],
  ['a user agent of which nothing is said', COMMON, {}],
  ['another method', BAD_INPUTS, { method: 'GET' }],
])('%s is left to the rules that only AWS knows', (_, group, request) => {
  expect(explain(group, request)).toMatchObject({
    decidedBy: 'default',
    groupRules: [],
    unless: [group.name],
    answers: [{ outcome: 'asks AWS', reason: 'its rules are those of AWS' }],
  });
});

const LARGE = { sizes: { body: 2_000_000 } };
const ALL_COUNT = Object.fromEntries(
  MANAGED_RULE_GROUPS.AWSManagedRulesCommonRuleSet.rules.map((name) => [name, 'count' as const]),
);

test.each<[string, Partial<GroupInput>, object]>([
  [
    'a rule that only counts decides nothing',
    { overrides: { SizeRestrictions_BODY: 'count' } },
    {
      decidedBy: 'default',
      unless: ['Common'],
      answers: [
        { outcome: 'asks AWS', reason: 'SizeRestrictions_BODY only counts, and its other rules are those of AWS' },
      ],
    },
  ],
  [
    'a group that counts goes on, and says what it would do',
    { action: 'count' },
    {
      decidedBy: 'default',
      unless: [],
      answers: [
        {
          outcome: 'matches',
          reason: 'body has 2,000,000 bytes, over 8,192 (SizeRestrictions_BODY): counted, and goes on',
        },
      ],
    },
  ],
  [
    'a group whose rules all count never decides',
    { overrides: ALL_COUNT },
    {
      decidedBy: 'default',
      unless: [],
      answers: [
        { outcome: 'does not match', reason: 'SizeRestrictions_BODY only counts, and none of its rules matches' },
      ],
    },
  ],
  [
    'a group of which only this rule does not count is decided',
    { overrides: { ...ALL_COUNT, SizeRestrictions_BODY: 'captcha' } },
    { decidedBy: 'Common', action: 'captcha', groupRules: ['SizeRestrictions_BODY'], unless: [] },
  ],
  [
    'another rule of it that may do something else leaves it open',
    { overrides: { SizeRestrictions_BODY: 'challenge' } },
    {
      decidedBy: 'default',
      unless: ['Common'],
      answers: [
        {
          outcome: 'asks AWS',
          reason:
            'body has 2,000,000 bytes, over 8,192 (SizeRestrictions_BODY): challenge, unless another of its rules decides before',
        },
      ],
    },
  ],
])('%s', (_, change, expected) => {
  expect(explain({ ...COMMON, ...change }, LARGE)).toMatchObject(expected);
});

test('the answer names the rule of the group', () => {
  expect(showAnswer(explain(COMMON, LARGE))).toMatch(/\nDecision: block, by Common \(its SizeRestrictions_BODY\)\.$/);
});

test('a group of which nothing is published asks AWS, whatever is sent', () => {
  const group: GroupInput = { ...COMMON, group: 'AWSManagedRulesSQLiRuleSet' };
  expect(explain(group, LARGE).answers).toMatchObject([{ outcome: 'asks AWS' }]);
});

test('each published rule is a rule of its group', () => {
  for (const [group, rules] of Object.entries(PUBLISHED_RULES)) {
    const known = Object.entries(MANAGED_RULE_GROUPS).find(([name]) => name === group)?.[1].rules;
    expect(known).toEqual(expect.arrayContaining(Object.keys(rules)));
  }
});
