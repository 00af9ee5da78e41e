import type { AddressBlock } from '../../foundation/addresses';

/** How a route came to be known. */
export type RouteSource = 'directConnect' | 'vpnStatic' | 'vpnBgp';

/** A way to a block of addresses, as one side has heard of it. */
export interface Route {
  readonly block: AddressBlock;
  /** The path that it leads over, by its name. */
  readonly path: string;
  readonly source: RouteSource;
  /** Higher wins. */
  readonly localPreference: number;
  /** The autonomous systems on the way, prepended ones included. */
  readonly asPathLength: number;
  /** Multi-exit discriminator: lower wins. */
  readonly med: number;
}

/**
 * What the communities that on-premises routers send with a route make of it at AWS's side; without one it is medium for what
 * comes in the region of the gateway. Source: "Routing policies and BGP communities", AWS Direct Connect User Guide. The
 * numbers are ours: only their order counts.
 */
export const LOCAL_PREFERENCES = {
  low: { community: '7224:7100', localPreference: 100 },
  medium: { community: '7224:7200', localPreference: 200 },
  high: { community: '7224:7300', localPreference: 300 },
} as const;

export type Preference = keyof typeof LOCAL_PREFERENCES;

/**
 * What the customer's router is to set for a tunnel of a VPN. It knows no communities there: Direct Connect goes before at AWS's side
 * whatever is said, so at this side, too; and of the tunnels the one with the lower MED.
 */
export const TUNNELS = { 1: { localPreference: 50, med: 100 }, 2: { localPreference: 40, med: 200 } } as const;
