import { z } from 'zod';
import { oneOf, setting } from '../foundation/settings';
import { addressPlanSchema, tierSchema, type AddressPlanInput } from './address-plan-input';
import { INTERFACE_ENDPOINT_NAMES } from './interface-endpoints';

/** public: reached from the internet. app: reaches out through NAT. data: no way in or out of the VPC. */
export const TIER_KINDS = ['public', 'app', 'data'] as const;
export type TierKind = (typeof TIER_KINDS)[number];

/** Days that CloudWatch Logs accepts. Source: `PutRetentionPolicy`, CloudWatch Logs API Reference. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** As in an address plan, with a kind, and a name that construct IDs and tags can carry. */
export const networkTierSchema = tierSchema.extend({
  // Each word starts with a letter, so that names stay different when they become construct IDs (app-b: AppB).
  name: setting(
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/)
      .max(32),
    'a name of lower-case words joined by hyphens (32 characters at most)',
    'app',
  ),
  /** Defaults to the tier's name where that is a kind. */
  kind: oneOf(TIER_KINDS).optional(),
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
    retentionDays: setting(
      z.literal([...RETENTION_DAYS]),
      `a retention that CloudWatch Logs knows (${RETENTION_DAYS.join(', ')} days)`,
      90,
    ),
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
