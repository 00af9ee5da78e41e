import type { AskFailure } from '../../lib/preflight/ask-error';
import type { AwsAccount } from '../../lib/preflight/aws-account';
import { sdkAccount } from '../../lib/preflight/sdk-account';
import { READY, resources, vpcs } from './support/aws-replies';
import {
  ec2Error,
  jsonError,
  startAws,
  xmlError,
  type AwsServer,
  type Reply,
  type SeenRequest,
} from './support/aws-server';

const QUOTA = { service: 'vpc', code: 'L-F678F1CE' };

let server: AwsServer | undefined;
const before = { ...process.env };

beforeEach(() => {
  // Nothing of the machine's own AWS configuration.
  process.env.AWS_CONFIG_FILE = '/dev/null';
  process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
});

afterEach(async () => {
  process.env = { ...before };
  await server?.close();
  server = undefined;
});

/** An account whose answers are those of one that is ready, but for the given ones. */
async function accountWith(
  changes: Readonly<Record<string, (request: SeenRequest) => Reply | undefined>> = {},
  deadline?: number,
): Promise<AwsAccount> {
  server = await startAws((request) => ({ ...READY, ...changes })[request.operation]?.(request));
  process.env.AWS_ENDPOINT_URL = server.url;
  return sdkAccount({ region: 'ap-northeast-1', ...(deadline === undefined ? {} : { deadline }) });
}

