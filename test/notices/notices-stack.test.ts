import type { EnvironmentInput } from '../../lib/environments/schema';
import { findMistakes } from '../../lib/environments/validate';
import { noticesWarnings } from '../../lib/notices/notices-warnings';
import { noticesSchema } from '../../lib/notices/notices-settings';
import { formatProblem } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { dev } from '../../lib/environments/dev';
import { prod } from '../../lib/environments/prod';
import { ACCOUNT, policiesOf, REGION, resolve } from '../support/iam';
import { jsonOf, resourcesOfType, synthesize, type TemplateJson } from '../support/synthesize';

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:test-Notices-Topic`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0f1e2d3c`;
const ARNS = { NoticesTopic: TOPIC, NoticesKey: KEY };

const { delivery: DELIVERY } = dev;

const NOTICES = {
  emails: ['oncall@example.com'],
  slack: { workspaceId: 'T0123456789', channelId: 'C0123456789' },
  monthlyBudget: 500,
};

function templateOf(base: EnvironmentInput, change: Partial<EnvironmentInput> = {}): TemplateJson {
  return jsonOf(synthesize({ ...base, name: 'test', notices: NOTICES, ...change }).notices);
}

/** With everything that tells: pipeline, connection, budget. */
let all: TemplateJson;
/** With nothing but a network. */
let bare: TemplateJson;

beforeAll(() => {
  all = templateOf(prod);
  const { name, region, availabilityZones, network } = dev;
  bare = templateOf({ name, region, availabilityZones, network }, { notices: undefined });
});

interface Policy {
  readonly Statement: unknown[];
}

