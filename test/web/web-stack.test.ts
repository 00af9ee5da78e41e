import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag/lib/packs/aws-solutions';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { BeanstalkEnvironment } from '../../lib/web/constructs/beanstalk-environment';
import { optionProblems, type AnyOptionSetting } from '../../lib/web/option-settings/option-problems';
import { PLATFORMS } from '../../lib/web/platforms';
import type { WebStack } from '../../lib/web/web-stack';
import { ACCOUNT, decide, policiesOf, REGION, type Arns } from '../support/iam';
import { policyMisfits, type StatementJson } from '../support/policy-fit';
import {
  jsonOf,
  resourcesOfType,
  synthesize,
  templateOf,
  type Resource,
  type TemplateJson,
} from '../support/synthesize';
import { DELIVERY } from '../delivery/support';

const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:api-AbCdEf`;
const SECRET_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0f1e2d3c`;

const BASE: EnvironmentInput = {
  name: 'test',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  network: {
    cidr: '10.9.0.0/16',
    tiers: [
      { name: 'public', prefixLength: 24 },
      { name: 'app', prefixLength: 24 },
    ],
    nat: 'single',
    flowLogs: { retentionDays: 30 },
  },
  access: { idleTimeoutMinutes: 15, maxDurationMinutes: 240, logs: { retentionDays: 90 } },
  stream: { buffer: { seconds: 300, mebibytes: 64 }, logs: { retentionDays: 90 } },
  firewall: {
    rules: [{ name: 'Blocked', kind: 'blockedAddresses', action: 'block', addresses: [] }],
    logs: { retentionDays: 90 },
    blockSurge: 100,
  },
  web: {
    platform: 'php-8.5',
    instances: { least: 2, most: 6 },
    deployment: 'immutable',
    updates: { window: 'Tue:18:00', level: 'minor' },
    logs: { retentionDays: 90 },
    variables: { SITE_NAME: 'Ishizue' },
    secrets: { DB_PASSWORD: 'ssm:/test/web/db-password', API_KEY: `${SECRET}:key` },
    secretKeys: [SECRET_KEY],
    certificateArn: 'ssm:/test/web/certificate-arn',
    hostNames: ['www.example.com'],
  },
};

function web(change: object = {}, environment: object = {}): WebStack {
  const input = { ...BASE, ...environment, web: { ...BASE.web, ...change } } as EnvironmentInput;
  const stack = synthesize(input).web;
  if (stack === undefined) throw new Error('no Web stack');
  return stack;
}

/** One that is deployed over HTTP, without a stream, where data is not protected. */
const PLAIN = { certificateArn: undefined, hostNames: [], secrets: {}, secretKeys: [] };
const UNPROTECTED = { protectData: false, stream: undefined };

const INSTANCE_ROLE = `arn:aws:iam::${ACCOUNT}:role/test-Web-InstanceRole`;
const SERVICE_ROLE = `arn:aws:iam::${ACCOUNT}:role/test-Web-ServiceRole`;
const ARNS: Arns = { InstanceRole: INSTANCE_ROLE, ServiceRole: SERVICE_ROLE, CodeVersion: 'the-first' };

let stack: WebStack;
let template: Template;
let json: TemplateJson;
let plain: WebStack;

beforeAll(() => {
  stack = web();
  template = templateOf(stack);
  json = jsonOf(stack);
  plain = web(PLAIN, UNPROTECTED);
});

function one(of: TemplateJson, type: string): [string, Resource & { DependsOn?: string[] }] {
  const [found, ...others] = resourcesOfType(of, type);
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return found;
}

function optionSettings(of: TemplateJson): AnyOptionSetting[] {
  const settings = one(of, 'AWS::ElasticBeanstalk::Environment')[1].Properties?.OptionSettings as {
    Namespace: string;
    OptionName: string;
    Value: unknown;
  }[];
  return settings.map(({ Namespace, OptionName, Value }) => ({
    namespace: Namespace,
    optionName: OptionName,
    value: Value,
  }));
}

function option(of: TemplateJson, namespace: string, optionName: string): unknown {
  return optionSettings(of).find((o) => o.namespace === namespace && o.optionName === optionName)?.value;
}

const idOf = (start: string): unknown => expect.stringMatching(new RegExp(`^${start}`));

