import { prod } from '../../lib/environments/prod';
import type { EnvironmentInput } from '../../lib/environments/schema';
import type { EnvironmentStacks } from '../../lib/environments/create-environment';
import { bitsPerSecond } from '../../lib/connect/constructs/connect-alarms';
import { jsonOf, resourcesOfType, synthesize, type TemplateJson } from '../support/synthesize';
import { OSAKA, TOKYO } from './support';

const CONNECT = {
  customerAsn: 65_000,
  interfaces: [TOKYO, OSAKA],
  vpn: { address: 'ssm:/connect/vpn-address', tunnels: ['169.254.60.0/30', '169.254.60.4/30'] },
  logs: { retentionDays: 30 },
};

function stacks(change: object = {}): EnvironmentStacks {
  const { name, region, availabilityZones, network } = prod;
  const connect = { ...CONNECT, ...change } as EnvironmentInput['connect'];
  return synthesize({ name, region, availabilityZones, network, connect });
}

function connect(change: object = {}): TemplateJson {
  const stack = stacks(change).connect;
  if (stack === undefined) throw new Error('no Connect stack');
  return jsonOf(stack);
}

function properties(template: TemplateJson, type: string): Record<string, unknown>[] {
  return resourcesOfType(template, type).map(([, { Properties }]) => Properties ?? {});
}

let privateOne: TemplateJson;
let transit: TemplateJson;

beforeAll(() => {
  privateOne = connect();
  transit = connect({ gateway: 'transit', tiers: ['app'], vpn: { address: '8.8.8.8' } });
});

describe('Direct Connect', () => {
  test('an interface on each connection, for a gateway that is associated for the VPC alone', () => {
    expect(properties(privateOne, 'AWS::DirectConnect::DirectConnectGateway')).toEqual([
      expect.objectContaining({ DirectConnectGatewayName: 'prod', AmazonSideAsn: '64512' }),
    ]);
    expect(properties(privateOne, 'AWS::DirectConnect::DirectConnectGatewayAssociation')).toEqual([
      expect.objectContaining({ AllowedPrefixesToDirectConnectGateway: ['10.1.0.0/16'] }),
    ]);
    expect(properties(privateOne, 'AWS::DirectConnect::PrivateVirtualInterface')).toEqual([
      expect.objectContaining({
        ConnectionId: 'dxcon-tokyo0001',
        VirtualInterfaceName: 'prod-tokyo',
        Vlan: 101,
        Mtu: 1500,
        EnableSiteLink: false,
        BgpPeers: [
          {
            AddressFamily: 'ipv4',
            Asn: '65000',
            AmazonAddress: '169.254.100.1/30',
            CustomerAddress: '169.254.100.2/30',
            AuthKey: '{{resolve:secretsmanager:prod/connect/tokyo}}',
          },
        ],
      }),
      expect.objectContaining({ ConnectionId: '{{resolve:ssm:/connect/osaka}}', VirtualInterfaceName: 'prod-osaka' }),
    ]);
  });

  test('transit interfaces for a transit gateway', () => {
    expect(properties(transit, 'AWS::DirectConnect::TransitVirtualInterface')).toHaveLength(2);
    expect(properties(transit, 'AWS::DirectConnect::PrivateVirtualInterface')).toEqual([]);
  });
});

