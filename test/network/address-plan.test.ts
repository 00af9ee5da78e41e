import fc from 'fast-check';
import { planAddresses, type AddressPlan } from '../../lib/network/address-plan';
import type { AddressPlanInput } from '../../lib/network/address-plan-input';
import { blockSize } from '../../lib/network/ipv4';
import { block } from '../support/blocks';
import { plans, ZONES } from '../support/plans';

function cidrs(plan: AddressPlan): Record<string, string> {
  return Object.fromEntries(plan.subnets.map(({ tier, zone, cidr }) => [`${tier} ${zone}`, cidr]));
}

function span(cidr: string): { start: number; end: number } {
  const { address, prefixLength } = block(cidr);
  return { start: address, end: address + blockSize(prefixLength) };
}

const EXAMPLE: AddressPlanInput = {
  cidr: '10.0.0.0/16',
  zones: ['a', 'c'],
  maxZones: 3,
  tiers: [
    { name: 'public', hostsPerZone: 250 },
    { name: 'app', prefixLength: 20 },
    { name: 'data', hostsPerZone: 100 },
  ],
};

test('places tiers in order, each block at the lowest free aligned address', () => {
  const plan = planAddresses(EXAMPLE);
  expect(cidrs(plan)).toEqual({
    'public a': '10.0.0.0/24',
    'public c': '10.0.1.0/24',
    'app a': '10.0.16.0/20',
    'app c': '10.0.32.0/20',
    // Fills the gap behind the third public block.
    'data a': '10.0.3.0/25',
    'data c': '10.0.3.128/25',
  });
  expect(plan.kept).toEqual([
    { tier: 'public', cidr: '10.0.2.0/24', total: 256, reason: 'future zone' },
    { tier: 'app', cidr: '10.0.48.0/20', total: 4096, reason: 'future zone' },
    { tier: 'data', cidr: '10.0.4.0/25', total: 128, reason: 'future zone' },
  ]);
  expect(plan.free.map(({ cidr }) => cidr)).toEqual([
    '10.0.4.128/25',
    '10.0.5.0/24',
    '10.0.6.0/23',
    '10.0.8.0/21',
    '10.0.64.0/18',
    '10.0.128.0/17',
  ]);
  expect(plan.utilization).toBe((2 * 256 + 2 * 4096 + 2 * 128) / 65536);
});

test('keeps room for four zones unless told otherwise', () => {
  const { subnets, kept } = planAddresses({ ...EXAMPLE, maxZones: undefined });
  expect(subnets.length + kept.length).toBe(3 * 4);
});

test('a plan may fill its VPC to the last address', () => {
  const plan = planAddresses({
    cidr: '10.0.0.0/28',
    zones: ['a'],
    maxZones: 1,
    tiers: [{ name: 'all', prefixLength: 28 }],
  });
  expect(plan).toMatchObject({ free: [], kept: [], utilization: 1 });
});

test('subnets, kept and free blocks fill the VPC exactly, aligned and without overlap', () => {
  fc.assert(
    fc.property(plans, (input) => {
      const plan = planAddresses(input);
      const spans = [...plan.subnets, ...plan.kept, ...plan.free]
        .map(({ cidr }) => span(cidr))
        .sort((a, b) => a.start - b.start);
      const vpc = span(plan.cidr);
      let next = vpc.start;
      for (const { start, end } of spans) {
        expect(start).toBe(next);
        next = end;
      }
      expect(next).toBe(vpc.end);
    }),
  );
});

test('every tier has one subnet in each zone, with room for its hosts', () => {
  fc.assert(
    fc.property(plans, (input) => {
      const plan = planAddresses(input);
      for (const tier of input.tiers) {
        const own = plan.subnets.filter((subnet) => subnet.tier === tier.name);
        expect(own.map(({ zone }) => zone)).toEqual(tier.retired === true ? [] : input.zones);
        for (const { usable } of own) expect(usable).toBeGreaterThanOrEqual(tier.hostsPerZone ?? 0);
      }
    }),
  );
});

describe('append-only', () => {
  /** Every subnet of the old plan that is still there has not moved. */
  function expectNothingMoved(before: AddressPlanInput, after: AddressPlanInput): void {
    const old = cidrs(planAddresses(before));
    const now = cidrs(planAddresses(after));
    const survivors = Object.keys(old).filter((subnet) => subnet in now);
    expect(Object.fromEntries(survivors.map((subnet) => [subnet, now[subnet]]))).toEqual(
      Object.fromEntries(survivors.map((subnet) => [subnet, old[subnet]])),
    );
  }

  test('adding a tier at the end moves no subnet', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 1000 }), (input, hostsPerZone) => {
        expectNothingMoved(input, { ...input, tiers: [...input.tiers, { name: 'new', hostsPerZone }] });
      }),
    );
  });

  test('adding a zone moves no subnet', () => {
    fc.assert(
      fc.property(plans, (input) => {
        expectNothingMoved(input, { ...input, zones: ZONES.slice(0, Math.min(input.zones.length + 1, ZONES.length)) });
      }),
    );
  });

  test('retiring a tier moves no subnet, and gives its addresses to nobody', () => {
    fc.assert(
      fc.property(plans, fc.nat(), (input, choice) => {
        const chosen = choice % input.tiers.length;
        const tiers = input.tiers.map((tier, index) => (index === chosen ? { ...tier, retired: true } : tier));
        expectNothingMoved(input, { ...input, tiers });
        expect(planAddresses({ ...input, tiers }).free).toEqual(planAddresses(input).free);
      }),
    );
  });

  test('inserting a tier in the middle does move subnets: the property can fail', () => {
    const [first, ...rest] = EXAMPLE.tiers;
    const inserted = { ...EXAMPLE, tiers: [first ?? { name: '' }, { name: 'new', prefixLength: 24 }, ...rest] };
    expect(() => {
      expectNothingMoved(EXAMPLE, inserted);
    }).toThrow();
  });
});

test('throws with everything that is wrong', () => {
  expect(() => planAddresses({ cidr: '10.0.0.0/15', zones: ['a', 'a'], tiers: [{ name: 'x' }] })).toThrow(
    /cidr: .*\nzones\[1\]: .*\ntiers\[0\]: /,
  );
});
