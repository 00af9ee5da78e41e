import { Match, type Template } from 'aws-cdk-lib/assertions';
import { environments } from '../../lib/environments';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { resourcesOfType, synthesize, templateOf, jsonOf, type TemplateJson } from '../support/synthesize';
import { MANAGED_RULE_GROUPS } from '../../lib/firewall/managed-rule-groups';
import { ONE_OF_EACH } from './support';

const BASE: EnvironmentInput = {
  name: 'test',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a'],
  network: {
    cidr: '10.9.0.0/16',
    tiers: [{ name: 'data', prefixLength: 24 }],
    nat: 'none',
    flowLogs: { retentionDays: 30 },
  },
  firewall: { rules: Object.values(ONE_OF_EACH), logs: { retentionDays: 90 }, blockSurge: 100 },
};

interface RuleJson {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: Record<string, unknown>;
  readonly Action?: unknown;
  readonly OverrideAction?: unknown;
  readonly VisibilityConfig: unknown;
}

let template: Template;
let json: TemplateJson;
let rules: RuleJson[];

beforeAll(() => {
  const { firewall } = synthesize(BASE);
  if (firewall === undefined) throw new Error('no Firewall stack');
  template = templateOf(firewall);
  json = jsonOf(firewall);
  rules = rulesOf(json);
});

function rulesOf(of: TemplateJson): RuleJson[] {
  const [[, webAcl] = ['', { Type: '' }]] = resourcesOfType(of, 'AWS::WAFv2::WebACL');
  return webAcl.Properties?.Rules as RuleJson[];
}

test('rules stand in their order, each with its metric and its samples', () => {
  expect(rules.map(({ Name, Priority }) => [Name, Priority])).toEqual(
    Object.values(ONE_OF_EACH).map(({ name }, index) => [name, (index + 1) * 10]),
  );
  expect(rules.map(({ VisibilityConfig }) => VisibilityConfig)).toEqual(
    rules.map(({ Name }) => ({ MetricName: Name, CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true })),
  );
  template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
});

test('each has the action that was asked for', () => {
  expect(rules.map(({ Action, OverrideAction }) => Action ?? { override: OverrideAction })).toEqual([
    { Allow: {} },
    { Block: {} },
    { Block: { CustomResponse: { ResponseCode: 429 } } },
    { Challenge: {} },
    { Block: {} },
    { Block: {} },
    { Block: {} },
    { Block: {} },
    { override: { None: {} } },
  ]);
});

test('statements are what WAF calls them', () => {
  const statement = (name: string): unknown => rules.find(({ Name }) => Name === name)?.Statement;
  const pathAs = (RegexString: string): unknown => ({
    FieldToMatch: { UriPath: {} },
    RegexString,
    TextTransformations: [
      { Priority: 0, Type: 'URL_DECODE' },
      { Priority: 1, Type: 'NORMALIZE_PATH' },
    ],
  });
  const sets = { OrStatement: { Statements: [setOf('IPV4'), setOf('IPV6')] } };
  expect(statement('Office')).toMatchObject(sets);
  expect(statement('Logins')).toEqual({
    RateBasedStatement: {
      AggregateKeyType: 'IP',
      Limit: 100,
      EvaluationWindowSec: 60,
      ScopeDownStatement: { RegexMatchStatement: pathAs('(?i)^(?:.*\\.php)?(?:/login)') },
    },
  });
  expect(statement('Abroad')).toEqual({
    NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['JP', 'TW'] } } },
  });
  expect(statement('Sizes')).toMatchObject({
    OrStatement: {
      Statements: [
        { SizeConstraintStatement: { FieldToMatch: { UriPath: {} }, ComparisonOperator: 'GT', Size: 512 } },
        { SizeConstraintStatement: { FieldToMatch: { QueryString: {} }, Size: 1024 } },
        { SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling: 'MATCH' } }, Size: 4096 } },
        { SizeConstraintStatement: { FieldToMatch: { SingleHeader: { Name: 'cookie' } }, Size: 4093 } },
      ],
    },
  });
  expect(statement('Admin')).toMatchObject({
    AndStatement: {
      Statements: [
        { RegexMatchStatement: pathAs('(?i)^(?:.*\\.php)?(?:/admin)|(?:\\.bak)$') },
        { NotStatement: { Statement: sets } },
      ],
    },
  });
  expect(statement('Revoked')).toEqual({
    ByteMatchStatement: {
      FieldToMatch: { SingleHeader: { Name: 'authorization' } },
      PositionalConstraint: 'EXACTLY',
      SearchStringBase64: Buffer.from('0123456789abcdef0123456789abcdef', 'hex').toString('base64'),
      TextTransformations: [{ Priority: 0, Type: 'MD5' }],
    },
  });
  expect(statement('Common')).toEqual({
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
    },
  });
});