describe('the gateway of the VPC', () => {
  test('teaches the tables of the named tiers, after it is attached and associated', () => {
    const [[, propagation] = ['', undefined]] = resourcesOfType(privateOne, 'AWS::EC2::VPNGatewayRoutePropagation');
    // Three zones, two tiers.
    expect(propagation?.Properties?.RouteTableIds).toHaveLength(6);
    expect(propagation?.DependsOn).toEqual([
      expect.stringMatching(/^DirectConnectAssociation/),
      expect.stringMatching(/^PrivateGatewayAttachment/),
    ]);
    const [[, association] = ['', undefined]] = resourcesOfType(
      privateOne,
      'AWS::DirectConnect::DirectConnectGatewayAssociation',
    );
    expect(association?.DependsOn).toEqual([expect.stringMatching(/^PrivateGatewayAttachment/)]);
  });

  test('or, of a transit gateway, has routes written into them: nothing propagates there', () => {
    const routes = properties(transit, 'AWS::EC2::Route');
    expect(routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(
      Array<string>(3).fill('192.168.0.0/16'),
    );
    expect(properties(transit, 'AWS::EC2::TransitGatewayAttachment')[0]?.SubnetIds).toHaveLength(3);
    expect(properties(transit, 'AWS::EC2::TransitGateway')).toEqual([
      expect.objectContaining({ AmazonSideAsn: 64_513, AutoAcceptSharedAttachments: 'disable' }),
    ]);
  });
});

describe('the VPN', () => {
  test('has strong algorithms only, keys that are in no template, and a log', () => {
    const [vpn] = properties(privateOne, 'AWS::EC2::VPNConnection');
    expect(vpn).toMatchObject({ StaticRoutesOnly: false, PreSharedKeyStorage: 'SecretsManager' });
    expect(JSON.stringify(vpn)).not.toContain('PreSharedKey":');
    const tunnels = vpn?.VpnTunnelOptionsSpecifications as Record<string, unknown>[];
    expect(tunnels.map(({ TunnelInsideCidr }) => TunnelInsideCidr)).toEqual(['169.254.60.0/30', '169.254.60.4/30']);
    for (const tunnel of tunnels) {
      expect(tunnel).toMatchObject({
        IKEVersions: [{ Value: 'ikev2' }],
        StartupAction: 'start',
        DPDTimeoutSeconds: 30,
      });
      // What AWS takes by default: "Tunnel options", AWS Site-to-Site VPN User Guide.
      expect(JSON.stringify(tunnel)).not.toMatch(/"AES128|"SHA1"|"Value":(2|5|15|16|17|18|22|23|24)\b/);
      expect(JSON.stringify(tunnel)).toContain('"BgpLogEnabled":true');
    }
  });

  test('learns by BGP, or has the routes written down', () => {
    expect(properties(privateOne, 'AWS::EC2::VPNConnectionRoute')).toEqual([]);
    const fixed = connect({ vpn: { address: '8.8.8.8', routing: 'static' } });
    expect(properties(fixed, 'AWS::EC2::VPNConnectionRoute')).toEqual([
      expect.objectContaining({ DestinationCidrBlock: '192.168.0.0/16' }),
    ]);
  });

  test('has the number of the customer, in the property that has room for it', () => {
    expect(properties(privateOne, 'AWS::EC2::CustomerGateway')).toEqual([
      expect.objectContaining({ BgpAsn: 65_000, IpAddress: '{{resolve:ssm:/connect/vpn-address}}' }),
    ]);
    const [large] = properties(connect({ customerAsn: 4_199_999_999 }), 'AWS::EC2::CustomerGateway');
    expect(large).toMatchObject({ BgpAsnExtended: 4_199_999_999 });
    expect(large).not.toHaveProperty('BgpAsn');
  });
});

describe('alarms', () => {
  test('one for everything that can be down or full', () => {
    expect(resourcesOfType(privateOne, 'AWS::CloudWatch::Alarm').map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(
      [
        ...['Tokyo', 'Osaka'].flatMap((name) =>
          ['Bgp', 'NoPrefixes', 'ManyPrefixes'].map((what) => `Alarms${name}${what}`),
        ),
        ...['Tokyo', 'Osaka'].flatMap((name) =>
          ['Connection', 'Errors', 'Egress', 'Ingress'].map((what) => `Alarms${name}${what}`),
        ),
        'AlarmsVpnTunnel',
      ],
    );
  });

  test('a state that is not told counts as down, and traffic that is not told as none', () => {
    for (const [id, { Properties }] of resourcesOfType(privateOne, 'AWS::CloudWatch::Alarm')) {
      const isState = /Bgp|Connection|VpnTunnel/.test(id);
      expect([id, Properties?.TreatMissingData]).toEqual([id, isState ? 'breaching' : 'notBreaching']);
    }
  });

  test('interfaces of one connection share what is told of the connection', () => {
    const shared = connect({
      interfaces: [TOKYO, { ...OSAKA, connection: TOKYO.connection, vlan: 102, location: 'EqTY2' }],
    });
    const ids = resourcesOfType(shared, 'AWS::CloudWatch::Alarm').map(([id]) => id);
    expect(ids.filter((id) => id.includes('Connection'))).toHaveLength(1);
    expect(ids.filter((id) => id.includes('Bgp'))).toHaveLength(2);
  });

  test('maintenance is announced', () => {
    expect(properties(privateOne, 'AWS::Events::Rule')).toEqual([
      expect.objectContaining({ EventPattern: { source: ['aws.health'], detail: { service: ['DIRECTCONNECT'] } } }),
    ]);
  });

  test.each([
    ['50Mbps', 50e6],
    ['1Gbps', 1e9],
    ['100Gbps', 100e9],
  ])('%s are %d bits a second', (bandwidth, bits) => {
    expect(bitsPerSecond(bandwidth)).toBe(bits);
  });
});

describe('ports', () => {
  test('are a stack of their own, which keeps them', () => {
    const { ports } = stacks({
      ports: [{ name: 'tokyo', location: 'EqTY2', bandwidth: '10Gbps', macSec: true, provider: 'A carrier' }],
    });
    if (ports === undefined) throw new Error('no Ports stack');
    expect(ports.terminationProtection).toBe(true);
    expect(resourcesOfType(jsonOf(ports), 'AWS::DirectConnect::Connection').map(([, port]) => port)).toEqual([
      expect.objectContaining({
        DeletionPolicy: 'Retain',
        Properties: expect.objectContaining({
          ConnectionName: 'prod-tokyo',
          Location: 'EqTY2',
          Bandwidth: '10Gbps',
          ProviderName: 'A carrier',
          RequestMACSec: true,
        }) as unknown,
      }),
    ]);
  });

  test('are not there where none is asked for', () => {
    expect(stacks().ports).toBeUndefined();
  });
});