function resourcePolicy(template: TemplateJson, type: string, property: string): Policy {
  const [[, resource] = ['', undefined], ...others] = resourcesOfType(template, type);
  if (resource === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return resolve(resource.Properties?.[property], ARNS) as Policy;
}

/** What the policy of the topic or the key alone decides on a call of a service. */
async function decide(
  policy: Policy,
  service: string,
  action: string,
  resource: string,
  context: Record<string, string>,
): Promise<string> {
  const result = await runSimulation(
    {
      request: {
        principal: service,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: { 'aws:SecureTransport': 'true', ...context },
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult;
}

const OURS = { 'aws:SourceAccount': ACCOUNT };
const ALARM = { ...OURS, 'aws:SourceArn': `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:x` };
const BUDGET = { ...OURS, 'aws:SourceArn': `arn:aws:budgets::${ACCOUNT}:budget/x` };
const ANOTHER = '999988887777';
const THEIRS = { 'aws:SourceAccount': ANOTHER };

// As the services' own pages give them; see lib/notices/publishers.ts.
describe('who may publish', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['cloudwatch.amazonaws.com', ALARM, true],
    [
      'cloudwatch.amazonaws.com',
      { ...ALARM, 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:x` },
      false,
    ],
    ['cloudwatch.amazonaws.com', { ...ALARM, ...THEIRS }, false],
    ['cloudwatch.amazonaws.com', OURS, false],
    ['cloudwatch.amazonaws.com', { ...ALARM, 'aws:SecureTransport': 'false' }, false],
    ['codestar-notifications.amazonaws.com', OURS, true],
    ['codestar-notifications.amazonaws.com', THEIRS, false],
    ['codestar-notifications.amazonaws.com', {}, false],
    ['budgets.amazonaws.com', BUDGET, true],
    ['budgets.amazonaws.com', { ...BUDGET, ...THEIRS }, false],
    ['budgets.amazonaws.com', { ...OURS, 'aws:SourceArn': ALARM['aws:SourceArn'] }, false],
    ['events.amazonaws.com', {}, true],
    ['s3.amazonaws.com', OURS, false],
    ['lambda.amazonaws.com', ALARM, false],
  ])('%s with %j: %p', async (service, context, allowed) => {
    const policy = resourcePolicy(all, 'AWS::SNS::TopicPolicy', 'PolicyDocument');
    const decision = await decide(policy, service, 'sns:Publish', TOPIC, context);
    expect(decision === 'Allowed').toBe(allowed);
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['cloudwatch.amazonaws.com', ALARM, true],
    ['cloudwatch.amazonaws.com', THEIRS, false],
    ['budgets.amazonaws.com', BUDGET, true],
    ['codestar-notifications.amazonaws.com', { 'kms:ViaService': `sns.${REGION}.amazonaws.com` }, true],
    ['codestar-notifications.amazonaws.com', {}, false],
    // It is not documented to tell KMS anything: a condition could lose what AWS Health says.
    ['events.amazonaws.com', {}, true],
    ['codestar-notifications.amazonaws.com', { 'kms:ViaService': `s3.${REGION}.amazonaws.com` }, false],
    ['s3.amazonaws.com', OURS, false],
  ])('and encrypt: %s with %j: %p', async (service, context, allowed) => {
    const policy = resourcePolicy(all, 'AWS::KMS::Key', 'KeyPolicy');
    for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
      expect((await decide(policy, service, action, KEY, context)) === 'Allowed').toBe(allowed);
    }
  });

  test('only who has something to tell: of a network alone, alarms', () => {
    const services = JSON.stringify(resourcePolicy(bare, 'AWS::SNS::TopicPolicy', 'PolicyDocument')).match(
      /\w[\w-]*\.amazonaws\.com/g,
    );
    expect(services).toEqual(['cloudwatch.amazonaws.com']);
    expect(JSON.stringify(resourcePolicy(all, 'AWS::SNS::TopicPolicy', 'PolicyDocument'))).not.toContain('"AWS":');
  });
});

describe('who is told', () => {
  test('addresses, by mail', () => {
    expect(resourcesOfType(all, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties)).toMatchObject([
      { Protocol: 'email', Endpoint: 'oncall@example.com' },
    ]);
    expect(resourcesOfType(bare, 'AWS::SNS::Subscription')).toEqual([]);
  });

  test('a channel of Slack, from which nothing can be changed', () => {
    const [[, channel] = ['', undefined]] = resourcesOfType(all, 'AWS::Chatbot::SlackChannelConfiguration');
    expect(channel?.Properties).toMatchObject({
      SlackWorkspaceId: 'T0123456789',
      SlackChannelId: 'C0123456789',
      UserRoleRequired: false,
    });
    // Without guardrails the service takes AdministratorAccess.
    expect(channel?.Properties?.GuardrailPolicies).toHaveLength(1);
    const actions = policiesOf(all, 'Slack', ARNS).flatMap(({ Statement }) =>
      (Statement as { Action: string[] }[]).flatMap(({ Action }) => Action),
    );
    expect(actions).toEqual(['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'cloudwatch:ListMetrics']);
    expect(resourcesOfType(bare, 'AWS::Chatbot::SlackChannelConfiguration')).toEqual([]);
  });

  test('and before the month is over what it is going to cost', () => {
    const [[, budget] = ['', undefined]] = resourcesOfType(all, 'AWS::Budgets::Budget');
    expect(budget?.Properties).toMatchObject({
      Budget: {
        BudgetLimit: { Amount: 500, Unit: 'USD' },
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        CostFilters: { TagKeyValue: ['user:Environment$test'] },
      },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: 'ACTUAL', Threshold: 80 } },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
      ],
    });
    expect(resourcesOfType(bare, 'AWS::Budgets::Budget')).toEqual([]);
  });

  test('in the account of the pipeline, by a topic there', () => {
    const stacks = synthesize({
      ...dev,
      notices: NOTICES,
      account: '111111111111',
      delivery: DELIVERY === undefined ? undefined : { ...DELIVERY, targetAccount: '222222222222' },
    });
    expect(stacks.notices.account).toBe('222222222222');
    expect(stacks.pipelineNotices?.account).toBe('111111111111');
    if (stacks.pipelineNotices === undefined) return;
    const template = jsonOf(stacks.pipelineNotices);
    expect(resourcesOfType(template, 'AWS::Budgets::Budget')).toEqual([]);
    expect(JSON.stringify(template)).toContain('codestar-notifications.amazonaws.com');
    expect(JSON.stringify(jsonOf(stacks.notices))).not.toContain('codestar-notifications.amazonaws.com');
  });
});

test.each<[object, string]>([
  [
    { emails: ['oncall'] },
    'dev.notices.emails[0]: "oncall" is not an e-mail address; for example "oncall@example.com"',
  ],
  [
    { emails: ['a@example.com', 'a@example.com'] },
    'dev.notices.emails: ["a@example.com","a@example.com"] is not a list of e-mail addresses, each once; for example ["oncall@example.com"]',
  ],
  [
    { slack: { workspaceId: 't0', channelId: 'C0' } },
    'dev.notices.slack.workspaceId: "t0" is not the ID of a workspace; for example "T0123456789"',
  ],
  [
    { slack: { workspaceId: 'T0', channelId: '#ops' } },
    'dev.notices.slack.channelId: "#ops" is not the ID of a channel; for example "C0123456789"',
  ],
  [
    { monthlyBudget: 0 },
    'dev.notices.monthlyBudget: 0 is not an amount of US dollars from 1 to 10,000,000; for example 500',
  ],
])('%j is refused', (notices, message) => {
  expect(shapeProblems(noticesSchema, notices, 'dev.notices').map(formatProblem)).toEqual([message]);
});

test('a budget is refused where there are none', () => {
  const gov = { region: 'us-gov-west-1', availabilityZones: ['us-gov-west-1a', 'us-gov-west-1b'] };
  const mistakes = (input: object): string[] =>
    findMistakes([input]).mistakes.map(({ problem }) => formatProblem(problem));
  expect(mistakes({ ...dev, ...gov, notices: { monthlyBudget: 200 } })).toEqual([
    'dev.notices.monthlyBudget: 200 cannot be watched in us-gov-west-1, which has no AWS Budgets; leave it out, and watch the bill in the account that pays',
  ]);
  expect(mistakes({ ...dev, ...gov, notices: {} })).toEqual([]);
});

test('that nobody is told is worth a warning', () => {
  const warned = (notices: object): number => noticesWarnings(noticesSchema.parse(notices), 'dev').length;
  expect(warned({})).toBe(1);
  expect(warned({ emails: ['a@example.com'] })).toBe(0);
  expect(warned({ slack: NOTICES.slack })).toBe(0);
});
