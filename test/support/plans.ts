import fc from 'fast-check';
import type { AddressPlanInput, TierInput } from '../../lib/network/address-plan-input';

export const ZONES = ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d', 'ap-northeast-1b'] as const;

const sizes = fc.oneof(
  fc.record({ hostsPerZone: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ prefixLength: fc.integer({ min: 22, max: 28 }) }),
);

/** Plans that fit: a /16, up to 8 tiers of at most 4 × /22 each. */
export const plans: fc.Arbitrary<AddressPlanInput> = fc
  .record({
    third: fc.integer({ min: 0, max: 255 }),
    zones: fc.integer({ min: 1, max: ZONES.length }),
    tiers: fc.array(fc.tuple(sizes, fc.boolean()), { minLength: 1, maxLength: 8 }),
  })
  .map(({ third, zones, tiers }) => ({
    cidr: `10.${third}.0.0/16`,
    zones: ZONES.slice(0, zones),
    maxZones: ZONES.length,
    tiers: tiers.map(([size, retired], index): TierInput => ({ name: `tier-${index}`, ...size, retired })),
  }));