function setOf(family: string): unknown {
  return {
    IPSetReferenceStatement: {
      Arn: {
        'Fn::GetAtt': [expect.stringMatching(new RegExp(`Addresses${family === 'IPV4' ? 'Ipv4' : 'Ipv6'}`)), 'Arn'],
      },
    },
  };
}

test('addresses are in sets by family, single ones as blocks', () => {
  template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV4', Addresses: ['192.0.2.7/32'] });
  template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32'] });
  template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV6', Addresses: [] });
});

test('logs what was not plainly allowed, without credentials, to a group of the name that WAF wants', () => {
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: 'aws-waf-logs-test-Firewall',
    RetentionInDays: 90,
    KmsKeyId: Match.anyValue(),
  });
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
    LoggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [
        {
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT', 'CAPTCHA', 'CHALLENGE'].map((Action) => ({
            ActionCondition: { Action },
          })),
        },
      ],
    },
  });
  const [[, logging] = ['', { Type: '' }]] = resourcesOfType(json, 'AWS::WAFv2::LoggingConfiguration');
  // WAF refuses the ARN with :* at its end, which is what CloudFormation's attribute has.
  expect(JSON.stringify(logging.Properties?.LogDestinationConfigs)).toMatch(
    /:log-group:",\{"Ref":"LogLogGroup\w+"\}\]\]\}\]$/,
  );
});

test('samples show no credentials either', () => {
  template.hasResourceProperties('AWS::WAFv2::WebACL', {
    DataProtectionConfig: {
      DataProtections: [
        { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie'] } },
      ],
    },
  });
});

test('the key serves this log group, and no other', () => {
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: { Service: 'logs.ap-northeast-1.amazonaws.com' },
          Condition: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': {
                'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':log-group:aws-waf-logs-test-Firewall$')])],
              },
            },
          },
        }),
      ]),
    },
  });
});

test('only log delivery on behalf of this account writes to the log group', () => {
  const [[, policy] = ['', { Type: '' }]] = resourcesOfType(json, 'AWS::Logs::ResourcePolicy');
  const text = JSON.stringify(policy.Properties?.PolicyDocument);
  expect(text).toContain('delivery.logs.amazonaws.com');
  expect(text).toContain('aws:SourceAccount');
  expect(text).not.toContain('"*"');
});

test('a surge of blocked requests raises an alarm', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/WAFV2',
    MetricName: 'BlockedRequests',
    Threshold: 100,
    Period: 300,
    Statistic: 'Sum',
    Dimensions: Match.arrayWith([
      { Name: 'Rule', Value: 'ALL' },
      { Name: 'WebACL', Value: 'test-Firewall' },
    ]),
  });
  // The dimension is the metric name of the web ACL.
  template.hasResourceProperties('AWS::WAFv2::WebACL', { VisibilityConfig: { MetricName: 'test-Firewall' } });
});

test('a group that only counts has every rule of it count', () => {
  const { firewall } = synthesize({
    ...BASE,
    firewall: {
      rules: [{ ...ONE_OF_EACH.managedGroup, action: 'count', overrides: {}, version: 'Version_1.5' }],
      logs: { retentionDays: 30 },
      blockSurge: 1,
    },
  });
  if (firewall === undefined) throw new Error('no Firewall stack');
  expect(rulesOf(jsonOf(firewall))).toMatchObject([
    {
      OverrideAction: { Count: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          Version: 'Version_1.5',
          // Each by itself: a group that as a whole is set to count stops at its first match.
          RuleActionOverrides: MANAGED_RULE_GROUPS.AWSManagedRulesCommonRuleSet.rules.map((Name) => ({
            Name,
            ActionToUse: { Count: {} },
          })),
        },
      },
    },
  ]);
});

test('dev and prod have the same rules in the same order; dev counts what prod blocks', () => {
  const [dev, prod] = ['dev', 'prod'].map(
    (wanted) => environments.find(({ name }) => name === wanted)?.firewall?.rules,
  );
  const watched = prod?.map((rule) => (rule.action === 'block' ? { ...rule, action: 'count' } : rule));
  expect(dev).toEqual(watched);
  expect(new Set(prod?.map(({ action }) => action))).toEqual(new Set(['allow', 'block']));
});
