import { z } from 'zod';
import { oneOf, setting } from '../foundation/settings';
import { prefixLengthFor } from './subnet';

/** Zones that a plan keeps room for unless it says otherwise: one more than Tokyo offers to newer accounts. */
export const DEFAULT_MAX_ZONES = 4;

/** public: reached from the internet. app: reaches out through NAT. data: no way in or out of the VPC. */
export const TIER_KINDS = ['public', 'app', 'data'] as const;
export type TierKind = (typeof TIER_KINDS)[number];

/** A tier: one subnet in each zone, all of one size. Exactly one of `hostsPerZone` and `prefixLength` is given. */
export const tierSchema = z.strictObject({
  name: setting(z.string().min(1), 'a name', 'app'),
  /** Addresses that hosts need in each zone, without the five that AWS reserves. */
  hostsPerZone: setting(z.int().min(1), 'a whole number of addresses from 1', 250).optional(),
  /** 16 (largest) to 28 (smallest). */
  prefixLength: setting(z.int(), 'a whole number from 16 to 28', 24).optional(),
  /** What the tier is for; the plan does not depend on it. */
  kind: oneOf(TIER_KINDS).optional(),
  /** No subnets any more, but the addresses stay taken, so that no other tier moves. */
  retired: z.boolean().optional(),
});

/**
 * An append-only description of a VPC's addresses. Adding a tier at the end, adding a zone at the end (up to
 * `maxZones`) and retiring a tier move no other subnet; any other change may.
 */
export const addressPlanSchema = z.strictObject({
  /** The VPC's block, /16 to /28. */
  cidr: setting(z.string(), 'an IPv4 CIDR block', '10.0.0.0/16'),
  /** Availability Zones, in the order in which they were added. */
  zones: setting(
    z.array(setting(z.string().min(1), 'the name of a zone', 'ap-northeast-1a')).min(1),
    'a list of zones',
    ['ap-northeast-1a'],
  ),
  /** How many zones every tier keeps room for. Changing it later moves subnets. */
  maxZones: setting(z.int().min(1), 'a whole number from 1', DEFAULT_MAX_ZONES).default(DEFAULT_MAX_ZONES),
  tiers: setting(z.array(tierSchema).min(1), 'a list of tiers', [{ name: 'app', hostsPerZone: 250 }]),
  /** Accepts a block outside RFC 1918 and RFC 6598. Its real owners then cannot be reached from the VPC. */
  allowPublic: z.boolean().default(false),
});

export type TierInput = z.input<typeof tierSchema>;
export type AddressPlanInput = z.input<typeof addressPlanSchema>;

/** The size of each block of a tier: as given, or the smallest that holds its hosts. */
export function tierPrefixLength(tier: Pick<TierInput, 'hostsPerZone' | 'prefixLength'>): number {
  return tier.prefixLength ?? prefixLengthFor(tier.hostsPerZone ?? 0);
}
