import { z } from 'zod';
import { retentionDaysSchema } from '../foundation/retention';
import { oneOf, setting } from '../foundation/settings';
import { addressPlanSchema, TIER_KINDS, tierSchema, type AddressPlanInput, type TierKind } from './address-plan-input';
import { INTERFACE_ENDPOINT_NAMES } from './interface-endpoints';

/** As in an address plan, with a name that construct IDs and tags can carry. The kind defaults to it where it is one. */
export const networkTierSchema = tierSchema.extend({
  // Each word starts with a letter, so that names stay different when they become construct IDs (app-b: AppB).
  name: setting(
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/)
      .max(32),
    'a name of lower-case words, each starting with a letter, joined by hyphens (32 characters at most)',
    'app',
  ),
});

export const networkSchema = z.strictObject({
  ...addressPlanSchema.omit({ zones: true }).shape,
  tiers: setting(z.array(networkTierSchema).min(1), 'a list of tiers', [{ name: 'app', hostsPerZone: 250 }]),
  /**
   * How the app tiers reach the internet. none: not at all. single: one gateway, whose zone is a single point of
   * failure. perZone: one in each zone. regional: one that AWS spreads over the zones that have traffic.
   */
  nat: oneOf(['none', 'single', 'perZone', 'regional']),
  /** Each costs by the hour in every zone (docs/stacks/network.md). The S3 and DynamoDB gateway endpoints are free and always there. */
  interfaceEndpoints: setting(z.array(oneOf(INTERFACE_ENDPOINT_NAMES)), 'a list of endpoint names', ['ssm']).default(
    [],
  ),
  flowLogs: z.strictObject({
    retentionDays: retentionDaysSchema,
  }),
  /** Networks that this one is or will be connected to, in any prefix length. No environment's VPC may overlap them. */
  onPremises: setting(
    z.array(setting(z.string(), 'an IPv4 CIDR block', '192.168.0.0/16')),
    'a list of IPv4 CIDR blocks',
    ['192.168.0.0/16'],
  ).default([]),
});

export type NetworkSettings = z.output<typeof networkSchema>;
export type NetworkTier = NetworkSettings['tiers'][number];

/** The kind of a tier: as given, or its name where that is a kind; undefined if neither says. */
export function tierKind(tier: Pick<NetworkTier, 'name' | 'kind'>): TierKind | undefined {
  return tier.kind ?? TIER_KINDS.find((kind) => kind === tier.name);
}

/** The address plan that an environment's settings describe. */
export function addressPlanInput(network: NetworkSettings, zones: readonly string[]): AddressPlanInput {
  const { cidr, maxZones, allowPublic } = network;
  const tiers = network.tiers.map(({ name, hostsPerZone, prefixLength, retired }) => ({
    name,
    hostsPerZone,
    prefixLength,
    retired,
  }));
  return { cidr, zones: [...zones], maxZones, allowPublic, tiers };
}
