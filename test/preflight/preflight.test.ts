import { ConnectionState, LagState } from '@aws-sdk/client-direct-connect';
import { LINE_REMEDIES } from '../../lib/preflight/checks/virtual-interfaces';
import { AskError, type AskFailure } from '../../lib/preflight/ask-error';
import type { AwsAccount, Stack } from '../../lib/preflight/aws-account';
import { BOOTSTRAP_VERSION_PARAMETER } from '../../lib/preflight/checks/toolkit';
import type { Expectations, StackKind } from '../../lib/preflight/expectations';
import type { CheckResult } from '../../lib/preflight/check-result';
import { preflight } from '../../lib/preflight/preflight';
import { EXPECTED, readyAccount } from './support/memory-account';

const answer =
  <T>(value: T) =>
  (): Promise<T> =>
    Promise.resolve(value);
const refuse =
  (failure: AskFailure, action = 'service:Action') =>
  (): Promise<never> =>
    Promise.reject(new AskError(failure, action, `${failure} for the test`));

async function find(
  check: string,
  changes: Partial<AwsAccount>,
  expected: Partial<Expectations> = {},
): Promise<CheckResult> {
  const findings = await preflight(readyAccount(changes), { ...EXPECTED, ...expected });
  const others = findings.filter((finding) => finding.check !== check && finding.status !== 'ok');
  // A change to one thing must not be found elsewhere.
  if (check !== 'account') expect(others).toEqual([]);
  const found = findings.find((finding) => finding.check === check);
  if (found === undefined) throw new Error(`no check ${check}`);
  return found;
}

const CHECKS = [
  'account',
  'toolkit',
  'stacks',
  'zones',
  'vpcs',
  'addresses',
  'session preferences',
  'platform',
  'certificate',
  'connection',
  'interfaces',
  'host names',
];

describe('an account that is ready', () => {
  test('is found to be', async () => {
    const findings = await preflight(readyAccount(), EXPECTED);
    expect(findings.map(({ check, status, remedy }) => [check, status, remedy])).toEqual(
      CHECKS.map((check) => [check, 'ok', null]),
    );
  });

  test('is not asked for what the environment does not need', async () => {
    const findings = await preflight(readyAccount(), {
      ...EXPECTED,
      elasticIps: 0,
      sessionDocumentName: undefined,
      solutionStackName: undefined,
      certificateParameter: undefined,
      connectParameters: [],
      virtualInterfaces: [],
    });
    expect(findings.map(({ check }) => check)).toEqual(['account', 'toolkit', 'stacks', 'zones', 'vpcs', 'host names']);
  });

  test('progress goes up to the number of questions', async () => {
    const seen: [number, number][] = [];
    await preflight(readyAccount(), EXPECTED, (answered, all) => seen.push([answered, all]));
    expect(seen).toEqual(CHECKS.map((_, index) => [index + 1, CHECKS.length]));
  });
});

describe('account', () => {
  test('any will do where the environment names none', async () => {
    const finding = await find('account', {}, { account: undefined });
    expect(finding).toMatchObject({ status: 'ok', found: 'arn:aws:iam::123456789012:user/hanako' });
  });

  test('another one fails, and is asked nothing else', async () => {
    const account = readyAccount();
    const [first, ...others] = await preflight(account, { ...EXPECTED, account: '210987654321' });
    expect(first).toEqual({
      check: 'account',
      status: 'fails',
      asked: 'are the credentials of account 210987654321?',
      found: 'they are of 123456789012 (arn:aws:iam::123456789012:user/hanako)',
      remedy: 'sign in to 210987654321, or correct account in lib/environments/dev.ts',
    });
    expect(others.pop()).toMatchObject({ check: 'host names', status: 'ok' });
    expect(new Set(others.map(({ status, found }) => `${status} ${found}`))).toEqual(
      new Set(['unknown not asked: the credentials are of another account']),
    );
    expect(account.zones).not.toHaveBeenCalled();
  });

  test.each([
    ['credentials', 'not asked: no valid credentials', /^sign in/],
    ['unreachable', 'not asked: AWS cannot be reached', /^look whether this machine reaches AWS/],
    ['foreign', 'not asked: what answers is not AWS', /^look what answers in the place of AWS/],
  ] as const)('%s: everything is unknown, and nothing else is waited for', async (failure, found, remedy) => {
    const account = readyAccount({ identity: refuse(failure) });
    const [first, ...others] = await preflight(account, EXPECTED);
    expect(first).toMatchObject({ status: 'unknown', found: `${failure} for the test` });
    expect(others).toHaveLength(CHECKS.length - 1);
    for (const other of others.filter(({ check }) => check !== 'host names')) {
      expect(other).toMatchObject({ status: 'unknown', found });
      expect(other.remedy).toMatch(remedy);
    }
    expect(account.zones).not.toHaveBeenCalled();
  });

  test('a caller who may not ask who he is may ask the rest', async () => {
    const findings = await preflight(readyAccount({ identity: refuse('denied') }), EXPECTED);
    expect(findings.map(({ status }) => status)).toEqual([
      'unknown',
      ...Array.from({ length: CHECKS.length - 1 }, () => 'ok'),
    ]);
  });
});

