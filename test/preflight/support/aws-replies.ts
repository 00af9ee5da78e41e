import type { Reply, SeenRequest } from './aws-server';

/** What an account that is ready for `dev` says, in the words of AWS's protocols. */
export const READY: Readonly<Record<string, (request: SeenRequest) => Reply>> = {
  GetCallerIdentity: () =>
    result('GetCallerIdentity', '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/hanako</Arn>'),
  ListAvailableSolutionStacks: () =>
    result(
      'ListAvailableSolutionStacks',
      '<SolutionStacks><member>64bit Amazon Linux 2023 v4.13.7 running PHP 8.5</member>' +
        '<member>64bit Amazon Linux 2 v3.8.4 running PHP 8.0</member></SolutionStacks>',
    ),
  DescribeAvailabilityZones: () => ({
    body: `<DescribeAvailabilityZonesResponse><availabilityZoneInfo>${['a', 'c', 'd']
      .map((letter) => `<item><zoneName>ap-northeast-1${letter}</zoneName><zoneState>available</zoneState></item>`)
      .join('')}</availabilityZoneInfo></DescribeAvailabilityZonesResponse>`,
  }),
  DescribeVpcs: () => vpcs(['vpc-1']),
  DescribeAddresses: () => ({
    body: '<DescribeAddressesResponse><addressesSet><item><publicIp>203.0.113.1</publicIp></item></addressesSet></DescribeAddressesResponse>',
  }),
  GetServiceQuota: () => ({ body: { Quota: { Value: 5 } } }),
  DescribeDocument: () => ({ status: 400, body: { __type: 'InvalidDocument', message: 'There is none.' } }),
  GetParameter: () => ({ status: 400, body: { __type: 'ParameterNotFound', message: 'There is none.' } }),
  DescribeConnections: () => ({ body: { connections: [{ connectionId: 'dxcon-1', connectionState: 'available' }] } }),
  DescribeLags: () => ({ body: { lags: [{ lagId: 'dxlag-1', lagState: 'down' }] } }),
  DescribeVirtualInterfaces: () => ({
    body: {
      virtualInterfaces: [
        {
          virtualInterfaceName: 'a',
          virtualInterfaceState: 'available',
          bgpPeers: [{ bgpStatus: 'down' }, { bgpStatus: 'up' }],
        },
        { virtualInterfaceName: 'b', virtualInterfaceState: 'down' },
      ],
    },
  }),
  DescribeStacks: () =>
    result(
      'DescribeStacks',
      '<Stacks><member><StackName>CDKToolkit</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>' +
        '<CreationTime>2026-11-01T00:00:00Z</CreationTime><Outputs><member><OutputKey>BootstrapVersion</OutputKey>' +
        '<OutputValue>28</OutputValue></member></Outputs></member></Stacks>',
    ),
  ListStackResources: () => resources([]),
};

export function vpcs(ids: readonly string[], nextToken = ''): Reply {
  const items = ids.map((id) => `<item><vpcId>${id}</vpcId></item>`).join('');
  const next = nextToken === '' ? '' : `<nextToken>${nextToken}</nextToken>`;
  return { body: `<DescribeVpcsResponse><vpcSet>${items}</vpcSet>${next}</DescribeVpcsResponse>` };
}

export function resources(list: readonly (readonly [string, string])[], nextToken = ''): Reply {
  const members = list.map(
    ([type, id]) =>
      `<member><LogicalResourceId>X</LogicalResourceId><ResourceType>${type}</ResourceType>` +
      `<PhysicalResourceId>${id}</PhysicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus>` +
      '<LastUpdatedTimestamp>2026-11-01T00:00:00Z</LastUpdatedTimestamp></member>',
  );
  const next = nextToken === '' ? '' : `<NextToken>${nextToken}</NextToken>`;
  return result('ListStackResources', `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>${next}`);
}

function result(operation: string, content: string): Reply {
  return { body: `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>` };
}
