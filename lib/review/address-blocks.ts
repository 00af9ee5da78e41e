import ipaddr from 'ipaddr.js';

/** Whether every address of one block is in another one. */
export function blockCovers(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (!ipaddr.isValidCIDR(wide) || !ipaddr.isValidCIDR(narrow)) return false;
  const [wideAddress, widePrefix] = ipaddr.parseCIDR(wide);
  const [address, prefix] = ipaddr.parseCIDR(narrow);
  return address.kind() === wideAddress.kind() && prefix >= widePrefix && address.match(wideAddress, widePrefix);
}