describe('toolkit', () => {
  const stackOf = (outputs: Record<string, string>, status = 'CREATE_COMPLETE'): Promise<Stack> =>
    Promise.resolve({ status, isProtected: false, outputs });
  const withParameter = (value: string | undefined): AwsAccount['parameter'] => {
    const { parameter } = readyAccount();
    return (name) =>
      name === BOOTSTRAP_VERSION_PARAMETER
        ? Promise.resolve(value === undefined ? undefined : { type: 'String', value })
        : parameter(name);
  };
  const COMMAND = 'npx cdk bootstrap aws://123456789012/ap-northeast-1';

  test.each([
    ['a version too old', { stack: () => stackOf({ BootstrapVersion: '5' }) }, 'version 5', COMMAND],
    [
      'no stack and no parameter',
      { stack: answer(undefined) },
      `neither CDKToolkit nor ${BOOTSTRAP_VERSION_PARAMETER}`,
      COMMAND,
    ],
    [
      'a stack whose creation failed',
      { stack: () => stackOf({}, 'ROLLBACK_COMPLETE') },
      'CDKToolkit is ROLLBACK_COMPLETE and has no version',
      `${COMMAND} (after deleting the stack, if its creation failed)`,
    ],
    [
      'a parameter that is no version',
      { stack: answer(undefined), parameter: withParameter('new') },
      /^neither/,
      COMMAND,
    ],
  ])('%s fails', async (_, changes, found, remedy) => {
    expect(await find('toolkit', changes)).toMatchObject({
      status: 'fails',
      found: expect.stringMatching(found) as unknown,
      remedy,
    });
  });

  test.each([
    ['the least version', { stack: () => stackOf({ BootstrapVersion: '6' }) }, 'version 6'],
    ['a stack of another name', { stack: answer(undefined), parameter: withParameter('21') }, 'version 21'],
  ])('%s is ok', async (_, changes, found) => {
    expect(await find('toolkit', changes)).toMatchObject({ status: 'ok', found });
  });

  test('a stack that must not be looked at leaves the parameter', async () => {
    const changes = { stack: refuse('denied'), parameter: withParameter('21') };
    const results = await preflight(readyAccount(changes), EXPECTED);
    expect(results.find(({ check }) => check === 'toolkit')).toMatchObject({ status: 'ok', found: 'version 21' });
    expect(results.filter(({ status }) => status !== 'ok').map(({ check }) => check)).toEqual(['stacks']);
  });

  test('without an account in the settings, the remedy has a blank to fill in', async () => {
    const finding = await find('toolkit', { stack: answer(undefined) }, { account: undefined });
    expect(finding.remedy).toBe('npx cdk bootstrap aws://<account>/ap-northeast-1');
  });
});

