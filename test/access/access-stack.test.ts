import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag/lib/packs/aws-solutions';
import type { AccessStack } from '../../lib/access/access-stack';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { ACCOUNT, decide, keyPolicyOf, policiesOf, REGION, type Arns } from '../support/iam';
import { jsonOf, resourcesOfType, synthesize, templateOf, type TemplateJson } from '../support/synthesize';
import { CALLERS, END_USER_POLICY, OWN_BY_NAME, OWN_BY_TAG, type Caller } from './fixtures/session-manager-pages';

const BASE: EnvironmentInput = {
  name: 'test',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  network: {
    cidr: '10.9.0.0/16',
    tiers: [{ name: 'app', hostsPerZone: 4000 }],
    nat: 'none',
    interfaceEndpoints: ['ssm', 'ssmmessages', 'logs', 'kms'],
    flowLogs: { retentionDays: 30 },
  },
  access: {
    idleTimeoutMinutes: 15,
    maxDurationMinutes: 240,
    logs: { retentionDays: 90 },
    operators: { groups: ['operators'], roles: ['Operator'] },
    managedInstance: true,
  },
};

function access(change: object = {}): AccessStack {
  const stack = synthesize({ ...BASE, access: { ...BASE.access, ...change } as EnvironmentInput['access'] }).access;
  if (stack === undefined) throw new Error('no Access stack');
  return stack;
}

const BUCKET = 'arn:aws:s3:::test-access-bucket';
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0f1e2d3c`;
const LOG_GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:test-Access-LogsLogGroup-1`;
const ARNS: Arns = { LogsKey: KEY, LogsLogGroup: `${LOG_GROUP}:*`, LogsStorageBucket: BUCKET };
const INSTANCE = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0123456789abcdef0`;
const DOCUMENT = `arn:aws:ssm:${REGION}:${ACCOUNT}:document`;

let stack: AccessStack;
let template: Template;
let json: TemplateJson;

beforeAll(() => {
  stack = access();
  template = templateOf(stack);
  json = jsonOf(stack);
});

describe('preferences', () => {
  function content(of: AccessStack): { name: unknown; inputs: Record<string, unknown> } {
    const [, document] = resourcesOfType(jsonOf(of), 'AWS::SSM::Document')[0] ?? [];
    const { inputs } = document?.Properties?.Content as { inputs: Record<string, unknown> };
    return { name: document?.Properties?.Name, inputs };
  }

  test('log sessions to CloudWatch and S3, encrypted, end them, and put people at home under bash', () => {
    expect(content(stack).inputs).toEqual({
      s3BucketName: { Ref: expect.stringMatching(/^LogsStorageBucket/) as unknown },
      s3KeyPrefix: 'sessions',
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: { Ref: expect.stringMatching(/^LogsLogGroup/) as unknown },
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      kmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^LogsKey/), 'Arn'] },
      runAsEnabled: false,
      runAsDefaultUser: '',
      idleSessionTimeout: '15',
      maxSessionDuration: '240',
      shellProfile: { linux: 'cd ~; exec bash -l', windows: '' },
    });
    template.hasResourceProperties('AWS::SSM::Document', { DocumentType: 'Session', UpdateMethod: 'NewVersion' });
  });

  test("are the environment's own, or the account's where it owns them", () => {
    expect(content(stack).name).toBe('test-SessionManagerRunShell');
    expect(content(access({ accountPreferences: true })).name).toBe('SSM-SessionManagerRunShell');
  });
});

describe('the managed instance', () => {
  test('is private, encrypted, without a key pair, with IMDSv2', () => {
    template.hasResourceProperties('AWS::EC2::Instance', {
      InstanceType: 't4g.nano',
      KeyName: Match.absent(),
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 8 } }],
    });
    expect(JSON.stringify(json)).toContain('"HttpTokens":"required"');
    expect(JSON.stringify(json)).not.toContain('AssociatePublicIpAddress":true');
    template.hasParameter('*', { Default: Match.stringLikeRegexp('al2023.*arm64') });
  });

  test('admits nothing, and reaches out by HTTPS only', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('is off unless asked for, and the command to start a session says what to fill in', () => {
    const off = access({ managedInstance: false });
    templateOf(off).resourceCountIs('AWS::EC2::Instance', 0);
    expect(jsonOf(off).Outputs?.StartSession?.Value).toBe(
      'aws ssm start-session --region ap-northeast-1 --target INSTANCE_ID --document-name test-SessionManagerRunShell',
    );
    expect(JSON.stringify(json.Outputs?.StartSession?.Value)).toContain('ManagedInstance');
  });

  test('has the profile that others get, and no second one', () => {
    template.resourceCountIs('AWS::IAM::InstanceProfile', 1);
    const [id] = resourcesOfType(json, 'AWS::IAM::InstanceProfile')[0] ?? [];
    // Instances of others name it.
    expect(id).toBe('InstanceProfile');
    const [, instance] = resourcesOfType(json, 'AWS::EC2::Instance')[0] ?? [];
    expect(JSON.stringify(instance?.Properties?.IamInstanceProfile)).toContain('"InstanceProfile"');
  });

  test('passes cdk-nag, although no environment here has it', () => {
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
  });
});

test('no policy of AWS is attached: neither AmazonEC2RoleforSSM nor any other', () => {
  expect(JSON.stringify(json)).not.toContain(':policy/');
});

test('operators are attached by name', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Groups: ['operators'], Roles: ['Operator'] });
});

describe('an instance', () => {
  test.each<[string, string, boolean]>([
    ['ssm:UpdateInstanceInformation', INSTANCE, true],
    ['ssmmessages:CreateControlChannel', '*', true],
    ['ssmmessages:CreateDataChannel', '*', true],
    ['ssmmessages:OpenControlChannel', '*', true],
    ['ssmmessages:OpenDataChannel', '*', true],
    ['logs:CreateLogStream', `${LOG_GROUP}:log-stream:s-1`, true],
    ['logs:PutLogEvents', `${LOG_GROUP}:log-stream:s-1`, true],
    [
      'logs:PutLogEvents',
      `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:prod-Access-LogsLogGroup-1:log-stream:s-1`,
      false,
    ],
    ['logs:DescribeLogGroups', '*', true],
    ['logs:DescribeLogStreams', `${LOG_GROUP}:log-stream:`, true],
    ['logs:GetLogEvents', `${LOG_GROUP}:log-stream:s-1`, false],
    ['logs:DeleteLogGroup', LOG_GROUP, false],
    ['s3:PutObject', `${BUCKET}/sessions/s-1.log`, true],
    ['s3:PutObject', `${BUCKET}/elsewhere/s-1.log`, false],
    ['s3:PutObject', 'arn:aws:s3:::another-bucket/sessions/s-1.log', false],
    ['s3:GetObject', `${BUCKET}/sessions/s-1.log`, false],
    ['s3:GetObject', 'arn:aws:s3:::another-bucket/object', false],
    ['s3:DeleteObject', `${BUCKET}/sessions/s-1.log`, false],
    ['s3:GetEncryptionConfiguration', BUCKET, true],
    ['s3:GetEncryptionConfiguration', 'arn:aws:s3:::another-bucket', false],
    ['kms:Decrypt', KEY, true],
    ['kms:GenerateDataKey', KEY, true],
    ['kms:Decrypt', `arn:aws:kms:${REGION}:${ACCOUNT}:key/another`, false],
    ['ssm:GetParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/secret`, false],
    ['ssm:StartSession', INSTANCE, false],
    ['ec2:DescribeInstances', '*', false],
  ])('%s on %s: %p', async (action, resource, allowed) => {
    const decision = await decide(
      policiesOf(json, 'InstancePolicy', ARNS),
      { action, resource },
      keyPolicyOf(json, ARNS),
    );
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });
});

