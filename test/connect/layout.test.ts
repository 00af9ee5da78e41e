import { announcedByAws, layOut } from '../../lib/connect/layout';
import { connect, NETWORK, OSAKA, TOKYO } from './support';
import { block } from './routes/support';

// "Allowed prefixes interactions", AWS Direct Connect User Guide: its VPC is 10.0.0.0/16, its lists are these.
describe('what AWS announces', () => {
  const vpc = [block('10.0.0.0/16')];

  it.each<[readonly string[], readonly string[]]>([
    [['10.0.0.0/16'], ['10.0.0.0/16']],
    [['10.0.0.0/15'], ['10.0.0.0/16']],
    [['10.0.0.0/17'], []],
    [['172.16.0.0/12'], []],
  ])('of a virtual private gateway is the VPC where %j lets it through: %j', (allowedPrefixes, announced) => {
    expect(announcedByAws({ gateway: 'virtualPrivate', allowedPrefixes: [...allowedPrefixes] }, vpc)).toEqual(
      announced.map(block),
    );
  });

  it('of a transit gateway is what is allowed, whether a VPC has it or not', () => {
    const allowedPrefixes = ['10.0.0.0/17', '172.16.0.0/12'];
    expect(announcedByAws({ gateway: 'transit', allowedPrefixes }, vpc)).toEqual(allowedPrefixes.map(block));
  });

  it('is the VPC where nothing is said', () => {
    expect(announcedByAws({ gateway: 'transit', allowedPrefixes: undefined }, vpc)).toEqual(vpc);
  });
});

describe('the paths', () => {
  it('are one for each interface and each tunnel, with what fails with them', () => {
    const { gateway, paths } = layOut(connect(), NETWORK);
    expect(gateway).toBe('virtualPrivateGateway');
    expect(paths.map(({ name, kind, preference, tunnel }) => [name, kind, preference, tunnel])).toEqual([
      ['tokyo', 'directConnect', 'high', undefined],
      ['osaka', 'directConnect', 'low', undefined],
      ['vpn-1', 'vpnBgp', undefined, 1],
      ['vpn-2', 'vpnBgp', undefined, 2],
    ]);
    expect(paths.map(({ parts }) => parts.map(({ name }) => name))).toEqual([
      ['EqTY2', 'EqTY2 dxcon-tokyo0001', 'dxcon-tokyo0001', 'tokyo'],
      ['EqOS1', 'EqOS1 ssm:/connect/osaka', 'ssm:/connect/osaka', 'osaka'],
      ['vpn', 'vpn-1'],
      ['vpn', 'vpn-2'],
    ]);
  });

  it('share a device that both name', () => {
    const { paths } = layOut(
      connect({
        interfaces: [
          { ...TOKYO, device: 'a' },
          { ...OSAKA, location: 'EqTY2', device: 'a' },
        ],
      }),
      NETWORK,
    );
    expect(new Set(paths.slice(0, 2).map(({ parts }) => parts[1]?.name))).toEqual(new Set(['EqTY2 a']));
  });

  it('carry what they announce, or everything on-premises', () => {
    const { paths } = layOut(
      connect({
        interfaces: [{ ...TOKYO, announces: ['192.168.7.0/24'] }, OSAKA],
        gateway: 'transit',
        allowedPrefixes: ['10.0.0.0/8'],
      }),
      NETWORK,
    );
    expect(paths.map(({ fromOnPremises }) => fromOnPremises.map(({ cidr }) => cidr))).toEqual([
      ['192.168.7.0/24'],
      ...Array<string[]>(3).fill(NETWORK.onPremises),
    ]);
    // What is allowed is between the two gateways of Direct Connect: a VPN announces the VPC.
    expect(paths.map(({ fromAws }) => fromAws.map(({ cidr }) => cidr))).toEqual([
      ['10.0.0.0/8'],
      ['10.0.0.0/8'],
      ['10.1.0.0/16'],
      ['10.1.0.0/16'],
    ]);
  });

  it('are static where the VPN is', () => {
    const { paths } = layOut(connect({ interfaces: [], vpn: { address: '8.8.8.8', routing: 'static' } }), NETWORK);
    expect(paths.map(({ kind }) => kind)).toEqual(['vpnStatic', 'vpnStatic']);
  });
});