describe('what it answers', () => {
  test.each<[string, (account: AwsAccount) => Promise<unknown>, unknown]>([
    ['identity', (aws) => aws.identity(), { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/hanako' }],
    [
      'solution stacks',
      (aws) => aws.solutionStacks(),
      ['64bit Amazon Linux 2023 v4.13.7 running PHP 8.5', '64bit Amazon Linux 2 v3.8.4 running PHP 8.0'],
    ],
    [
      'zones',
      (aws) => aws.zones(),
      ['a', 'c', 'd'].map((letter) => ({ name: `ap-northeast-1${letter}`, state: 'available' })),
    ],
    ['VPCs', (aws) => aws.vpcIds(), ['vpc-1']],
    ['addresses', (aws) => aws.elasticIps(), ['203.0.113.1']],
    ['a quota', (aws) => aws.quota(QUOTA), 5],
    ['a document that is not there', (aws) => aws.document('d'), undefined],
    ['a parameter that is not there', (aws) => aws.parameter('/p'), undefined],
    [
      'connections and LAGs',
      (aws) => aws.directConnectLines(),
      [
        { id: 'dxcon-1', state: 'available' },
        { id: 'dxlag-1', state: 'down' },
      ],
    ],
    [
      'virtual interfaces',
      (aws) => aws.virtualInterfaces(),
      [
        { name: 'a', state: 'available', bgp: 'up' },
        { name: 'b', state: 'down', bgp: 'down' },
      ],
    ],
    [
      'a stack',
      (aws) => aws.stack('CDKToolkit'),
      { status: 'UPDATE_COMPLETE', isProtected: false, outputs: { BootstrapVersion: '28' } },
    ],
    ['a stack without resources', (aws) => aws.stackResources('dev-Network'), []],
  ])('%s', async (_, ask, expected) => {
    expect(await ask(await accountWith())).toEqual(expected);
  });

  test('a document and a parameter that are there', async () => {
    const aws = await accountWith({
      DescribeDocument: ({ input }) => ({
        body: { Document: { Name: input.Name, DefaultVersion: '1', LatestVersion: '2' } },
      }),
      GetParameter: ({ input }) => ({ body: { Parameter: { Name: input.Name, Type: 'String', Value: 'v' } } }),
    });
    expect(await aws.document('d')).toEqual({ defaultVersion: '1', latestVersion: '2' });
    expect(await aws.parameter('/p')).toEqual({ type: 'String', value: 'v' });
    expect(server?.seen.map(({ operation, input }) => [operation, input.Name])).toEqual([
      ['DescribeDocument', 'd'],
      ['GetParameter', '/p'],
    ]);
  });

  test('whether a stack is protected', async () => {
    const ready = READY.DescribeStacks?.({ operation: '', input: {} }).body;
    const flag = '<EnableTerminationProtection>true</EnableTerminationProtection><Outputs>';
    const body = typeof ready === 'string' ? ready.replace('<Outputs>', flag) : '';
    const aws = await accountWith({ DescribeStacks: () => ({ body }) });
    expect(await aws.stack('prod-Network')).toMatchObject({ isProtected: true });
  });

  test('a stack that is not there is none, and has no resources', async () => {
    const none = (): Reply => xmlError('ValidationError', 400, 'Stack with id dev-Network does not exist');
    const aws = await accountWith({ DescribeStacks: none, ListStackResources: none });
    expect(await aws.stack('dev-Network')).toBeUndefined();
    expect(await aws.stackResources('dev-Network')).toEqual([]);
  });

  test('another validation error is an error', async () => {
    const aws = await accountWith({ DescribeStacks: () => xmlError('ValidationError') });
    await expect(aws.stack('a b')).rejects.toMatchObject({ failure: 'failed' });
  });

  test('all pages', async () => {
    const aws = await accountWith({
      DescribeVpcs: ({ input }) => (input.NextToken === 'two' ? vpcs(['vpc-3']) : vpcs(['vpc-1', 'vpc-2'], 'two')),
      ListStackResources: ({ input }) =>
        input.NextToken === 'two'
          ? resources([['AWS::EC2::EIP', '203.0.113.1']])
          : resources([['AWS::EC2::VPC', 'vpc-1']], 'two'),
    });
    expect(await aws.vpcIds()).toEqual(['vpc-1', 'vpc-2', 'vpc-3']);
    expect(await aws.stackResources('dev-Network')).toEqual([
      { type: 'AWS::EC2::VPC', physicalId: 'vpc-1', status: 'CREATE_COMPLETE' },
      { type: 'AWS::EC2::EIP', physicalId: '203.0.113.1', status: 'CREATE_COMPLETE' },
    ]);
  });

  test('the default where a quota has no value of its own', async () => {
    const aws = await accountWith({
      GetServiceQuota: () => jsonError('NoSuchResourceException'),
      GetAWSDefaultServiceQuota: ({ input }) => ({
        body: { Quota: { Value: input.QuotaCode === QUOTA.code ? 7 : 0 } },
      }),
    });
    expect(await aws.quota(QUOTA)).toBe(7);
  });

  test('no value at all is an error', async () => {
    const aws = await accountWith({
      GetServiceQuota: () => ({ body: {} }),
      GetAWSDefaultServiceQuota: () => ({ body: {} }),
    });
    await expect(aws.quota(QUOTA)).rejects.toMatchObject({ failure: 'failed', message: /no value for vpc L-F678F1CE/ });
  });
});

describe('what AWS does not answer', () => {
  test.each<[string, string, Reply, (account: AwsAccount) => Promise<unknown>, AskFailure]>([
    ['ec2:DescribeVpcs', 'DescribeVpcs', ec2Error('UnauthorizedOperation', 403), (aws) => aws.vpcIds(), 'denied'],
    [
      'ec2:DescribeAddresses',
      'DescribeAddresses',
      ec2Error('AuthFailure', 401),
      (aws) => aws.elasticIps(),
      'credentials',
    ],
    ['ssm:GetParameter', 'GetParameter', jsonError('AccessDeniedException'), (aws) => aws.parameter('/p'), 'denied'],
    [
      'ssm:DescribeDocument',
      'DescribeDocument',
      jsonError('AccessDeniedException'),
      (aws) => aws.document('d'),
      'denied',
    ],
    [
      'cloudformation:DescribeStacks',
      'DescribeStacks',
      xmlError('AccessDenied', 403),
      (aws) => aws.stack('s'),
      'denied',
    ],
    [
      'sts:GetCallerIdentity',
      'GetCallerIdentity',
      xmlError('ExpiredToken', 403),
      (aws) => aws.identity(),
      'credentials',
    ],
    [
      'elasticbeanstalk:ListAvailableSolutionStacks',
      'ListAvailableSolutionStacks',
      xmlError('AccessDenied', 403),
      (aws) => aws.solutionStacks(),
      'denied',
    ],
    [
      'servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota',
      'GetServiceQuota',
      jsonError('AccessDeniedException'),
      (aws) => aws.quota(QUOTA),
      'denied',
    ],
  ])('%s: %s', async (action, operation, reply, ask, failure) => {
    const account = await accountWith({ [operation]: () => reply });
    await expect(ask(account)).rejects.toMatchObject({ name: 'AskError', failure, action });
  });

  const QUESTIONS: readonly (readonly [string, (account: AwsAccount) => Promise<unknown>])[] = [
    ['sts:GetCallerIdentity', (aws) => aws.identity()],
    ['elasticbeanstalk:ListAvailableSolutionStacks', (aws) => aws.solutionStacks()],
    ['ec2:DescribeAvailabilityZones', (aws) => aws.zones()],
    ['ec2:DescribeVpcs', (aws) => aws.vpcIds()],
    ['ec2:DescribeAddresses', (aws) => aws.elasticIps()],
    ['servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota', (aws) => aws.quota(QUOTA)],
    ['ssm:DescribeDocument', (aws) => aws.document('d')],
    ['ssm:GetParameter', (aws) => aws.parameter('/p')],
    ['directconnect:DescribeConnections and directconnect:DescribeLags', (aws) => aws.directConnectLines()],
    ['directconnect:DescribeVirtualInterfaces', (aws) => aws.virtualInterfaces()],
    ['cloudformation:DescribeStacks', (aws) => aws.stack('s')],
    ['cloudformation:ListStackResources', (aws) => aws.stackResources('s')],
  ];
  const always = async (reply: Reply): Promise<AwsAccount> =>
    accountWith(
      Object.fromEntries([...Object.keys(READY), 'GetAWSDefaultServiceQuota'].map((name) => [name, () => reply])),
    );

  test.each([200, 403])('a page of a proxy (HTTP %p) is one plain sentence, whatever was asked', async (status) => {
    const body = '<!DOCTYPE html><html><body>Please <br> sign in</body></html>';
    const aws = await always({ status, contentType: 'text/html; charset=utf-8', body });
    for (const [action, ask] of QUESTIONS) {
      await expect(ask(aws)).rejects.toMatchObject({
        failure: 'foreign',
        message: `HTTP ${status} to ${action} is not an answer of AWS (text/html)`,
      });
    }
  });

  test('HTTP 400 without a word names the call and the status', async () => {
    const aws = await always({ status: 400, contentType: 'text/plain', body: '' });
    for (const [action, ask] of QUESTIONS) {
      await expect(ask(aws)).rejects.toMatchObject({
        failure: 'silent',
        message: `HTTP 400 to ${action}, without a reason`,
      });
    }
  });

  test('nothing, said with HTTP 200, is not an account in which there is nothing', async () => {
    const aws = await always({ contentType: 'text/plain', body: '' });
    await expect(aws.identity()).rejects.toMatchObject({ failure: 'foreign' });
  });

  test('throttling is waited out', async () => {
    let throttled = 2;
    const aws = await accountWith({
      DescribeVpcs: () => (throttled-- > 0 ? ec2Error('RequestLimitExceeded', 503) : vpcs(['vpc-1'])),
    });
    expect(await aws.vpcIds()).toEqual(['vpc-1']);
    expect(server?.seen).toHaveLength(3);
  });

  test('throttling without end is named', async () => {
    const aws = await accountWith({ DescribeVpcs: () => ec2Error('RequestLimitExceeded', 503) });
    await expect(aws.vpcIds()).rejects.toMatchObject({ failure: 'throttled', action: 'ec2:DescribeVpcs' });
    expect(server?.seen).toHaveLength(3);
  });

  test('no answer at all is waited for until the deadline', async () => {
    const aws = await accountWith({ DescribeVpcs: () => undefined }, 300);
    await expect(aws.vpcIds()).rejects.toMatchObject({
      failure: 'unreachable',
      message: 'no answer within 0.3 s',
    });
  });

  test('no credentials: nothing is sent', async () => {
    const aws = await accountWith();
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    await expect(aws.identity()).rejects.toMatchObject({ failure: 'credentials' });
    expect(server?.seen).toEqual([]);
  });
});