describe('zones', () => {
  test('one that this account does not have', async () => {
    expect(await find('zones', {}, { availabilityZones: ['ap-northeast-1a', 'ap-northeast-1b'] })).toMatchObject({
      status: 'fails',
      found: 'ap-northeast-1b not among ap-northeast-1a, ap-northeast-1c, ap-northeast-1d',
      remedy: 'choose others under availabilityZones in lib/environments/dev.ts, before the first deployment',
    });
  });

  test('one that is not available', async () => {
    const zones = ['a', 'c'].map((letter) => ({
      name: `ap-northeast-1${letter}`,
      state: letter === 'a' ? 'available' : 'impaired',
    }));
    const finding = await find('zones', { zones: answer(zones) });
    expect(finding).toMatchObject({ status: 'fails', found: 'ap-northeast-1c is impaired' });
  });
});

describe('room', () => {
  const vpcs = (number: number): string[] => Array.from({ length: number }, (_, index) => `vpc-${index}`);
  const network = (...resources: [string, string][]): AwsAccount['stackResources'] =>
    jest.fn((name: string) =>
      Promise.resolve(
        name === 'dev-Network'
          ? resources.map(([type, physicalId]) => ({ type, physicalId, status: 'CREATE_COMPLETE' }))
          : [],
      ),
    );

  test.each([
    [0, 'ok'],
    [4, 'ok'],
    [5, 'fails'],
    [9, 'fails'],
  ])('%p VPCs of 5', async (existing, status) => {
    const finding = await find('vpcs', { vpcIds: answer(vpcs(existing)) });
    expect(finding).toMatchObject({ status, found: `${existing} of 5 in use` });
  });

  test('what is missing is named, with the command that asks for it', async () => {
    expect(await find('vpcs', { vpcIds: answer(vpcs(5)) })).toMatchObject({
      remedy:
        'delete 1 VPC that nobody needs, or have the quota raised: aws service-quotas request-service-quota-increase ' +
        '--region ap-northeast-1 --service-code vpc --quota-code L-F678F1CE --desired-value 6',
    });
    const four = ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4'];
    expect(await find('addresses', { elasticIps: answer(four) }, { elasticIps: 3 })).toMatchObject({
      status: 'fails',
      remedy: expect.stringMatching(
        /^delete 2 Elastic IP addresses .* --service-code ec2 --quota-code L-0263D0A3 --desired-value 7$/,
      ) as unknown,
    });
  });

  test('a VPC that this environment already made is not made again', async () => {
    const stackResources = network(['AWS::EC2::VPC', 'vpc-4'], ['AWS::EC2::EIP', '203.0.113.9']);
    const finding = await find('vpcs', { vpcIds: answer(vpcs(5)), stackResources });
    expect(finding).toMatchObject({ status: 'ok', found: '5 of 5 in use, 1 by this environment' });
  });

  test("another environment's VPC, or one deleted by hand, does not help", async () => {
    const stackResources = network(['AWS::EC2::VPC', 'vpc-gone'], ['AWS::EC2::Subnet', 'vpc-4']);
    expect(await find('vpcs', { vpcIds: answer(vpcs(5)), stackResources })).toMatchObject({ status: 'fails' });
  });

  test.each(['203.0.113.2', '203.0.113.2|eipalloc-0a'])(
    'an address of its own, %s, counts for one of two',
    async (id) => {
      const elasticIps = answer(['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4']);
      const stackResources = network(['AWS::EC2::EIP', id]);
      expect(await find('addresses', { elasticIps, stackResources })).toMatchObject({
        status: 'ok',
        found: '4 of 5 in use, 1 by this environment',
      });
      expect(await find('addresses', { elasticIps })).toMatchObject({ status: 'fails' });
    },
  );

  test('where there is room, nobody asks whose the others are', async () => {
    const stackResources = jest.fn(refuse('denied'));
    expect(await find('vpcs', { vpcIds: answer(vpcs(4)), stackResources })).toMatchObject({ status: 'ok' });
    expect(stackResources).not.toHaveBeenCalled();
  });
});

