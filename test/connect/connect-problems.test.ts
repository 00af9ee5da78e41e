import { findMistakes } from '../../lib/environments/validate';
import { prod } from '../../lib/environments/prod';
import { formatProblem } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';
import { connectSchema } from '../../lib/connect/connect-settings';
import { connectWarnings } from '../../lib/connect/connect-warnings';
import { connectProblems, type EnvironmentParts } from '../../lib/connect/problems/connect-problems';
import { block } from './routes/support';

const ENVIRONMENT: EnvironmentParts = {
  region: 'ap-northeast-1',
  vpc: block('10.1.0.0/16'),
  onPremises: ['192.168.0.0/16'],
  tiers: ['public', 'app', 'data'],
};

const TOKYO = {
  name: 'tokyo',
  connection: 'dxcon-fg5678gh',
  location: 'EqTY2',
  bandwidth: '1Gbps',
  vlan: 101,
  preference: 'high',
  addresses: { amazon: '169.254.100.1/30', customer: '169.254.100.2/30' },
};
const OSAKA = {
  ...TOKYO,
  name: 'osaka',
  connection: 'ssm:/connect/osaka',
  location: 'EqOS1',
  preference: 'low',
  addresses: { amazon: '169.254.100.5/30', customer: '169.254.100.6/30' },
};
const VALID = {
  customerAsn: 65_000,
  interfaces: [TOKYO, OSAKA],
  vpn: { address: 'ssm:/connect/vpn-address', tunnels: ['169.254.60.0/30', '169.254.60.4/30'] },
  logs: { retentionDays: 30 },
};

function problems(changes: object, environment: Partial<EnvironmentParts> = {}): string[] {
  const raw = { ...VALID, ...changes };
  return [
    ...shapeProblems(connectSchema, raw, 'prod.connect'),
    ...connectProblems(raw, { ...ENVIRONMENT, ...environment }, 'prod'),
  ].map(formatProblem);
}

const tokyo = (changes: object): object => ({ interfaces: [{ ...TOKYO, ...changes }, OSAKA] });
const addresses = (amazon: string, customer: string): object => tokyo({ addresses: { amazon, customer } });
const vpn = (changes: object): object => ({ vpn: { ...VALID.vpn, ...changes } });
const port = (changes: object): object => ({
  ports: [{ name: 'a', location: 'EqTY2', bandwidth: '10Gbps', ...changes }],
});