describe('the load balancer', () => {
  test('is public, drops invalid headers, logs, and cannot be deleted by mistake', () => {
    const [, { Properties }] = one(json, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(Properties?.Scheme).toBe('internet-facing');
    const subnets = JSON.stringify(Properties?.Subnets);
    expect(subnets.match(/PublicSubnet\d/g)).toEqual(['PublicSubnet1', 'PublicSubnet2']);
    expect(Properties?.LoadBalancerAttributes).toEqual(
      expect.arrayContaining([
        { Key: 'deletion_protection.enabled', Value: 'true' },
        { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
        { Key: 'routing.http.desync_mitigation_mode', Value: 'defensive' },
        { Key: 'access_logs.s3.enabled', Value: 'true' },
      ]),
    );
    templateOf(plain).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: 'false' }]),
    });
  });

  test('HTTPS by TLS 1.2 and later, everything else redirected, and 404 for what no rule is for', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 2);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      // Read at deployment: the template fits any account.
      Certificates: [{ CertificateArn: '{{resolve:ssm:/test/web/certificate-arn}}' }],
      DefaultActions: [
        Match.objectLike({ Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '404' }) }),
      ],
    });
  });

  test('without a certificate there is port 80 alone, and only that is open', () => {
    const [, { Properties }] = one(jsonOf(plain), 'AWS::ElasticLoadBalancingV2::Listener');
    expect(Properties).toMatchObject({ Port: 80, Protocol: 'HTTP' });
    const open = (of: TemplateJson): unknown[] =>
      resourcesOfType(of, 'AWS::EC2::SecurityGroup').flatMap(([, { Properties }]) =>
        ((Properties?.SecurityGroupIngress ?? []) as { FromPort: number; ToPort: number; CidrIp: string }[]).map(
          ({ FromPort, ToPort, CidrIp }) => [CidrIp, FromPort, ToPort],
        ),
      );
    expect(open(jsonOf(plain))).toEqual([['0.0.0.0/0', 80, 80]]);
    expect(open(json)).toEqual([
      ['0.0.0.0/0', 80, 80],
      ['0.0.0.0/0', 443, 443],
    ]);
  });

  test('a certificate by its ARN stands as it is', () => {
    const certificateArn = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0a1b`;
    templateOf(web({ certificateArn })).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: certificateArn }],
    });
  });

  test('requests are filtered before any is served: web ACL, then listeners, then Beanstalk', () => {
    const [association, { Properties }] = one(json, 'AWS::WAFv2::WebACLAssociation');
    expect(Properties?.ResourceArn).toEqual({ Ref: idOf('FrontBalancer') });
    const listeners = resourcesOfType(json, 'AWS::ElasticLoadBalancingV2::Listener') as [
      string,
      { DependsOn?: string[] },
    ][];
    for (const [, { DependsOn }] of listeners) expect(DependsOn).toContain(association);
    const [, environment] = one(json, 'AWS::ElasticBeanstalk::Environment');
    expect(environment.DependsOn).toEqual(expect.arrayContaining([association, ...listeners.map(([id]) => id)]));
  });

  test('access logs: private, TLS only, with keys of S3, and written by Elastic Load Balancing alone', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: Match.objectLike({ BlockPublicPolicy: true, RestrictPublicBuckets: true }),
      },
    });
    const [, { Properties }] = one(json, 'AWS::S3::BucketPolicy');
    const statements = (
      Properties?.PolicyDocument as { Statement: { Effect: string; Action: unknown; Principal: unknown }[] }
    ).Statement;
    const writers = statements.filter(
      ({ Effect, Action }) => Effect === 'Allow' && JSON.stringify(Action).includes('PutObject'),
    );
    // 582318560864 is Elastic Load Balancing in Tokyo.
    for (const { Principal } of writers) {
      expect(JSON.stringify(Principal)).toMatch(/582318560864|delivery\.logs\.amazonaws\.com|logdelivery/);
    }
    expect(writers.length).toBeGreaterThan(0);
    expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
  });
});

describe('instances', () => {
  test('are reached from the load balancer by HTTP, and by nothing else', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 80,
      ToPort: 80,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InstanceSecurityGroup'), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FrontSecurityGroup'), 'GroupId'] },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'In from the load balancer, out by HTTPS',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ FromPort: 443, ToPort: 443 })],
    });
  });

  test('the load balancer reaches them and nothing else', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      FromPort: 80,
      ToPort: 80,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FrontSecurityGroup'), 'GroupId'] },
      DestinationSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InstanceSecurityGroup'), 'GroupId'] },
    });
  });

  test('are private, without a key pair, with IMDSv2, gp3 and a launch template', () => {
    const launch = 'aws:autoscaling:launchconfiguration';
    expect(JSON.stringify(option(json, 'aws:ec2:vpc', 'Subnets')).match(/AppSubnet\d/g)).toEqual([
      'AppSubnet1',
      'AppSubnet2',
    ]);
    expect(option(json, 'aws:ec2:vpc', 'AssociatePublicIpAddress')).toBe('false');
    expect(option(json, launch, 'DisableIMDSv1')).toBe('true');
    expect(option(json, launch, 'RootVolumeType')).toBe('gp3');
    expect(option(json, launch, 'DisableDefaultEC2SecurityGroup')).toBe('true');
    // Or the deploy role, whose permissions go by the environment's tag, could make no version of the template.
    expect(option(json, launch, 'LaunchTemplateTagPropagationEnabled')).toBe('true');
    expect(option(json, launch, 'EC2KeyName')).toBeUndefined();
    expect(option(json, launch, 'SecurityGroups')).toEqual({
      'Fn::GetAtt': [idOf('InstanceSecurityGroup'), 'GroupId'],
    });
    expect(option(json, launch, 'IamInstanceProfile')).toEqual({ Ref: idOf('InstanceProfile') });
  });

  test('have encrypted volumes: none starts before that is the default of the account', () => {
    const [association, { Properties }] = one(json, 'AWS::SSM::Association');
    expect(Properties).toMatchObject({
      Name: 'AWSConfigRemediation-EnableEbsEncryptionByDefault',
      WaitForSuccessTimeoutSeconds: 600,
      ScheduleExpression: 'rate(1 day)',
    });
    expect(one(json, 'AWS::ElasticBeanstalk::Environment')[1].DependsOn).toContain(association);
    // It comes after what takes minutes: a run that finds no role is tried again a day later, and the deployment would fail.
    const [balancer] = one(json, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(one(json, 'AWS::SSM::Association')[1].DependsOn).toContain(balancer);
  });

  test('have the tag that operators may start sessions by: Beanstalk gives its tags to instances', () => {
    template.hasResourceProperties('AWS::ElasticBeanstalk::Environment', {
      Tags: Match.arrayWith([{ Key: 'Environment', Value: 'test' }]),
    });
  });

  test('are managed through Session Manager, and write to the stream', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [Match.objectLike({ Principal: { Service: 'ec2.amazonaws.com' } })],
      }),
      ManagedPolicyArns: [
        { Ref: Match.stringLikeRegexp('^InstancePolicy') },
        { 'Fn::GetStackOutput': Match.objectLike({ StackName: 'test-Access' }) },
        { 'Fn::GetStackOutput': Match.objectLike({ StackName: 'test-Stream' }) },
      ],
    });
    const namespace = 'aws:elasticbeanstalk:application:environment';
    expect(option(json, namespace, 'DELIVERY_STREAM')).toMatchObject({
      'Fn::GetStackOutput': { StackName: 'test-Stream' },
    });
    expect(option(json, namespace, 'AWS_REGION')).toBe('ap-northeast-1');
    expect(option(jsonOf(plain), namespace, 'DELIVERY_STREAM')).toBeUndefined();
  });
});

describe('the Beanstalk environment', () => {
  test('every option in the template is one that Beanstalk knows, with a value that it takes', () => {
    expect(optionProblems(optionSettings(json), 'template')).toEqual([]);
    expect(optionProblems(optionSettings(jsonOf(plain)), 'template')).toEqual([]);
  });

  test('an option that it does not know stops synthesis', () => {
    const options = [{ namespace: 'aws:ec2:vpc', optionName: 'VpcId', value: 'vpc-1' }];
    const build = (): unknown =>
      new BeanstalkEnvironment(web(), 'Another', {
        applicationName: 'a',
        environmentName: 'b',
        versionLabel: 'c',
        platform: PLATFORMS['php-8.5'],
        options,
      });
    expect(build).toThrow('test-Web/Another aws:ec2:vpc VpcId: is no known option; did you mean "VPCId"?');
  });

  test('shares our load balancer', () => {
    expect(option(json, 'aws:elasticbeanstalk:environment', 'LoadBalancerIsShared')).toBe('true');
    expect(option(json, 'aws:elbv2:loadbalancer', 'SharedLoadBalancer')).toEqual({ Ref: idOf('FrontBalancer') });
    // Without it Beanstalk attaches an open group of its own.
    expect(option(json, 'aws:elbv2:loadbalancer', 'SecurityGroups')).toEqual({
      'Fn::GetAtt': [idOf('FrontSecurityGroup'), 'GroupId'],
    });
  });

  test('streams its logs and keeps them', () => {
    const namespace = 'aws:elasticbeanstalk:cloudwatch:logs';
    expect(option(json, namespace, 'StreamLogs')).toBe('true');
    expect(option(json, namespace, 'DeleteOnTerminate')).toBe('false');
    expect(option(json, namespace, 'RetentionInDays')).toBe('90');
  });

  test('secrets are references; their values are nowhere', () => {
    const namespace = 'aws:elasticbeanstalk:application:environmentsecrets';
    expect(option(json, namespace, 'API_KEY')).toBe(`${SECRET}:key`);
    expect(JSON.stringify(option(json, namespace, 'DB_PASSWORD'))).toContain(':parameter/test/web/db-password');
  });

  test.each([
    ['php-8.0', 'PHP 8.0 running on 64bit Amazon Linux 2/3.8.4'],
    ['php-8.5', 'PHP 8.5 running on 64bit Amazon Linux 2023/4.13.7'],
    ['php-8.0-docker', 'Docker running on 64bit Amazon Linux 2023/4.13.7'],
  ])('%s, by one word, without findings', (platform, arn) => {
    const moved = web({ ...PLAIN, platform }, UNPROTECTED);
    const [, { Properties }] = one(jsonOf(moved), 'AWS::ElasticBeanstalk::Environment');
    expect(JSON.stringify(Properties?.PlatformArn)).toContain(`:elasticbeanstalk:ap-northeast-1::platform/${arn}`);
    // A changed solution stack name would have CloudFormation replace the environment for every version of the platform.
    expect(Properties?.SolutionStackName).toBeUndefined();
    expect(optionProblems(optionSettings(jsonOf(moved)), 'template')).toEqual([]);
    expect(new AwsSolutionsChecks().validateScope(moved).violations).toEqual([]);
  });

  test('its names are known beforehand, and another platform has another', () => {
    const [, { Properties }] = one(json, 'AWS::ElasticBeanstalk::Environment');
    expect(Properties?.ApplicationName).toBe('test-web');
    expect(Properties?.EnvironmentName).toBe(stack.beanstalkEnvironmentName);
    expect(stack.beanstalkEnvironmentName).toMatch(/^test-web-[0-9a-f]{6}$/);
    expect(web({ platform: 'php-8.4' }).beanstalkEnvironmentName).not.toBe(stack.beanstalkEnvironmentName);
  });

  describe('the version', () => {
    const labelOf = (of: TemplateJson): unknown =>
      one(of, 'AWS::ElasticBeanstalk::Environment')[1].Properties?.VersionLabel;

    test('is the newest of this stack', () => {
      expect(labelOf(json)).toEqual({ Ref: idOf('CodeVersion') });
      expect(json.Parameters).not.toHaveProperty('VersionLabel');
    });

    test('where a pipeline deploys, is the first, unless whoever deploys the stack names the one that runs', () => {
      const delivered = jsonOf(web({}, { delivery: DELIVERY }));
      const label = { 'Fn::If': ['NamesVersion', { Ref: 'VersionLabel' }, { Ref: idOf('CodeVersion') }] };
      expect(labelOf(delivered)).toEqual(label);
      expect(delivered.Parameters?.VersionLabel).toMatchObject({ Type: 'String', Default: 'first' });
      expect(delivered.Conditions?.NamesVersion).toEqual({
        'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'VersionLabel' }, 'first'] }],
      });
      // The one that the template names is the one that the lifecycle must not delete.
      const statements = resourcesOfType(delivered, 'AWS::IAM::Policy').flatMap(
        ([, { Properties }]) =>
          (Properties?.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement,
      );
      const kept = statements.filter(({ Action }) => Action === 'elasticbeanstalk:DeleteApplicationVersion');
      expect(kept).toMatchObject([{ Effect: 'Deny', Resource: { 'Fn::Join': ['', expect.arrayContaining([label])] } }]);
    });
  });

  test('old versions stay, to go back to', () => {
    const [, version] = one(json, 'AWS::ElasticBeanstalk::ApplicationVersion');
    expect(version).toMatchObject({ UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::ElasticBeanstalk::Application', {
      ResourceLifecycleConfig: {
        VersionLifecycleConfig: { MaxCountRule: { Enabled: true, MaxCount: 20, DeleteSourceFromS3: false } },
      },
    });
  });

  test('says where the site is', () => {
    expect(json.Outputs?.Url?.Value).toBe('https://www.example.com');
    expect(JSON.stringify(jsonOf(plain).Outputs?.Url?.Value)).toMatch(
      /http:\/\/test-web-.*\.ap-northeast-1\.elasticbeanstalk\.com/,
    );
  });
});

describe('an instance', () => {
  const BUCKET = `arn:aws:s3:::elasticbeanstalk-${REGION}-${ACCOUNT}`;
  const logs = (environment: string): string =>
    `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/elasticbeanstalk/${environment}/var/log/eb-engine.log:log-stream:i-1`;
  const beanstalk = (resource: string): string => `arn:aws:elasticbeanstalk:${REGION}:${ACCOUNT}:${resource}`;
  test.each<[string, string, boolean]>([
    ['s3:GetObject', `${BUCKET}/resources/environments/e-abc/_runtime/_versions/test-web/v1`, true],
    ['s3:ListBucket', BUCKET, true],
    ['s3:PutObject', `${BUCKET}/resources/environments/logs/publish/e-abc/i-1/rotated.gz`, true],
    // Or one instance could change what the others run.
    ['s3:PutObject', `${BUCKET}/resources/environments/e-abc/_runtime/_versions/test-web/v1`, false],
    ['s3:DeleteObject', `${BUCKET}/resources/environments/logs/publish/e-abc/i-1/rotated.gz`, false],
    ['s3:GetObject', `arn:aws:s3:::elasticbeanstalk-us-east-1-${ACCOUNT}/x`, false],
    ['s3:GetObject', `arn:aws:s3:::elasticbeanstalk-${REGION}-444455556666/x`, false],
    ['s3:GetObject', 'arn:aws:s3:::another-bucket/x', false],
    ['logs:CreateLogStream', logs('test-web-0a1b2c'), true],
    ['logs:PutLogEvents', logs('test-web-0a1b2c'), true],
    ['logs:PutLogEvents', logs('prod-web-0a1b2c'), false],
    ['logs:PutLogEvents', logs('test-web-web-0a1b2c'), false],
    ['logs:GetLogEvents', logs('test-web-0a1b2c'), false],
    ['logs:DescribeLogGroups', '*', true],
    ['elasticbeanstalk:PutInstanceStatistics', beanstalk('environment/test-web/test-web-0a1b2c'), true],
    ['elasticbeanstalk:PutInstanceStatistics', beanstalk('application/test-web'), true],
    ['elasticbeanstalk:PutInstanceStatistics', beanstalk('environment/prod-web/prod-web-0a1b2c'), false],
    ['elasticbeanstalk:UpdateEnvironment', beanstalk('environment/test-web/test-web-0a1b2c'), false],
    ['secretsmanager:GetSecretValue', SECRET, true],
    ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:other-AbCdEf`, false],
    ['ssm:GetParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/test/web/db-password`, true],
    ['ssm:GetParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/prod/web/db-password`, false],
    // What AWSElasticBeanstalkWebTier has besides.
    ['bedrock:InvokeModel', 'arn:aws:bedrock:ap-northeast-1::foundation-model/any', false],
    ['aws-marketplace:Subscribe', '*', false],
    ['xray:PutTraceSegments', '*', false],
    ['iam:PassRole', SERVICE_ROLE, false],
    ['ec2:DescribeInstances', '*', false],
  ])('%s on %s: %p', async (action, resource, allowed) => {
    const decision = await decide(policiesOf(json, 'InstancePolicy', ARNS), { action, resource });
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });

  test('every statement is on resources of kinds that its actions take', async () => {
    for (const start of ['InstancePolicy', 'ServiceDenials']) {
      const statements = policiesOf(json, start, ARNS)
        .flatMap(({ Statement }) => Statement as StatementJson[])
        // Denials of everything but what is named.
        .filter(({ Resource }) => Resource !== undefined);
      expect(statements.length).toBeGreaterThan(0);
      expect(await policyMisfits(statements)).toEqual([]);
    }
  });

  test('without secrets may read none', () => {
    const policy = JSON.stringify(policiesOf(jsonOf(plain), 'InstancePolicy', ARNS));
    expect(policy).not.toMatch(/secretsmanager|ssm:|kms:/);
  });
});