describe('session preferences', () => {
  const own: AwsAccount['stackResources'] = (name) =>
    Promise.resolve([
      {
        type: 'AWS::SSM::Document',
        physicalId: name === 'dev-Access' ? 'SSM-SessionManagerRunShell' : 'x',
        status: 'CREATE_COMPLETE',
      },
    ]);

  test("somebody else's document fails", async () => {
    expect(
      await find('session preferences', { document: answer({ defaultVersion: '2', latestVersion: '2' }) }),
    ).toMatchObject({
      status: 'fails',
      found: 'SSM-SessionManagerRunShell exists, made by somebody else',
      remedy:
        'import it (npx cdk import dev-Access), or delete it ' +
        '(aws ssm delete-document --region ap-northeast-1 --name SSM-SessionManagerRunShell), ' +
        'or set access.accountPreferences to false in lib/environments/dev.ts',
    });
  });

  test("an environment's own name has nothing to do with the account's preferences", async () => {
    const changes = { document: answer({ defaultVersion: '2', latestVersion: '2' }) };
    const { remedy } = await find('session preferences', changes, {
      sessionDocumentName: 'dev-SessionManagerRunShell',
    });
    expect(remedy).not.toContain('accountPreferences');
  });

  test("this environment's own is ok", async () => {
    expect(
      await find('session preferences', {
        document: answer({ defaultVersion: '2', latestVersion: '2' }),
        stackResources: own,
      }),
    ).toMatchObject({
      status: 'ok',
      found: 'SSM-SessionManagerRunShell exists, made by this environment',
    });
  });
});

describe('session preferences of this environment', () => {
  const stackResources = answer([
    { type: 'AWS::SSM::Document', physicalId: 'SSM-SessionManagerRunShell', status: 'UPDATE_COMPLETE' },
  ]);

  test('a version that is not the default warns, with the command that makes it', async () => {
    const document = answer({ defaultVersion: '1', latestVersion: '3' });
    expect(await find('session preferences', { document, stackResources })).toEqual({
      check: 'session preferences',
      status: 'warns',
      asked: 'can SSM-SessionManagerRunShell be created?',
      found: 'SSM-SessionManagerRunShell has version 3, and sessions go by version 1',
      remedy:
        'put the latest preferences in force\n  aws ssm update-document-default-version --region ap-northeast-1 ' +
        '--name SSM-SessionManagerRunShell --document-version 3',
    });
  });

  test("somebody else's document is not looked into", async () => {
    const document = answer({ defaultVersion: '1', latestVersion: '3' });
    expect(await find('session preferences', { document })).toMatchObject({ status: 'fails' });
  });
});

describe('host names', () => {
  const exampleHostNames = [
    { path: 'dev.web.hostNames[0]', value: 'www.example.com', reason: 'is an example', remedy: 'write your own' },
  ];

  test('an example is named, with what to do', async () => {
    expect(await find('host names', {}, { exampleHostNames })).toMatchObject({
      status: 'fails',
      found: 'still an example: www.example.com',
      remedy: 'dev.web.hostNames[0]: "www.example.com" is an example; write your own',
    });
  });

  test('is known without AWS', async () => {
    const results = await preflight(readyAccount({ identity: refuse('credentials') }), {
      ...EXPECTED,
      exampleHostNames,
    });
    expect(results.filter(({ status }) => status !== 'unknown').map(({ check, status }) => [check, status])).toEqual([
      ['host names', 'fails'],
    ]);
  });
});

describe('only what concerns the stacks', () => {
  const only = async (...kinds: StackKind[]): Promise<string[]> => {
    const stacks = kinds.map((kind) => ({ kind, name: `dev-${kind}` }));
    return (await preflight(readyAccount(), { ...EXPECTED, stacks })).map(({ check }) => check).slice(3);
  };

  test.each<[StackKind, readonly string[]]>([
    ['Network', ['zones', 'vpcs', 'addresses']],
    ['Access', ['session preferences']],
    ['Web', ['platform', 'certificate', 'host names']],
    ['Stream', []],
    ['Firewall', []],
    ['Delivery', []],
    ['DeliveryTarget', []],
    ['Review', []],
  ])('%s: account, toolkit, stacks and %j', async (kind, checks) => {
    expect(await only(kind)).toEqual(checks);
  });

  test('several', async () => {
    expect(await only('Access', 'Network')).toEqual(['zones', 'vpcs', 'addresses', 'session preferences']);
  });

  test('what is not asked is not asked of AWS', async () => {
    const account = readyAccount();
    await preflight(account, { ...EXPECTED, stacks: [{ kind: 'Stream', name: 'dev-Stream' }] });
    expect(account.zones).not.toHaveBeenCalled();
    expect(account.solutionStacks).not.toHaveBeenCalled();
    expect(account.document).not.toHaveBeenCalled();
  });
});

