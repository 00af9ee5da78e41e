import { roundTrips, singleFailures, trafficOver } from '../../../lib/connect/routes/traffic';
import { block, OFFICE, path, preferred, standby, vpn, VPC } from './support';

const AWS = [block(VPC)];
const ON_PREMISES = [block(OFFICE)];
const GATEWAY = 'virtualPrivateGateway';

function trips(paths: Parameters<typeof trafficOver>[0], gateway: Parameters<typeof trafficOver>[1] = GATEWAY) {
  return roundTrips(trafficOver(paths, gateway), AWS, ON_PREMISES).map(({ onPremises, out, back, verdict }) => ({
    to: onPremises.cidr,
    out,
    back,
    verdict,
  }));
}

describe('traffic there and back', () => {
  it('takes the preferred path both ways, and is symmetrical', () => {
    expect(trips([standby, preferred, vpn])).toEqual([
      { to: OFFICE, out: ['tokyo'], back: ['tokyo'], verdict: 'symmetrical' },
    ]);
  });

  it('is shared by paths of the same preference', () => {
    expect(trips([path('a'), path('b'), vpn])).toEqual([
      { to: OFFICE, out: ['a', 'b'], back: ['a', 'b'], verdict: 'shared' },
    ]);
  });

  it('is asymmetrical where only AWS is told of a longer AS path', () => {
    expect(trips([path('a', { prepend: 2 }), path('b')])).toEqual([
      { to: OFFICE, out: ['b'], back: ['a', 'b'], verdict: 'asymmetrical' },
    ]);
  });

  // The fault that "Why is Transit Gateway prioritizing my backup VPN connection", AWS re:Post, is about.
  it('is drawn to a VPN that announces more of the same in longer prefixes', () => {
    const stealing = { ...vpn, fromOnPremises: [block('192.168.0.0/17'), block('192.168.128.0/17')] };
    expect(trips([preferred, stealing])).toEqual([
      { to: '192.168.0.0/17', out: ['vpn'], back: ['tokyo'], verdict: 'asymmetrical' },
      { to: '192.168.128.0/17', out: ['vpn'], back: ['tokyo'], verdict: 'asymmetrical' },
    ]);
  });

  it('keeps the rest of a block of which a part goes another way', () => {
    const stealing = { ...vpn, fromOnPremises: [block('192.168.7.0/24')] };
    expect(trips([preferred, stealing])).toEqual([
      { to: OFFICE, out: ['tokyo'], back: ['tokyo'], verdict: 'symmetrical' },
      { to: '192.168.7.0/24', out: ['vpn'], back: ['tokyo'], verdict: 'asymmetrical' },
    ]);
  });

  it('goes over a static VPN at a transit gateway even where Direct Connect is up', () => {
    const fixed = { ...vpn, kind: 'vpnStatic' as const };
    expect(trips([preferred, fixed], 'transitGateway')[0]).toMatchObject({ out: ['vpn'], verdict: 'asymmetrical' });
    expect(trips([preferred, fixed])[0]).toMatchObject({ out: ['tokyo'], verdict: 'symmetrical' });
  });

  it('is broken where one side has heard nothing', () => {
    expect(trips([path('a', { fromAws: [] })])[0]).toMatchObject({ out: ['a'], back: [], verdict: 'broken' });
    expect(trips([])[0]).toMatchObject({ out: [], back: [], verdict: 'broken' });
  });
});

describe('a single failure', () => {
  const failures = singleFailures([preferred, standby, vpn], GATEWAY, AWS, ON_PREMISES);

  it('leaves the next path, both ways', () => {
    expect(
      failures.map(({ part, lost, trips: [trip] }) => [`${part.kind} ${part.name}`, lost, trip?.out, trip?.back]),
    ).toEqual([
      ['location location of tokyo', ['tokyo'], ['osaka'], ['osaka']],
      ['interface tokyo', ['tokyo'], ['osaka'], ['osaka']],
      ['location location of osaka', ['osaka'], ['tokyo'], ['tokyo']],
      ['interface osaka', ['osaka'], ['tokyo'], ['tokyo']],
      ['tunnel 1', ['vpn'], ['tokyo'], ['tokyo']],
    ]);
  });

  it('takes along all paths through what failed', () => {
    const location = { kind: 'location', name: 'EqTY2' } as const;
    const both = ['a', 'b'].map((name) => path(name, { parts: [location, { kind: 'interface', name }] }));
    const [first] = singleFailures([...both, vpn], GATEWAY, AWS, ON_PREMISES);
    expect(first).toMatchObject({ part: location, lost: ['a', 'b'], trips: [{ out: ['vpn'], back: ['vpn'] }] });
  });
});
