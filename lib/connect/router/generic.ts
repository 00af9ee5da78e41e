import { renderTable } from '../../foundation/table';
import type { RouterPlan } from './router-plan';

/** What any router has to be told, for somebody who knows theirs. */
export function renderGeneric({ environment, asn, accepts, neighbors, staticVpn }: RouterPlan): string {
  const table = renderTable(
    ['path', 'VLAN', 'MTU', 'own address', 'AWS', 'AS of AWS', 'local preference', 'community', 'MED', 'prepend'],
    neighbors.map((one) => [
      one.name,
      one.vlan ?? '–',
      one.mtu,
      `${one.ownAddress}/${one.prefixLength}`,
      one.amazonAddress,
      String(one.amazonAsn),
      one.localPreference,
      one.community ?? '–',
      one.med ?? '–',
      one.prepend,
    ]),
  );
  return [
    `Customer's side of ${environment}, AS ${asn}`,
    '',
    table,
    '',
    `Take from every neighbour ${accepts.join(', ') || 'nothing'}, and nothing else.`,
    'Local preference is set on what is heard; community, MED and prepending on what is announced:',
    ...neighbors.map(({ name, announces }) => `  to ${name}: ${announces.join(', ')}`),
    ...(staticVpn
      ? [`Route ${accepts.join(', ')} into the tunnels of the VPN, with a distance above that of BGP.`]
      : []),
    'Keys: for Direct Connect in Secrets Manager or the console, for the tunnels in Secrets Manager. BFD on Direct Connect, without graceful restart.',
    '',
  ].join('\n');
}
