import { addressBlocks, type AddressBlock } from '../../../lib/foundation/addresses';
import type { ConnectPath } from '../../../lib/connect/routes/connect-path';
import type { Route } from '../../../lib/connect/routes/route';

export function block(cidr: string): AddressBlock {
  const [parsed] = addressBlocks([cidr]);
  if (parsed === undefined) throw new Error(`${cidr} is no block`);
  return parsed;
}

export function route(path: string, cidr: string, parts: Partial<Route> = {}): Route {
  return { block: block(cidr), path, source: 'directConnect', localPreference: 200, asPathLength: 1, med: 0, ...parts };
}

export const VPC = '10.1.0.0/16';
export const OFFICE = '192.168.0.0/16';

/** Two locations, one preferred, and a VPN behind both. */
export function path(name: string, parts: Partial<ConnectPath> = {}): ConnectPath {
  return {
    name,
    kind: 'directConnect',
    parts: [
      { kind: 'location', name: `location of ${name}` },
      { kind: 'interface', name },
    ],
    preference: 'medium',
    tunnel: undefined,
    prepend: 0,
    fromOnPremises: [block(OFFICE)],
    fromAws: [block(VPC)],
    ...parts,
  };
}

export const preferred = path('tokyo', { preference: 'high' });
export const standby = path('osaka', { preference: 'low' });
export const vpn = path('vpn', {
  kind: 'vpnBgp',
  preference: undefined,
  tunnel: 1,
  parts: [{ kind: 'tunnel', name: '1' }],
});
