import { display } from './display';
import { quote, type Finding } from './finding';
import { identify } from './identify';
import type { ChangedResource, ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import type { Told } from './told';

const ALLOWED = 'AllowedPrefixesToDirectConnectGateway';

/** What a Direct Connect gateway tells the other side: which blocks are reached from there, and which no longer. */
export function announcementFindings(pair: StackPair, { changed }: ResourceChanges, told: Told): Finding[] {
  return changed
    .filter(({ after: { type } }) => type === 'AWS::DirectConnect::DirectConnectGatewayAssociation')
    .flatMap((change) => announcementFinding(pair, change, told));
}

function announcementFinding(pair: StackPair, { before, after }: ChangedResource, told: Told): Finding[] {
  const [old, now] = [prefixesOf(before.properties[ALLOWED]), prefixesOf(after.properties[ALLOWED])];
  if (old === undefined || now === undefined) return [];
  const gone = old.filter((prefix) => !now.includes(prefix));
  const fresh = now.filter((prefix) => !old.includes(prefix));
  told.add(after.logicalId, [ALLOWED]);
  // It is a set: another order is no change.
  if (gone.length === 0 && fresh.length === 0) return [];
  return [
    {
      category: 'addresses',
      change: 'addresses',
      danger: gone.length > 0 ? 'destructive' : 'none',
      certainty: 'will',
      ...identify(pair, after),
      summary:
        gone.length > 0
          ? `${gone.map(quote).join(', ')} ${gone.length === 1 ? 'is' : 'are'} no longer announced over Direct Connect: routers on the other side lose the way there`
          : `${fresh.map(quote).join(', ')} ${fresh.length === 1 ? 'is' : 'are'} announced over Direct Connect, too`,
      details: [
        ...gone.map((prefix) => ({ path: prefix, before: 'announced' })),
        ...fresh.map((prefix) => ({ path: prefix, after: 'announced' })),
      ],
      notes: [
        'a virtual private gateway takes the list as a filter (its VPC goes out where a block is as wide), a transit gateway announces it as it is',
        ...(gone.length > 0 ? ['traffic goes over what else announces them, a VPN for example, or nowhere'] : []),
      ],
    },
  ];
}

/** Undefined if it is no list. */
function prefixesOf(list: unknown): string[] | undefined {
  if (list === undefined) return [];
  return Array.isArray(list) ? list.map((prefix: unknown) => display(prefix)) : undefined;
}