describe('connect settings', () => {
  it.each<[string, object]>([
    ['two locations and a VPN', {}],
    ['an interface alone', { interfaces: [TOKYO], vpn: undefined }],
    ['a VPN alone', { interfaces: [] }],
    ['a port alone', { interfaces: [], vpn: undefined, ...port({ macSec: true }) }],
    [
      'the edges of VLANs',
      {
        interfaces: [
          { ...TOKYO, vlan: 1 },
          { ...OSAKA, vlan: 4094 },
        ],
      },
    ],
    ['a /31', addresses('10.255.0.0/31', '10.255.0.1/31')],
    ['jumbo frames', tokyo({ mtu: 9001 })],
    ['jumbo frames of a transit gateway', { gateway: 'transit', ...tokyo({ mtu: 8500 }) }],
    ['a hosted connection', tokyo({ hosted: true, bandwidth: '50Mbps' })],
    ['a LAG, with the sum of its members', tokyo({ connection: 'dxlag-fg5678gh', bandwidth: '4Gbps' })],
    ['a static VPN on a virtual private gateway', vpn({ routing: 'static' })],
    ['an allowed prefix wider than the VPC', { allowedPrefixes: ['10.0.0.0/8'] }],
    ['any allowed prefix of a transit gateway', { gateway: 'transit', allowedPrefixes: ['10.1.4.0/24'] }],
    ['a part of what is on-premises', tokyo({ announces: ['192.168.7.0/24'] })],
    ['the largest numbers', { customerAsn: 4_199_999_999, amazonAsn: 4_294_967_294 }],
    ["Tokyo's number elsewhere", { customerAsn: 9059 }],
  ])('take %s', (_, changes) => {
    expect(problems(changes)).toEqual([]);
  });

  it.each<[object, string]>([
    [
      tokyo({ vlan: 0 }),
      'interfaces[0].vlan: 0 is no VLAN that an interface can have; give the number agreed on for the cross connect, 1 to 4094',
    ],
    [
      tokyo({ vlan: 4095 }),
      'interfaces[0].vlan: 4095 is no VLAN that an interface can have; give the number agreed on for the cross connect, 1 to 4094',
    ],
    [
      { interfaces: [TOKYO, { ...OSAKA, connection: TOKYO.connection }] },
      'interfaces[1].vlan: 101 is already that of prod.connect.interfaces[0] on dxcon-fg5678gh; give each interface of a connection its own VLAN',
    ],
    [
      { interfaces: [TOKYO, { ...OSAKA, addresses: TOKYO.addresses }] },
      'interfaces[1].addresses: ["169.254.100.1/30","169.254.100.2/30"] are on the link of prod.connect.interfaces[0], too; give each link a block of its own',
    ],
    [
      { interfaces: [TOKYO, { ...OSAKA, name: 'tokyo' }] },
      'interfaces[1].name: "tokyo" is already the name of prod.connect.interfaces[0]; give each interface a name of its own',
    ],
    [tokyo({ mtu: 8500 }), 'interfaces[0].mtu: 8500 is not an MTU of a private interface; give 1500 or 9001'],
    [
      { gateway: 'transit', ...tokyo({ mtu: 9001 }) },
      'interfaces[0].mtu: 9001 is not an MTU of a transit interface; give 1500 or 8500',
    ],
    [
      tokyo({ bandwidth: '2Gbps' }),
      'interfaces[0].bandwidth: "2Gbps" is no bandwidth of a dedicated connection; give one of 1Gbps, 10Gbps, 100Gbps, 400Gbps, or set hosted: true',
    ],
    [
      tokyo({ hosted: true, bandwidth: '100Gbps' }),
      'interfaces[0].bandwidth: "100Gbps" is no bandwidth of a hosted connection; give one of 50Mbps, 100Mbps, 200Mbps, 300Mbps, 400Mbps, 500Mbps, 1Gbps, 2Gbps, 5Gbps, 10Gbps, 25Gbps',
    ],
    [
      tokyo({ hosted: true, connection: 'dxlag-fg5678gh' }),
      'interfaces[0].hosted: true is said of a LAG, whose connections are dedicated; leave it out, or name the hosted connection',
    ],
    [
      {
        interfaces: [
          { ...TOKYO, hosted: true },
          { ...OSAKA, connection: TOKYO.connection, vlan: 102 },
        ],
      },
      'interfaces[1].connection: "dxcon-fg5678gh" is hosted and has an interface already, and takes one; name another connection',
    ],
    [
      addresses('169.254.100.1/30', '169.254.100.6/30'),
      'interfaces[0].addresses: ["169.254.100.1/30","169.254.100.6/30"] are in different blocks; take both from the same block',
    ],
    [
      addresses('169.254.100.1/30', '169.254.100.1/30'),
      'interfaces[0].addresses: ["169.254.100.1/30","169.254.100.1/30"] are the same; give each side its own',
    ],
    [
      addresses('169.254.100.0/30', '169.254.100.1/30'),
      'interfaces[0].addresses: ["169.254.100.0/30","169.254.100.1/30"] hold the first or the last address of their /30; take the two between them',
    ],
    [
      addresses('169.254.100.1/29', '169.254.100.2/29'),
      'interfaces[0].addresses: ["169.254.100.1/29","169.254.100.2/29"] have another prefix length than 30 or 31; take a block of 4 or 2 addresses',
    ],
    [
      addresses('169.254.100.1/30', '169.254.100.2/31'),
      'interfaces[0].addresses: ["169.254.100.1/30","169.254.100.2/31"] have different prefix lengths; write both with the same',
    ],
    [
      addresses('999.1.1.1/30', '169.254.100.2/30'),
      'interfaces[0].addresses.amazon: "999.1.1.1/30" is no IPv4 address with its prefix length; write for example 169.254.100.1/30',
    ],
    [
      addresses('2001:db8::1/125', '169.254.100.2/30'),
      'interfaces[0].addresses.amazon: "2001:db8::1/125" is IPv6, where AWS chooses the addresses itself; write for example 169.254.100.1/30',
    ],
    [
      addresses('10.1.255.1/30', '10.1.255.2/30'),
      'interfaces[0].addresses: ["10.1.255.1/30","10.1.255.2/30"] are in the VPC\'s block, 10.1.0.0/16, where its own route goes first; take link-local ones, for example 169.254.100.1/30 and 169.254.100.2/30',
    ],
    [
      { customerAsn: 7224 },
      'customerAsn: 7224 is a number of AWS itself, which it refuses; give your own, or one from 64512 to 65534',
    ],
    [
      { customerAsn: 10_124 },
      'customerAsn: 10124 is a number of AWS itself, which it refuses; give your own, or one from 64512 to 65534',
    ],
    [
      { customerAsn: 64_500 },
      'customerAsn: 64500 is a reserved number, which no router may use; give your own, or one from 64512 to 65534',
    ],
    [{ customerAsn: 0 }, 'customerAsn: 0 is no autonomous system number; give your own, or one from 64512 to 65534'],
    [
      { customerAsn: 4_294_967_295 },
      'customerAsn: 4294967295 is no autonomous system number; give your own, or one from 64512 to 65534',
    ],
    [
      { customerAsn: 64_512 },
      'customerAsn: 64512 is prod.connect.amazonAsn, too: a router takes no route that has its own number in the path; give each its own number',
    ],
    [
      { gateway: 'transit', gatewayAsn: 64_512 },
      'gatewayAsn: 64512 is prod.connect.amazonAsn, too: AWS refuses the association of the two gateways; give each its own number',
    ],
    [
      { amazonAsn: 65_535 },
      'amazonAsn: 65535 is not a private number, and AWS takes no other for its side; give one from 64512 to 65534 or from 4200000000 to 4294967294',
    ],
    [
      { allowedPrefixes: ['10.1.0.0/17'] },
      'allowedPrefixes: ["10.1.0.0/17"] hold no block as wide as the VPC\'s, 10.1.0.0/16: nothing would be announced; add 10.1.0.0/16, or leave the list out',
    ],
    [
      {
        allowedPrefixes: Array.from({ length: 21 }, (_, index) => (index === 0 ? '10.1.0.0/16' : `10.2.${index}.0/24`)),
      },
      'allowedPrefixes: are 21, and AWS takes 20 of them; sum them up in wider blocks',
    ],
    [
      { gateway: 'transit', allowedPrefixes: Array.from({ length: 201 }, (_, index) => `10.2.${index}.0/24`) },
      'allowedPrefixes: are 201, and AWS takes 200 of them; sum them up in wider blocks',
    ],
    [
      tokyo({ announces: ['172.16.0.0/12'] }),
      'interfaces[0].announces[0]: "172.16.0.0/12" is in no block of network.onPremises, which is all that may be routed; add it there, where it is held against every VPC',
    ],
    [
      tokyo({ announces: Array.from({ length: 101 }, (_, index) => `192.168.${index}.0/24`) }),
      'interfaces[0].announces: are 101, and with more than 100 BGP goes down and stays so; sum them up in wider blocks',
    ],
    [
      vpn({ announces: ['192.168.0.0/17'] }),
      'vpn.announces[0]: "192.168.0.0/17" is a longer prefix than 192.168.0.0/16 over Direct Connect, and would draw its traffic to the VPN; announce 192.168.0.0/16, or leave the list out',
    ],
    [
      { gateway: 'transit', ...vpn({ routing: 'static' }) },
      'vpn.routing: "static" makes routes that a transit gateway puts before those of Direct Connect: the backup would carry everything; use bgp, or gateway: virtualPrivate',
    ],
    [
      vpn({ address: '10.0.0.1' }),
      'vpn.address: "10.0.0.1" is not reached from the internet; give the public address that the device is seen with',
    ],
    [
      vpn({ address: 'vpn.example.com' }),
      'vpn.address: "vpn.example.com" is neither an IPv4 address nor ssm: and the path of a parameter; give the public address of the device, or for example ssm:/connect/vpn-address',
    ],
    [
      vpn({ tunnels: ['169.254.5.0/30', '169.254.60.0/30'] }),
      'vpn.tunnels[0]: "169.254.5.0/30" is a block that AWS keeps; take another, for example 169.254.60.0/30',
    ],
    [
      vpn({ tunnels: ['10.0.0.0/30', '169.254.60.0/30'] }),
      'vpn.tunnels[0]: "10.0.0.0/30" is not a /30 of 169.254.0.0/16; take for example 169.254.60.0/30',
    ],
    [
      vpn({ tunnels: ['169.254.60.0/30', '169.254.60.0/30'] }),
      'vpn.tunnels[1]: "169.254.60.0/30" is already that of tunnels[0]; give each tunnel its own',
    ],
    [{ tiers: ['app', 'date'] }, 'tiers[1]: "date" is no tier of network.tiers; name some of public, app, data'],
    [
      port({ bandwidth: '500Mbps' }),
      'ports[0].bandwidth: "500Mbps" is no bandwidth of a port; slower connections come from partners; give one of 1Gbps, 10Gbps, 100Gbps, 400Gbps, or name a hosted connection in interfaces',
    ],
    [
      port({ bandwidth: '1Gbps', macSec: true }),
      'ports[0].macSec: true is not to be had at 1 Gbps; order 10Gbps, or leave it out',
    ],
    [
      tokyo({ connection: 'dx-1' }),
      'interfaces[0].connection: "dx-1" is not the ID of a connection or LAG, or ssm: and the path of a parameter that holds it; for example "dxcon-fg5678gh"',
    ],
  ])('refuse %j', (changes, message) => {
    expect(problems(changes)).toEqual([`prod.connect.${message}`]);
  });

  it('refuse to connect nothing, or to nothing', () => {
    expect(problems({ interfaces: [], vpn: undefined })).toEqual([
      'prod.connect: has neither interfaces nor ports nor a vpn: it connects nothing; list an interface, order a port, or leave connect out',
    ]);
    expect(problems({}, { onPremises: [] })).toEqual([
      'prod.network.onPremises: is empty: there is nothing to connect to; list the blocks on-premises that are to be reached',
    ]);
  });

  it('are all looked at, whatever else is wrong', () => {
    expect(
      problems({ ...tokyo({ vlan: 0, mtu: 1234 }), customerAsn: 7224, ...vpn({ address: '10.0.0.1' }) }),
    ).toHaveLength(4);
  });
});

