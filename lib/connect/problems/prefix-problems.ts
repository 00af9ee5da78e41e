import { addressListProblems } from '../../foundation/address-list';
import { addressBlocks, intersects, isAddressBlock, parseAddress, type AddressBlock } from '../../foundation/addresses';
import type { Problem } from '../../foundation/problem';
import { elementsOf, isRecord, textsOf, type Given } from '../../foundation/settings';
import type { ConnectSettings } from '../connect-settings';
import { isInside, isSame } from '../routes/route-table';
import {
  MOST_ALLOWED_PREFIXES_PRIVATE,
  MOST_ALLOWED_PREFIXES_TRANSIT,
  MOST_PREFIXES_FROM_ON_PREMISES,
} from '../values/limits';

/** What is known of the network that is connected: undefined for what is malformed. */
export interface NetworkParts {
  readonly vpc: AddressBlock | undefined;
  readonly onPremises: readonly (string | undefined)[];
}

/** What is wrong with the blocks that either side announces. */
export function prefixProblems(
  raw: unknown,
  gateway: Given<ConnectSettings['gateway']>,
  network: NetworkParts,
  path: string,
): Problem[] {
  const vpn = isRecord(raw) ? raw.vpn : undefined;
  const announcements = [
    ...elementsOf(raw, 'interfaces').map((one, index) => ({
      raw: one,
      path: `${path}.interfaces[${index}].announces`,
    })),
    ...(vpn === undefined ? [] : [{ raw: vpn, path: `${path}.vpn.announces` }]),
  ];
  return [
    ...allowedProblems(textsOf(raw, 'allowedPrefixes'), gateway, network.vpc, `${path}.allowedPrefixes`),
    ...announcements.flatMap((one) => announcedProblems(textsOf(one.raw, 'announces'), network, one.path)),
    ...onPremisesProblems(network.onPremises, path),
    ...stealingProblems(raw, network, path),
  ];
}

function allowedProblems(
  texts: readonly (string | undefined)[],
  gateway: Given<ConnectSettings['gateway']>,
  vpc: AddressBlock | undefined,
  path: string,
): Problem[] {
  const most = gateway === 'transit' ? MOST_ALLOWED_PREFIXES_TRANSIT : MOST_ALLOWED_PREFIXES_PRIVATE;
  const problems = addressListProblems(texts, path, { families: ['IPV4'] });
  if (texts.length > most && gateway) {
    problems.push({
      path,
      reason: `are ${texts.length}, and AWS takes ${most} of them`,
      remedy: 'sum them up in wider blocks',
    });
  }
  if (gateway !== 'virtualPrivate' || vpc === undefined) return problems;
  // The list is a filter here: what is narrower than the VPC's block lets nothing through.
  const allowed = addressBlocks(present(texts));
  if (texts.length > 0 && problems.length === 0 && !allowed.some((one) => isSame(one, vpc) || isInside(vpc, one))) {
    problems.push({
      path,
      value: texts,
      reason: `hold no block as wide as the VPC's, ${vpc.cidr}: nothing would be announced`,
      remedy: `add ${vpc.cidr}, or leave the list out`,
    });
  }
  return problems;
}

/** Blocks on-premises that one path announces: parts of network.onPremises, and nothing of the VPC. */
function announcedProblems(
  texts: readonly (string | undefined)[],
  { onPremises }: NetworkParts,
  path: string,
): Problem[] {
  const problems = addressListProblems(texts, path, { families: ['IPV4'] });
  const known = addressBlocks(present(onPremises));
  const outside = texts.flatMap((text, index): Problem[] => {
    const block = text === undefined ? undefined : parseAddress(text);
    if (block === undefined || !isAddressBlock(block)) return [];
    if (known.some((wide) => isSame(block, wide) || isInside(block, wide))) return [];
    return [
      {
        path: `${path}[${index}]`,
        value: text,
        reason: 'is in no block of network.onPremises, which is all that may be routed',
        remedy: 'add it there, where it is held against every VPC',
      },
    ];
  });
  const many =
    texts.length > MOST_PREFIXES_FROM_ON_PREMISES
      ? [
          {
            path,
            reason: `are ${texts.length}, and with more than ${MOST_PREFIXES_FROM_ON_PREMISES} BGP goes down and stays so`,
            remedy: 'sum them up in wider blocks',
          },
        ]
      : [];
  return [...problems, ...outside, ...many];
}

function onPremisesProblems(onPremises: readonly (string | undefined)[], path: string): Problem[] {
  const networkPath = `${path.slice(0, path.lastIndexOf('.'))}.network.onPremises`;
  if (onPremises.length === 0) {
    return [
      {
        path: networkPath,
        reason: 'is empty: there is nothing to connect to',
        remedy: 'list the blocks on-premises that are to be reached',
      },
    ];
  }
  if (onPremises.length <= MOST_PREFIXES_FROM_ON_PREMISES) return [];
  return [
    {
      path: networkPath,
      reason: `are ${onPremises.length}, and with more than ${MOST_PREFIXES_FROM_ON_PREMISES} BGP goes down and stays so`,
      remedy: 'sum them up in wider blocks, or say in announces what each path carries',
    },
  ];
}

/** A longer prefix goes first whatever it came by: a backup that announces one takes the traffic of what it backs up. */
function stealingProblems(raw: unknown, { onPremises }: NetworkParts, path: string): Problem[] {
  if (!isRecord(raw) || !isRecord(raw.vpn)) return [];
  const known = present(onPremises);
  const direct = elementsOf(raw, 'interfaces').flatMap((one) => {
    const own = present(textsOf(one, 'announces'));
    return addressBlocks(own.length > 0 ? own : known);
  });
  const vpnTexts = textsOf(raw.vpn, 'announces');
  return vpnTexts.flatMap((text, index): Problem[] => {
    const [block] = text === undefined ? [] : addressBlocks([text]);
    if (block === undefined || direct.some((one) => isSame(one, block))) return [];
    const wide = direct.find((one) => isInside(block, one));
    if (wide === undefined) return [];
    return [
      {
        path: `${path}.vpn.announces[${index}]`,
        value: text,
        reason: `is a longer prefix than ${wide.cidr} over Direct Connect, and would draw its traffic to the VPN`,
        remedy: `announce ${wide.cidr}, or leave the list out`,
      },
    ];
  });
}

/** Two gateways' transit prefixes must not overlap where they go to the same routers; within one environment there is one gateway. */
export function overlappingAllowedPrefixes(
  environments: readonly { readonly path: string; readonly allowed: readonly AddressBlock[] }[],
): Problem[] {
  return environments.flatMap((one, index) =>
    environments.slice(0, index).flatMap((earlier) =>
      one.allowed
        .filter((block) => earlier.allowed.some((other) => intersects(block, other)))
        .map((block) => ({
          path: one.path,
          value: block.cidr,
          reason: `overlaps ${earlier.path}: both would be announced to the same routers`,
          remedy: "allow only what is this environment's own",
        })),
    ),
  );
}

function present(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
