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

/**
 * What the Developer Guide says of each option: the edges of what it takes, and what lies past them.
 * Source: "General options for all environments" and "Tag propagation to launch templates", read on 25 November 2026 in copies of
 * the English pages (the newest of 2024; environmentsecrets and DisableDefaultEC2SecurityGroup in a copy of 2025).
 */
describe('as the Developer Guide has it', () => {
  const hosts = (count: number): string => Array.from({ length: count }, (_, i) => `h${i}.jp`).join(',');
  test.each<[string, string, string[], string[]]>([
    ['aws:autoscaling:asg', 'MinSize', ['1', '10000'], ['0', '10001', '', 'one', '1.5', '-1']],
    ['aws:autoscaling:asg', 'MaxSize', ['1', '10000'], ['0', '10001']],
    ['aws:autoscaling:launchconfiguration', 'DisableIMDSv1', ['true', 'false'], ['True', 'yes', '1', '']],
    ['aws:autoscaling:launchconfiguration', 'LaunchTemplateTagPropagationEnabled', ['true', 'false'], ['on']],
    ['aws:autoscaling:launchconfiguration', 'RootVolumeSize', ['10', '16384'], ['9', '16385']],
    ['aws:autoscaling:launchconfiguration', 'RootVolumeType', ['standard', 'gp2', 'gp3', 'io1'], ['io2', 'GP3']],
    ['aws:autoscaling:launchconfiguration', 'SecurityGroups', ['sg-0a', 'sg-0a,sg-1b'], ['0a', 'sg-0a, sg-1b', 'sg-']],
    ['aws:autoscaling:trigger', 'BreachDuration', ['1', '600'], ['0', '601']],
    ['aws:autoscaling:trigger', 'EvaluationPeriods', ['1', '600'], ['0', '601']],
    ['aws:autoscaling:trigger', 'Period', ['1', '600'], ['0', '601']],
    ['aws:autoscaling:trigger', 'LowerThreshold', ['0', '20000000'], ['20000001']],
    ['aws:autoscaling:trigger', 'UpperThreshold', ['0', '20000000'], ['20000001']],
    [
      'aws:autoscaling:trigger',
      'MeasureName',
      ['CPUUtilization', 'NetworkOut'],
      ['TargetResponseTime', 'HealthyHostCount'],
    ],
    ['aws:autoscaling:trigger', 'Statistic', ['Minimum', 'Maximum', 'Sum', 'Average'], ['Median']],
    ['aws:autoscaling:trigger', 'Unit', ['Seconds', 'Percent', 'Bytes', 'Count/Second', 'None'], ['percent']],
    ['aws:autoscaling:updatepolicy:rollingupdate', 'RollingUpdateType', ['Time', 'Health', 'Immutable'], ['Rolling']],
    ['aws:ec2:instances', 'InstanceTypes', ['t3.small', 't3.small,t3.micro'], ['t3', 't3.small,', 'T3.small']],
    ['aws:ec2:instances', 'SupportedArchitectures', ['arm64', 'x86_64'], ['x86', 'i386']],
    ['aws:ec2:vpc', 'ELBScheme', ['public', 'internal'], ['private', 'Public']],
    ['aws:ec2:vpc', 'Subnets', ['subnet-0a', 'subnet-0a,subnet-1b'], ['0a', 'subnet-0a subnet-1b']],
    ['aws:ec2:vpc', 'VPCId', ['vpc-0a'], ['vpc-', '0a', 'vpc-0a,vpc-1b']],
    ['aws:elasticbeanstalk:application:environment', 'A', ['x', 'x'.repeat(256)], ['', 'x'.repeat(257), 'a\nb']],
    ...['logs', 'logs:health'].map((name): [string, string, string[], string[]] => [
      `aws:elasticbeanstalk:cloudwatch:${name}`,
      'RetentionInDays',
      ['1', '3', '5', '7', '14', '30', '60', '90', '120', '150', '180', '365', '400', '545', '731', '1827', '3653'],
      ['0', '2', '1096', '3654'],
    ]),
    ['aws:elasticbeanstalk:command', 'BatchSize', ['1', '100'], ['0', '101']],
    ['aws:elasticbeanstalk:command', 'BatchSizeType', ['Percentage', 'Fixed'], ['Percent']],
    [
      'aws:elasticbeanstalk:command',
      'DeploymentPolicy',
      ['AllAtOnce', 'Rolling', 'RollingWithAdditionalBatch', 'Immutable', 'TrafficSplitting'],
      ['rolling'],
    ],
    ['aws:elasticbeanstalk:environment', 'EnvironmentType', ['SingleInstance', 'LoadBalanced'], ['Single']],
    ['aws:elasticbeanstalk:environment', 'LoadBalancerType', ['classic', 'application', 'network'], ['Application']],
    ['aws:elasticbeanstalk:environment:process:default', 'DeregistrationDelay', ['0', '3600'], ['3601', '-1']],
    ['aws:elasticbeanstalk:environment:process:default', 'HealthCheckInterval', ['5', '300'], ['4', '301']],
    ['aws:elasticbeanstalk:environment:process:default', 'HealthCheckTimeout', ['1', '60'], ['0', '61']],
    ['aws:elasticbeanstalk:environment:process:default', 'HealthyThresholdCount', ['2', '10'], ['1', '11']],
    ['aws:elasticbeanstalk:environment:process:default', 'UnhealthyThresholdCount', ['2', '10'], ['1', '11']],
    ['aws:elasticbeanstalk:environment:process:default', 'MatcherHTTPCode', ['200', '499'], ['199', '500']],
    ['aws:elasticbeanstalk:environment:process:default', 'Port', ['1', '65535'], ['0', '65536']],
    ['aws:elasticbeanstalk:environment:process:default', 'Protocol', ['HTTP', 'HTTPS'], ['TCP', 'http']],
    ['aws:elasticbeanstalk:environment:process:default', 'HealthCheckPath', ['/', '/health'], ['health', '/a b']],
    ['aws:elasticbeanstalk:healthreporting:system', 'SystemType', ['basic', 'enhanced'], ['Enhanced']],
    [
      'aws:elasticbeanstalk:managedactions',
      'PreferredStartTime',
      ['Sun:00:00', 'Sat:23:59'],
      ['Sun:24:00', 'Sun:00:60', 'sun:0:0'],
    ],
    ['aws:elasticbeanstalk:managedactions:platformupdate', 'UpdateLevel', ['patch', 'minor'], ['major']],
    ['aws:elbv2:listener:443', 'Rules', ['default', 'default,site'], ['', 'a b', 'a,']],
    [
      'aws:elbv2:listenerrule:site',
      'HostHeaders',
      [hosts(1), hosts(4), 'x'.repeat(128)],
      [hosts(5), 'x'.repeat(129), ''],
    ],
    ['aws:elbv2:listenerrule:site', 'Priority', ['1', '1000'], ['0', '1001']],
    // A range of EC2's: HttpPutResponseHopLimit.
    ['aws:elasticbeanstalk:customoption', 'MetadataHops', ['1', '64'], ['0', '65']],
  ])('%s %s', (namespace, optionName, taken, refused) => {
    const count = (value: string): number => optionProblems([{ namespace, optionName, value }], 'site').length;
    for (const value of taken) expect([value, count(value)]).toEqual([value, 0]);
    for (const value of refused) expect([value, count(value)]).toEqual([value, 1]);
  });
});

describe('pieces', () => {
  test('metadata answers a container, which is a hop further, and nobody else that far', () => {
    const hops = (platform: string): string | undefined =>
      value(settings({ platform }), 'aws:elasticbeanstalk:customoption', 'MetadataHops');
    expect(PLATFORM_NAMES.map(hops)).toEqual(['1', '1', '1', '1', '2']);
  });

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
