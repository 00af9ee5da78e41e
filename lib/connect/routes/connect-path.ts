import type { AddressBlock } from '../../foundation/addresses';
import type { Preference } from './route';

/** Something that may fail by itself, and takes the paths through it along. */
export interface Part {
  readonly kind: 'location' | 'device' | 'connection' | 'interface' | 'tunnel' | 'vpn';
  readonly name: string;
}

/** A way between the two sides, over which each announces blocks to the other. */
export interface ConnectPath {
  readonly name: string;
  readonly kind: 'directConnect' | 'vpnBgp' | 'vpnStatic';
  readonly parts: readonly Part[];
  /** By which the customer's router has AWS prefer it, and prefers it itself. None for a VPN, which comes last. */
  readonly preference: Preference | undefined;
  /** Of the two tunnels of a VPN, the first is used and the other stands by: its routes have a higher MED. */
  readonly tunnel: 1 | 2 | undefined;
  /** What the customer's router says too often its own number, to be chosen less. */
  readonly prepend: number;
  /** What on-premises routers announce to AWS; for a static VPN the routes that are written down. */
  readonly fromOnPremises: readonly AddressBlock[];
  /** What AWS announces to them. */
  readonly fromAws: readonly AddressBlock[];
}