describe('an operator', () => {
  const HERE = { 'ssm:resourceTag/Environment': 'test' };
  const CHECKED = { 'ssm:SessionDocumentAccessCheck': 'true' };
  test.each<[string, string, Record<string, string>, boolean]>([
    ['ssm:StartSession', INSTANCE, { ...HERE, ...CHECKED }, true],
    ['ssm:StartSession', INSTANCE, { ...HERE, 'ssm:SessionDocumentAccessCheck': 'false' }, false],
    ['ssm:StartSession', INSTANCE, { 'ssm:resourceTag/Environment': 'prod', ...CHECKED }, false],
    ['ssm:StartSession', INSTANCE, CHECKED, false],
    [
      'ssm:StartSession',
      `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
      { ...HERE, ...CHECKED },
      false,
    ],
    ['ssm:StartSession', `${DOCUMENT}/test-SessionManagerRunShell`, CHECKED, true],
    ['ssm:StartSession', `${DOCUMENT}/prod-SessionManagerRunShell`, CHECKED, false],
    ['ssm:StartSession', `${DOCUMENT}/AWS-StartPortForwardingSession`, CHECKED, false],
    ['ssm:SendCommand', INSTANCE, HERE, false],
    ['ec2:DescribeInstances', '*', {}, false],
    ['logs:GetLogEvents', `${LOG_GROUP}:log-stream:s-1`, {}, false],
    ['s3:GetObject', `${BUCKET}/sessions/s-1.log`, {}, false],
    ['kms:GenerateDataKey', KEY, {}, true],
    ['kms:Decrypt', KEY, {}, false],
    ['kms:GenerateDataKey', `arn:aws:kms:${REGION}:${ACCOUNT}:key/another`, {}, false],
  ])('%s on %s with %j: %p', async (action, resource, context, allowed) => {
    const decision = await decide(
      policiesOf(json, 'OperatorsPolicy', ARNS),
      { action, resource, context },
      keyPolicyOf(json, ARNS),
    );
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });
});

describe('sessions of an operator', () => {
  const ACTIONS = END_USER_POLICY.statements
    .filter(({ Resource }) => Resource.some((resource) => resource.includes(':session/')))
    .flatMap(({ Action }) => Action);
  /** A session as it would be called in this account and region. */
  const here = (arn: string): string => arn.replace(/^arn:aws:ssm:[^:]+:\d+:/, `arn:aws:ssm:${REGION}:${ACCOUNT}:`);
  const allows = async (action: string, arn: string, context: Record<string, string>): Promise<boolean> =>
    (await decide(policiesOf(json, 'OperatorsPolicy', ARNS), { action, resource: arn, context })) === 'Allowed';

  test('three actions of the page are about them', () => {
    expect(ACTIONS).toEqual(['ssmmessages:OpenDataChannel', 'ssm:TerminateSession', 'ssm:ResumeSession']);
  });

  describe.each(CALLERS)('of $who', ({ context, tag, session }) => {
    test.each(ACTIONS)('%s: its own, and no other', async (action) => {
      const others = CALLERS.filter(
        (other) => other.context['aws:userid'] !== context['aws:userid'] || other.session === session,
      );
      const allowed = await Promise.all(
        others.map(async (other: Caller) => [
          other.who,
          await allows(action, here(other.session), { ...context, ...other.tag }),
        ]),
      );
      expect(allowed).toEqual(others.map((other) => [other.who, other.session === session]));
      expect(await allows(action, session.replace(/:\d{12}:/, ':444455556666:'), { ...context, ...tag })).toBe(false);
    });
  });

  test('the name of a role session is no proof: whoever else assumes a role may call itself the same', async () => {
    const victim = CALLERS.find(({ tag }) => Object.keys(tag).length > 0);
    if (victim === undefined) throw new Error('no federated caller');
    for (const action of ACTIONS) {
      const same = { 'aws:userid': 'AROAANOTHERROLEEXAMPLE:user', ...victim.tag };
      expect([action, await allows(action, here(victim.session), same)]).toEqual([action, false]);
      // Nor is a session without a tag anybody's.
      expect(await allows(action, here(victim.session), victim.context)).toBe(false);
    }
  });

  test('the policy says what the pages say, each pattern and the tag', () => {
    const own = JSON.stringify(policiesOf(json, 'OperatorsPolicy', ARNS));
    const patterns = END_USER_POLICY.statements
      .flatMap(({ Resource }) => Resource)
      .filter((arn) => arn.includes(':session/'));
    for (const pattern of [...patterns, OWN_BY_NAME.resource]) {
      expect(own).toContain(pattern.replace(':*:*:', `:${REGION}:${ACCOUNT}:`));
    }
    expect(own).toContain(JSON.stringify({ StringEquals: { [OWN_BY_TAG.key]: OWN_BY_TAG.value } }));
  });

  test('the rest of the page: everything but commands', async () => {
    const document = `${DOCUMENT}/test-SessionManagerRunShell`;
    const replaced: [RegExp, string][] = [
      [/^arn:aws:ec2:.*/, INSTANCE],
      [/^arn:aws:ssm:.*:document\/.*/, document],
      [/^arn:aws:kms:.*/, KEY],
    ];
    const context = { 'ssm:resourceTag/Environment': 'test', 'ssm:SessionDocumentAccessCheck': 'true' };
    const refused: string[] = [];
    for (const { Action, Resource } of END_USER_POLICY.statements) {
      for (const resource of Resource.flatMap((arn) => replaced.filter(([of]) => of.test(arn)).map(([, by]) => by))) {
        for (const action of Action) {
          const policies = policiesOf(json, 'OperatorsPolicy', ARNS);
          const decision = await decide(policies, { action, resource, context }, keyPolicyOf(json, ARNS));
          if (decision !== 'Allowed') refused.push(action);
        }
      }
    }
    // It is there for the console, which updates an old agent with it; here an agent comes with its image.
    expect([...new Set(refused)]).toEqual(['ssm:SendCommand']);
  });
});

test('an action that IAM does not know is an error, not a denial', async () => {
  await expect(
    decide(policiesOf(json, 'InstancePolicy', ARNS), { action: 'ssm:StratSession', resource: INSTANCE }),
  ).rejects.toThrow();
});
