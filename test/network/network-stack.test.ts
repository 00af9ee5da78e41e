import { InterfaceVpcEndpointAwsService } from 'aws-cdk-lib/aws-ec2';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { INTERFACE_ENDPOINT_NAMES } from '../../lib/network/interface-endpoints';
import { networkSchema } from '../../lib/network/network-settings';
import type { NetworkStack } from '../../lib/network/network-stack';
import { jsonOf, resourcesOfType, synthesize, templateOf } from '../support/synthesize';

const BASE: EnvironmentInput = {
  name: 'test',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  network: {
    cidr: '10.9.0.0/16',
    tiers: [
      { name: 'public', hostsPerZone: 250 },
      { name: 'app', hostsPerZone: 4000 },
      { name: 'data', hostsPerZone: 1000 },
    ],
    nat: 'single',
    interfaceEndpoints: ['ssm', 'sts'],
    flowLogs: { retentionDays: 30 },
  },
};

function network(change: Partial<EnvironmentInput['network']>, rest: Partial<EnvironmentInput> = {}): NetworkStack {
  return synthesize({ ...BASE, ...rest, network: { ...BASE.network, ...change } }).network;
}

describe('with everything', () => {
  let stack: NetworkStack;
  let template: Template;

  beforeAll(() => {
    stack = network({});
    template = templateOf(stack);
  });

  test("the VPC's subnets are exactly the plan's", () => {
    const subnets = resourcesOfType(jsonOf(stack), 'AWS::EC2::Subnet').map(([, { Properties }]) => ({
      cidr: Properties?.CidrBlock,
      zone: Properties?.AvailabilityZone,
      tier: (Properties?.Tags as { Key: string; Value: string }[])
        .find(({ Key }) => Key === 'aws-cdk:subnet-name')
        ?.Value.toLowerCase(),
    }));
    expect(subnets).toEqual(stack.plan.subnets.map(({ cidr, zone, tier }) => ({ cidr, zone, tier })));
    expect(subnets).toHaveLength(6);
    template.hasResourceProperties('AWS::EC2::VPC', {
      CidrBlock: '10.9.0.0/16',
      EnableDnsHostnames: true,
      EnableDnsSupport: true,
    });
  });

  test('no subnet gives its hosts a public address', () => {
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('the plan is in the template, for reviews to compare', () => {
    const { Metadata, Description } = jsonOf(stack);
    expect(Metadata?.AddressPlan).toMatchObject({
      cidr: '10.9.0.0/16',
      subnets: stack.plan.subnets.map(({ tier, zone, cidr }) => ({ tier, zone, cidr })),
    });
    expect(Description).toBe(
      'Network of test: VPC 10.9.0.0/16, 2 zones, public /24, app /20, data /22 a zone, 16.4% in use',
    );
  });

  test('outputs name the VPC and the subnets of each tier', () => {
    expect(Object.keys(jsonOf(stack).Outputs ?? {})).toEqual([
      'VpcId',
      'PublicSubnetIds',
      'AppSubnetIds',
      'DataSubnetIds',
    ]);
  });

  test('S3 and DynamoDB are reached through gateway endpoints from every subnet', () => {
    for (const service of ['s3', 'dynamodb']) {
      template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
        ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, `.${service}`]] },
        VpcEndpointType: 'Gateway',
        RouteTableIds: Match.arrayWith([Match.objectLike({ Ref: Match.stringLikeRegexp('DataSubnet1') })]),
      });
    }
    const [, s3] = resourcesOfType(jsonOf(stack), 'AWS::EC2::VPCEndpoint')[0] ?? [];
    expect(s3?.Properties?.RouteTableIds).toHaveLength(6);
  });

  test('interface endpoints stand in the app tier, behind one group that admits HTTPS from the VPC only', () => {
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 2);
    template.allResourcesProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        { CidrIp: '10.9.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS from the VPC' },
      ],
      // The CDK's way to say "nothing": without any rule AWS would allow everything.
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' })],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: 'com.amazonaws.ap-northeast-1.ssm',
      PrivateDnsEnabled: true,
      SubnetIds: [{ Ref: Match.stringLikeRegexp('AppSubnet1') }, { Ref: Match.stringLikeRegexp('AppSubnet2') }],
    });
  });

  test('an interface endpoint answers only callers of this account, but for those who have no identity yet', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: 'com.amazonaws.ap-northeast-1.ssm',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: 'com.amazonaws.ap-northeast-1.sts',
      PolicyDocument: Match.absent(),
    });
  });

  test('flow logs record everything, encrypted, for as long as configured', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 30,
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowLogsKey'), 'Arn'] },
    });
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  test('CloudWatch Logs may use the key for the log groups of this stack, and no other service may use it', () => {
    const [, key] = resourcesOfType(jsonOf(stack), 'AWS::KMS::Key')[0] ?? [];
    const { Statement } = key?.Properties?.KeyPolicy as { Statement: Record<string, unknown>[] };
    expect(Statement.map(({ Principal }) => Principal)).toEqual([
      { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } },
      { Service: 'logs.ap-northeast-1.amazonaws.com' },
    ]);
    expect(Statement[1]?.Condition).toEqual({
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': {
          'Fn::Join': ['', ['arn:aws:logs:ap-northeast-1:', { Ref: 'AWS::AccountId' }, ':log-group:test-Network-*']],
        },
      },
    });
  });

  test('the delivery role writes to its log group and does nothing else', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ],
      },
      Policies: [
        Match.objectLike({
          PolicyDocument: Match.objectLike({
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
                Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowLogsLogGroup'), 'Arn'] },
              },
            ],
          }),
        }),
      ],
    });
    // The CDK would give it a policy of its own, to pass itself on.
    const policies = resourcesOfType(jsonOf(stack), 'AWS::IAM::Policy').map(([id]) => id);
    expect(policies.filter((id) => id.startsWith('FlowLogs'))).toEqual([]);
  });

  test('the default security group is emptied by a runbook, without a custom resource', () => {
    template.hasResourceProperties('AWS::SSM::Association', {
      Name: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
      ScheduleExpression: 'rate(1 day)',
      Parameters: {
        GroupId: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Vpc'), 'DefaultSecurityGroup'] }],
        AutomationAssumeRole: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^DefaultSecurityGroupRole'), 'Arn'] }],
      },
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
    expect(Object.values(jsonOf(stack).Resources).filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });

  test('the runbook comes after what takes minutes to make: its role must be known everywhere by then', () => {
    const waits = (of: NetworkStack): unknown => resourcesOfType(jsonOf(of), 'AWS::SSM::Association')[0]?.[1].DependsOn;
    const flowLogs = [/^FlowLogsFlowLog/, /^FlowLogsKey/].map((id) => expect.stringMatching(id) as unknown);
    const routes = ['1', '2'].map((zone) => expect.stringMatching(`^VpcAppSubnet${zone}DefaultRoute`) as unknown);
    expect(waits(stack)).toEqual(expect.arrayContaining([...flowLogs, ...routes]));
    expect(waits(network({ nat: 'none' }))).toEqual(expect.arrayContaining(flowLogs));
  });

  test('the runbook may empty that group and no other', () => {
    const role = resourcesOfType(jsonOf(stack), 'AWS::IAM::Role').find(([id]) => id.startsWith('DefaultSecurityGroup'));
    const [policy] = role?.[1].Properties?.Policies as { PolicyDocument: { Statement: Record<string, unknown>[] } }[];
    const revoke = policy?.PolicyDocument.Statement.filter(({ Action }) => JSON.stringify(Action).includes('Revoke'));
    expect(revoke).toEqual([
      {
        Effect: 'Allow',
        Action: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
        Resource: {
          'Fn::Join': [
            '',
            [
              'arn:aws:ec2:ap-northeast-1:',
              { Ref: 'AWS::AccountId' },
              ':security-group/',
              { 'Fn::GetAtt': [expect.stringMatching(/^Vpc/), 'DefaultSecurityGroup'] },
            ],
          ],
        },
      },
    ]);
  });

  test('whatever can carry tags says which environment, stack and repository it is of', () => {
    const tagged = Object.entries(jsonOf(stack).Resources).filter(
      ([, { Properties }]) => Properties?.Tags !== undefined,
    );
    expect(tagged.length).toBeGreaterThan(20);
    for (const [, { Properties }] of tagged) {
      expect(Properties?.Tags).toEqual(
        expect.arrayContaining([
          { Key: 'Environment', Value: 'test' },
          { Key: 'Stack', Value: 'test-Network' },
          { Key: 'Repository', Value: 'ishizue' },
        ]),
      );
    }
    expect(stack.tags.tagValues()).toMatchObject({ Environment: 'test', Stack: 'test-Network' });
  });

  test('protected: no deletion by accident, and logs and keys outlive the stack', () => {
    expect(stack.terminationProtection).toBe(true);
    for (const type of ['AWS::Logs::LogGroup', 'AWS::KMS::Key'])
      template.hasResource(type, { DeletionPolicy: 'Retain' });
  });
});

describe('NAT', () => {
  test.each([
    ['none', 0],
    ['single', 1],
    ['perZone', 2],
  ] as const)('%s: %i gateways', (nat, gateways) => {
    const template = templateOf(network({ nat }));
    template.resourceCountIs('AWS::EC2::NatGateway', gateways);
    template.resourcePropertiesCountIs(
      'AWS::EC2::Route',
      { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: Match.anyValue() },
      nat === 'none' ? 0 : 2,
    );
  });

  test('regional: one gateway that AWS spreads over the zones', () => {
    const template = templateOf(network({ nat: 'regional' }));
    template.hasResourceProperties('AWS::EC2::NatGateway', {
      AvailabilityMode: 'regional',
      SubnetId: Match.absent(),
      VpcId: { Ref: Match.stringLikeRegexp('^Vpc') },
    });
    template.hasResource('AWS::EC2::NatGateway', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^VpcVPCGW')]) });
  });

  test('the strategy does not change the subnets', () => {
    const ids = (['none', 'single', 'perZone', 'regional'] as const).map((nat) =>
      resourcesOfType(jsonOf(network({ nat })), 'AWS::EC2::Subnet').map(([id]) => id),
    );
    expect(new Set(ids.map((list) => list.join())).size).toBe(1);
  });
});

test('a VPC with no way in or out has no internet gateway', () => {
  const template = templateOf(network({ nat: 'none', tiers: [{ name: 'app', prefixLength: 24 }] }));
  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  template.resourceCountIs('AWS::EC2::VPCGatewayAttachment', 0);
});

test('data tiers have no route out of the VPC', () => {
  const json = jsonOf(network({}));
  const routes = resourcesOfType(json, 'AWS::EC2::Route').map(([, { Properties }]) =>
    JSON.stringify(Properties?.RouteTableId),
  );
  expect(routes.filter((table) => table.includes('DataSubnet'))).toEqual([]);
  expect(routes.filter((table) => table.includes('AppSubnet'))).toHaveLength(2);
});

test('a retired tier has no subnets, and moves nobody else', () => {
  const tiers = BASE.network.tiers.map((tier) => ({ ...tier, retired: tier.name === 'app' }));
  const retired = jsonOf(network({ tiers, nat: 'none', interfaceEndpoints: ['ssm'] }));
  const whole = jsonOf(network({}));
  const subnets = (json: typeof whole): [string, unknown][] =>
    resourcesOfType(json, 'AWS::EC2::Subnet').map(([id, { Properties }]) => [id, Properties?.CidrBlock]);
  expect(subnets(retired)).toEqual(subnets(whole).filter(([id]) => !id.includes('AppSubnet')));
});

test('a concrete account needs no look-up', () => {
  const stack = network({}, { account: '123456789012' });
  expect(stack.account).toBe('123456789012');
  expect(jsonOf(stack).Resources).toBeDefined();
});

test('an unprotected environment leaves nothing behind', () => {
  const stack = network({}, { protectData: false });
  expect(stack.terminationProtection).toBe(false);
  templateOf(stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
});

test('a description is never longer than CloudFormation takes', () => {
  const tiers = Array.from({ length: 60 }, (_, index) => ({
    name: `a-tier-with-a-rather-long-n-${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}`,
    kind: 'data' as const,
    prefixLength: 28,
  }));
  const { Description = '' } = jsonOf(
    network({ tiers, nat: 'none', interfaceEndpoints: [] }, { availabilityZones: ['ap-northeast-1a'] }),
  );
  expect(Description).toContain('60 tiers');
  expect(Description.length).toBeLessThanOrEqual(1024);
});

describe('tables', () => {
  test('every interface endpoint on the list is one that the CDK knows', () => {
    const known = Object.values(InterfaceVpcEndpointAwsService)
      .filter((service) => service instanceof InterfaceVpcEndpointAwsService)
      .map(({ shortName }) => shortName);
    expect(INTERFACE_ENDPOINT_NAMES.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('every retention of CloudWatch Logs is accepted, and nothing else', () => {
    const retention = networkSchema.shape.flowLogs.shape.retentionDays;
    const known = Object.values(RetentionDays).filter((days) => typeof days === 'number');
    const finite = known.filter((days) => days !== RetentionDays.INFINITE);
    expect(finite.filter((days) => !retention.safeParse(days).success)).toEqual([]);
    expect(retention.safeParse(31).success).toBe(false);
    expect(retention.safeParse(RetentionDays.INFINITE).success).toBe(false);
  });
});