describe('platform', () => {
  const wanted = (solutionStackName: string): Promise<CheckResult> => find('platform', {}, { solutionStackName });

  test('a retired one', async () => {
    expect(await wanted('64bit Amazon Linux 2 v3.8.4 running PHP 8.0')).toMatchObject({
      status: 'fails',
      found: '64bit Amazon Linux 2 v3.8.4 running PHP 8.0 is not offered to this account',
      remedy:
        'choose another platform under web in lib/environments/dev.ts; offered are ' +
        '64bit Amazon Linux 2023 v4.13.7 running PHP 8.5, 64bit Amazon Linux 2023 v4.13.7 running PHP 8.4',
    });
  });

  test('an old version', async () => {
    expect(await wanted('64bit Amazon Linux 2023 v4.9.1 running Docker')).toMatchObject({
      status: 'fails',
      remedy: expect.stringContaining('64bit Amazon Linux 2023 v4.9.3 running Docker') as unknown,
    });
  });

  test('one that nothing is like', async () => {
    const { remedy } = await wanted('64bit Windows Server 2022 v2.1 running IIS 10.0');
    expect(remedy).toBe('choose another platform under web in lib/environments/dev.ts');
  });
});

describe('certificate', () => {
  const holding = (type: string, value: string): Promise<CheckResult> =>
    find(
      'certificate',
      { parameter: answer({ type, value }) },
      {
        connectParameters: [],
        virtualInterfaces: [],
      },
    );

  test('no parameter', async () => {
    const { status, found, remedy } = await find('certificate', {}, { certificateParameter: '/dev/web/other' });
    expect([status, found]).toEqual(['fails', 'there is no /dev/web/other']);
    expect(remedy).toMatch(/^aws ssm put-parameter --region ap-northeast-1 .* --name \/dev\/web\/other /);
  });

  test.each([
    ['SecureString', 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a', /is a SecureString, not a String$/],
    ['String', 'arn:aws:acm:us-east-1:123456789012:certificate/0a', /names a certificate of us-east-1$/],
    ['String', 'arn:aws:iam:ap-northeast-1:123456789012:certificate/0a', /holds no ARN of a certificate$/],
    ['String', 'secret', /holds no ARN of a certificate$/],
  ])('%s %s fails', async (type, value, found) => {
    const finding = await holding(type, value);
    expect(finding.status).toBe('fails');
    expect(finding.found).toMatch(found);
    expect(JSON.stringify(finding)).not.toContain('secret');
  });
});

describe('connection', () => {
  const asks = (holds: 'connection' | 'address') => ({
    certificateParameter: undefined,
    connectParameters: [{ name: '/dev/connect/x', holds }],
    virtualInterfaces: [],
  });

  test.each([
    ['connection', 'String', 'dxcon-fg5678gh'],
    ['connection', 'String', 'dxlag-fg5678gh'],
    ['address', 'String', '8.8.8.8'],
  ] as const)('%s: %s %s will do', async (holds, type, value) => {
    const finding = await find('connection', { parameter: answer({ type, value }) }, asks(holds));
    expect(finding.status).toBe('ok');
  });

  test.each([
    ['connection', 'SecureString', 'dxcon-fg5678gh', '/dev/connect/x is a SecureString, not a String'],
    ['connection', 'String', 'dxvif-fg5678gh', '/dev/connect/x does not hold the ID of a connection or LAG'],
    ['address', 'String', 'vpn.example.com', '/dev/connect/x does not hold a public IPv4 address'],
  ] as const)('%s: %s %s fails', async (holds, type, value, found) => {
    const finding = await find('connection', { parameter: answer({ type, value }) }, asks(holds));
    expect(finding.status).toBe('fails');
    expect(finding.found).toContain(found);
  });

  test('no parameter, with the command that makes it', async () => {
    const { status, found, remedy } = await find('connection', {}, asks('connection'));
    expect([status, found]).toEqual(['fails', 'there is no /dev/connect/x']);
    expect(remedy).toMatch(/^aws ssm put-parameter --region ap-northeast-1 .* --name \/dev\/connect\/x /);
  });
});

describe('interfaces', () => {
  const lines = (tokyo: string) =>
    answer([
      { id: 'dxcon-fg5678gh', state: tokyo },
      { id: 'dxlag-fg5678gh', state: 'available' },
    ]);
  const made = (state: string, bgp: 'up' | 'down') => answer([{ name: 'dev-tokyo', state, bgp }]);

  test.each(['requested', 'pending', 'down', 'ordering', 'unknown'])(
    'a connection that is %s is physical',
    async (state) => {
      const { status, found, remedy } = await find('interfaces', { directConnectLines: lines(state) });
      expect([status, found]).toEqual(['fails', `physical: dxcon-fg5678gh is ${state}`]);
      expect(remedy).not.toBe('');
    },
  );

  test('one that is not there', async () => {
    const { found } = await find('interfaces', {
      directConnectLines: answer([{ id: 'dxlag-fg5678gh', state: 'available' }]),
    });
    expect(found).toBe('physical: there is no dxcon-fg5678gh here');
  });

  test.each([
    ['down', 'down', 'BGP: dev-tokyo is down'],
    ['pending', 'down', 'VLAN: dev-tokyo is pending'],
    ['confirming', 'down', 'VLAN: dev-tokyo is confirming'],
  ] as const)('an interface that is %s with BGP %s', async (state, bgp, found) => {
    expect(await find('interfaces', { virtualInterfaces: made(state, bgp) })).toMatchObject({ status: 'fails', found });
  });

  test.each([
    ['available', 'up'],
    ['testing', 'down'],
  ] as const)('%s will do', async (state, bgp) => {
    expect(await find('interfaces', { virtualInterfaces: made(state, bgp) })).toMatchObject({ status: 'ok' });
  });

  test('those that are not there yet have no state', async () => {
    expect(await find('interfaces', { virtualInterfaces: answer([]) })).toMatchObject({ status: 'ok' });
  });

  test('every state that a connection can have has its remedy', () => {
    const others = Object.values({ ...ConnectionState, ...LagState }).filter(
      (state) => state !== 'available' && state !== 'unknown',
    );
    for (const state of others) expect([state, LINE_REMEDIES[state]]).toEqual([state, expect.any(String)]);
  });
});

describe('what AWS does not answer', () => {
  test.each([
    ['zones', 'zones', 'ec2:DescribeAvailabilityZones'],
    ['vpcs', 'vpcIds', 'ec2:DescribeVpcs'],
    ['addresses', 'elasticIps', 'ec2:DescribeAddresses'],
    ['session preferences', 'document', 'ssm:DescribeDocument'],
    ['platform', 'solutionStacks', 'elasticbeanstalk:ListAvailableSolutionStacks'],
  ] as const)('%s: denied is unknown, with the action to allow', async (check, question, action) => {
    expect(await find(check, { [question]: refuse('denied', action) })).toMatchObject({
      status: 'unknown',
      found: 'denied for the test',
      remedy: `allow ${action}, or look yourself`,
    });
  });

  test.each(['throttled', 'failed', 'unreachable', 'credentials'] as const)('%s is unknown, too', async (failure) => {
    expect(await find('zones', { zones: refuse(failure) })).toMatchObject({ status: 'unknown' });
  });

  test('a defect of ours is none of it', async () => {
    const zones = (): Promise<never> => Promise.reject(new TypeError('x is not a function'));
    await expect(preflight(readyAccount({ zones }), EXPECTED)).rejects.toThrow(TypeError);
  });
});