describe('of two environments', () => {
  const transit = (name: string, cidr: string, allowedPrefixes: string[]): object => ({
    ...prod,
    name,
    network: { ...prod.network, cidr },
    access: { ...prod.access, accountPreferences: false },
    review: undefined,
    connect: { ...VALID, gateway: 'transit', allowedPrefixes },
  });
  const messages = (...inputs: object[]): string[] =>
    findMistakes(inputs).mistakes.map(({ problem }) => formatProblem(problem));

  it('refuse to announce the same to the same routers', () => {
    const [one, two] = [
      transit('one', '10.20.0.0/16', ['10.20.0.0/16']),
      transit('two', '10.21.0.0/16', ['10.20.0.0/15']),
    ];
    expect(messages(one, two)).toEqual([
      'two.connect.allowedPrefixes: "10.20.0.0/15" overlaps one.connect.allowedPrefixes: both would be announced to the same routers; allow only what is this environment\'s own',
    ]);
    expect(messages(one, transit('two', '10.21.0.0/16', ['10.21.0.0/16']))).toEqual([]);
  });
});

describe('warnings', () => {
  const warnings = (changes: object): string[] =>
    connectWarnings(connectSchema.parse({ ...VALID, ...changes }), 'prod').map(
      ({ path, reason }) => `${path}: ${reason}`,
    );

  it('are none of two locations and a VPN', () => {
    expect(warnings({})).toEqual([]);
  });

  it.each<[object, string]>([
    [
      { interfaces: [TOKYO], vpn: undefined },
      'prod.connect.interfaces: are on one connection, and nothing backs it up',
    ],
    [
      { interfaces: [TOKYO, { ...OSAKA, location: 'EqTY2' }] },
      'prod.connect.interfaces: are all at one location, which fails as a whole',
    ],
    [tokyo({ hosted: true }), 'prod.connect.interfaces[0].hosted: has no service level agreement with AWS'],
    [
      tokyo({ mtu: 9001 }),
      'prod.connect.interfaces[0].mtu: has to be the MTU of every device on the way, or large packets vanish; setting it interrupts the whole connection',
    ],
  ])('are given of %j', (changes, warning) => {
    expect(warnings(changes)).toContain(warning);
  });
});
