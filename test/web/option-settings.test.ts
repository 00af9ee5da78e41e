import fc from 'fast-check';
import { formatProblem } from '../../lib/foundation/problem';
import { environmentOptions, type EnvironmentParts } from '../../lib/web/option-settings/environment-options';
import { KNOWN_OPTIONS } from '../../lib/web/option-settings/known-options';
import { optionProblems, type AnyOptionSetting } from '../../lib/web/option-settings/option-problems';
import { PLATFORM_NAMES } from '../../lib/web/platforms';
import { LOG_RETENTION_DAYS, webSchema, type WebSettings } from '../../lib/web/web-settings';

const PARTS: EnvironmentParts = {
  vpcId: 'vpc-0a1b',
  instanceSubnetIds: ['subnet-1', 'subnet-2'],
  loadBalancerSubnetIds: ['subnet-3', 'subnet-4'],
  instanceProfile: 'profile',
  instanceSecurityGroupId: 'sg-1',
  loadBalancerArn: 'arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/dev-We-Front/1',
  loadBalancerSecurityGroupId: 'sg-2',
  serviceRoleArn: 'arn:aws:iam::123456789012:role/service',
  variables: { AWS_REGION: 'ap-northeast-1' },
  secretArns: { DB_PASSWORD: 'arn:aws:ssm:ap-northeast-1:123456789012:parameter/db' },
};

function settings(change: object = {}): WebSettings {
  return webSchema.parse({
    platform: 'php-8.5',
    instances: { least: 1, most: 2 },
    deployment: 'rolling',
    updates: { window: 'Tue:18:00', level: 'minor' },
    logs: { retentionDays: 30 },
    ...change,
  });
}

function value(web: WebSettings, namespace: string, optionName: string): string | undefined {
  return environmentOptions(web, PARTS).find((o) => o.namespace === namespace && o.optionName === optionName)?.value;
}