describe('Elastic Beanstalk', () => {
  /** More than AWS's policies can ever allow: what is denied here is denied whatever they say. */
  const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const beanstalk = (resource: string): string => `arn:aws:elasticbeanstalk:${REGION}:${ACCOUNT}:${resource}`;
  test.each<[string, string, boolean]>([
    ['iam:PassRole', INSTANCE_ROLE, true],
    ['iam:PassRole', SERVICE_ROLE, true],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/Administrator`, false],
    ['elasticbeanstalk:UpdateEnvironment', beanstalk('environment/test-web/test-web-0a1b2c'), true],
    ['elasticbeanstalk:UpdateEnvironment', beanstalk('environment/prod-web/prod-web-0a1b2c'), false],
    ['elasticbeanstalk:TerminateEnvironment', beanstalk('environment/prod-web/prod-web-0a1b2c'), false],
    ['elasticbeanstalk:DeleteApplication', beanstalk('application/prod-web'), false],
    ['elasticbeanstalk:DeleteApplicationVersion', beanstalk('applicationversion/test-web/v1'), true],
    // Without it, no change of the environment's options would find the version that the template names.
    ['elasticbeanstalk:DeleteApplicationVersion', beanstalk('applicationversion/test-web/the-first'), false],
    ['elasticbeanstalk:DeleteApplicationVersion', beanstalk('applicationversion/prod-web/v1'), false],
    ['elasticbeanstalk:DescribeEnvironments', beanstalk('environment/prod-web/prod-web-0a1b2c'), true],
  ])('%s on %s: %p', async (action, resource, allowed) => {
    const decision = await decide([EVERYTHING, ...policiesOf(json, 'ServiceDenials', ARNS)], { action, resource });
    expect(decision).toBe(allowed ? 'Allowed' : 'ExplicitlyDenied');
  });

  test('assumes its role by the external ID that it sends, and has the two policies that AWS keeps for it', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'elasticbeanstalk.amazonaws.com' },
            Condition: { StringEquals: { 'sts:ExternalId': 'elasticbeanstalk' } },
          },
        ],
      },
    });
    const policies = JSON.stringify(json).match(/policy\/[\w/-]+/g);
    expect(policies).toEqual([
      'policy/service-role/AWSElasticBeanstalkEnhancedHealth',
      'policy/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy',
    ]);
  });

  test('starts no instance before its role is bounded', () => {
    // The other is of the runbook that encrypts volumes.
    const [denials, ...others] = resourcesOfType(json, 'AWS::IAM::Policy').filter(
      ([id]) => !id.startsWith('EncryptedVolumes'),
    );
    expect(others).toEqual([]);
    expect(one(json, 'AWS::ElasticBeanstalk::Environment')[1].DependsOn).toContain(denials?.[0]);
  });
});

describe('the runbook', () => {
  test.each<[string, string, boolean]>([
    ['ec2:EnableEbsEncryptionByDefault', '*', true],
    ['ec2:GetEbsEncryptionByDefault', '*', true],
    ['ec2:DisableEbsEncryptionByDefault', '*', false],
    ['ec2:ModifyEbsDefaultKmsKeyId', '*', false],
  ])('%s: %p', async (action, resource, allowed) => {
    const decision = await decide(policiesOf(json, 'EncryptedVolumesRole', ARNS), { action, resource });
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });
});
