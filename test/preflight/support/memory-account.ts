import type { AwsAccount } from '../../../lib/preflight/aws-account';
import type { Expectations } from '../../../lib/preflight/expectations';

/** What `readyAccount` is ready for. */
export const EXPECTED: Expectations = {
  environment: 'dev',
  region: 'ap-northeast-1',
  account: '123456789012',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  vpcs: 1,
  elasticIps: 2,
  sessionDocumentName: 'SSM-SessionManagerRunShell',
  solutionStackName: '64bit Amazon Linux 2023 v4.13.7 running PHP 8.5',
  certificateParameter: '/dev/web/certificate-arn',
  connectParameters: [{ name: '/dev/connect/tokyo', holds: 'connection' }],
  virtualInterfaces: [
    { name: 'dev-tokyo', connection: { parameter: '/dev/connect/tokyo' } },
    { name: 'dev-osaka', connection: { id: 'dxlag-fg5678gh' } },
  ],
  exampleHostNames: [],
  toolkitStackName: 'CDKToolkit',
  stacks: (['Network', 'Access', 'Web', 'Connect'] as const).map((kind) => ({ kind, name: `dev-${kind}` })),
};

/** An account in which nothing stands in the way of what is expected, but for what a test changes. */
export function readyAccount(changes: Partial<AwsAccount> = {}): AwsAccount {
  const parameters: Record<string, string> = {
    '/dev/web/certificate-arn': 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d',
    '/dev/connect/tokyo': 'dxcon-fg5678gh',
  };
  const answer = <T>(value: T): (() => Promise<T>) => jest.fn(() => Promise.resolve(value));
  return {
    identity: answer({ account: '123456789012', arn: 'arn:aws:iam::123456789012:user/hanako' }),
    solutionStacks: answer([
      '64bit Amazon Linux 2023 v4.13.7 running PHP 8.5',
      '64bit Amazon Linux 2023 v4.13.7 running PHP 8.4',
      '64bit Amazon Linux 2023 v4.9.3 running Docker',
    ]),
    zones: answer(
      ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'].map((name) => ({ name, state: 'available' })),
    ),
    vpcIds: answer(['vpc-1']),
    elasticIps: answer(['203.0.113.1']),
    quota: answer(5),
    document: answer(undefined),
    parameter: (name) => {
      const value = parameters[name];
      return Promise.resolve(value === undefined ? undefined : { type: 'String', value });
    },
    directConnectLines: answer([
      { id: 'dxcon-fg5678gh', state: 'available' },
      { id: 'dxlag-fg5678gh', state: 'available' },
    ]),
    virtualInterfaces: answer([{ name: 'dev-tokyo', state: 'available', bgp: 'up' as const }]),
    stack: answer({ status: 'CREATE_COMPLETE', isProtected: false, outputs: { BootstrapVersion: '28' } }),
    stackResources: answer([]),
    ...changes,
  };
}