const valid = fc
  .record({
    platform: fc.constantFrom(...PLATFORM_NAMES),
    instanceType: fc.constantFrom('t3.small', 't4g.small', 'm7i-flex.large', 'c8gn.medium'),
    instances: fc
      .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }))
      .map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) })),
    deployment: fc.constantFrom('rolling', 'immutable'),
    batchPercent: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    updates: fc.record({
      window: fc
        .tuple(fc.constantFrom('Sun', 'Wed', 'Sat'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(([day, h, m]) => `${day}:${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
      level: fc.constantFrom('minor', 'patch'),
      replaceWeekly: fc.boolean(),
    }),
    logs: fc.record({ retentionDays: fc.constantFrom(...LOG_RETENTION_DAYS) }),
    certificateArn: fc.option(fc.constant('ssm:/cert'), { nil: undefined }),
    hostNames: fc.subarray(['www.example.com', '*.example.jp', 'a-b.example.co.jp', 'x.example.org']),
  })
  .map((raw) => webSchema.parse(raw));

test('all settings make options that Beanstalk knows, with values that it takes, each once', () => {
  fc.assert(
    fc.property(valid, (web) => {
      expect(optionProblems(environmentOptions(web, PARTS), 'site')).toEqual([]);
    }),
  );
});

test('the table holds what is used, and nothing else', () => {
  const used = new Set<string>();
  const note = (web: WebSettings): void => {
    for (const { namespace, optionName } of environmentOptions(web, PARTS)) used.add(`${namespace} ${optionName}`);
  };
  note(settings());
  note(settings({ deployment: 'immutable', certificateArn: 'ssm:/cert', hostNames: ['www.example.com'] }));
  const unused = KNOWN_OPTIONS.flatMap(({ namespace, options }) =>
    Object.keys(options)
      .filter((option) => ![...used].some((key) => matches(key, namespace, option)))
      .map((option) => `${namespace} ${option}`),
  );
  expect(unused).toEqual([]);
});

function matches(key: string, namespace: string, option: string): boolean {
  const [usedNamespace = '', usedOption] = key.split(' ');
  const inNamespace = namespace.endsWith('*')
    ? usedNamespace.startsWith(namespace.slice(0, -1))
    : usedNamespace === namespace;
  return inNamespace && (option === '*' || usedOption === option);
}

describe('refuses', () => {
  const found = (...list: AnyOptionSetting[]): string[] => optionProblems(list, 'site').map(formatProblem);
  const vpc = { namespace: 'aws:ec2:vpc', optionName: 'ELBScheme', value: 'public' };
  test.each<[string, AnyOptionSetting[], string]>([
    [
      'an unknown namespace',
      [{ ...vpc, namespace: 'aws:ec2:vcp' }],
      'site aws:ec2:vcp: is no known namespace of Elastic Beanstalk; did you mean "aws:ec2:vpc"?',
    ],
    [
      'an unknown option',
      [{ ...vpc, optionName: 'ELBSchema' }],
      'site aws:ec2:vpc ELBSchema: is no known option; did you mean "ELBScheme"?',
    ],
    ['a word that it does not know', [{ ...vpc, value: 'private' }], '"private" is not one of public, internal'],
    [
      'a number out of range',
      [{ namespace: 'aws:autoscaling:asg', optionName: 'MinSize', value: '0' }],
      '"0" is not a whole number from 1 to 10000',
    ],
    [
      'a truth value that is no text',
      [{ ...vpc, optionName: 'AssociatePublicIpAddress', value: false }],
      'false is not one of true, false',
    ],
    ['no value', [{ ...vpc, value: undefined }], 'is not one of public, internal'],
    ['an option that is set twice', [vpc, { ...vpc, value: 'internal' }], 'site aws:ec2:vpc ELBScheme: is set twice'],
    [
      'what a shared load balancer does not take',
      [{ namespace: 'aws:elbv2:listener:443', optionName: 'SSLPolicy', value: 'x' }],
      'site aws:elbv2:listener:443 SSLPolicy: is no known option',
    ],
    [
      'a listener without a port',
      [{ namespace: 'aws:elbv2:listener:', optionName: 'Rules', value: 'default' }],
      'is no known namespace',
    ],
    [
      'a secret that is no reference',
      [{ namespace: 'aws:elasticbeanstalk:application:environmentsecrets', optionName: 'A', value: 'hunter2' }],
      'is not the ARN of a secret or a parameter',
    ],
  ])('%s', (_, list, message) => {
    expect(found(...list)).toEqual([expect.stringContaining(message)]);
  });

  test('nothing that is filled in later', () => {
    expect(found({ ...vpc, value: { Ref: 'Scheme' } })).toEqual([]);
    expect(found({ ...vpc, value: '${Token[Scheme.1]}' })).toEqual([]);
  });
});

describe('pieces', () => {
  test('HTTP: the rule is on port 80', () => {
    expect(value(settings(), 'aws:elbv2:listener:80', 'Rules')).toBe('default');
    expect(value(settings(), 'aws:elbv2:listener:443', 'Rules')).toBeUndefined();
  });

  test('HTTPS: the rules are on port 443 and none is on port 80, where they would come before the redirect', () => {
    const web = settings({ certificateArn: 'ssm:/cert', hostNames: ['www.example.com', 'example.com'] });
    expect(value(web, 'aws:elbv2:listener:443', 'Rules')).toBe('default,site');
    expect(value(web, 'aws:elbv2:listenerrule:site', 'HostHeaders')).toBe('www.example.com,example.com');
    expect(value(web, 'aws:elbv2:listener:80', 'Rules')).toBeUndefined();
  });

  test('rolling and immutable, for versions and for configuration', () => {
    const policy = (web: WebSettings): (string | undefined)[] => [
      value(web, 'aws:elasticbeanstalk:command', 'DeploymentPolicy'),
      value(web, 'aws:elasticbeanstalk:command', 'BatchSize'),
      value(web, 'aws:autoscaling:updatepolicy:rollingupdate', 'RollingUpdateType'),
    ];
    expect(policy(settings())).toEqual(['RollingWithAdditionalBatch', '30', 'Health']);
    expect(policy(settings({ batchPercent: 50 }))).toEqual(['RollingWithAdditionalBatch', '50', 'Health']);
    expect(policy(settings({ deployment: 'immutable' }))).toEqual(['Immutable', undefined, 'Immutable']);
  });

  test('PHP has its document root, Docker its own configuration', () => {
    const root = (platform: string): string | undefined =>
      value(settings({ platform }), 'aws:elasticbeanstalk:container:php:phpini', 'document_root');
    expect(PLATFORM_NAMES.map(root)).toEqual(['/public', '/public', '/public', '/public', undefined]);
  });

  test('the architecture follows from the instance type', () => {
    expect(value(settings({ instanceType: 't4g.small' }), 'aws:ec2:instances', 'SupportedArchitectures')).toBe('arm64');
  });
});
