import { covers, type AddressBlock } from '../../foundation/addresses';
import type { Chooser } from './choose-routes';
import type { ConnectPath, Part } from './connect-path';
import { LOCAL_PREFERENCES, TUNNELS, type Route } from './route';
import { isInside, lookUpRoute, routeTable, type TableEntry } from './route-table';

export type AwsGateway = Exclude<Chooser, 'customerRouter'>;

/** Both sides' routes. */
export interface Traffic {
  /** From AWS to the blocks on-premises. */
  readonly toOnPremises: readonly TableEntry[];
  /** From on-premises to the blocks at AWS. */
  readonly toAws: readonly TableEntry[];
}

/** Which way traffic takes in both directions over the paths that are there. */
export function trafficOver(paths: readonly ConnectPath[], gateway: AwsGateway): Traffic {
  return {
    toOnPremises: routeTable(
      paths.flatMap((path) => path.fromOnPremises.map((block) => heardByAws(path, block))),
      gateway,
    ),
    toAws: routeTable(
      paths.flatMap((path) => path.fromAws.map((block) => heardOnPremises(path, block))),
      'customerRouter',
    ),
  };
}

function heardByAws(path: ConnectPath, block: AddressBlock): Route {
  const isStatic = path.kind === 'vpnStatic';
  return {
    block,
    path: path.name,
    source: path.kind,
    localPreference: LOCAL_PREFERENCES[path.preference ?? 'medium'].localPreference,
    asPathLength: isStatic ? 0 : 1 + path.prepend,
    // Of two static tunnels AWS takes the one that it likes.
    med: path.tunnel === undefined || isStatic ? 0 : TUNNELS[path.tunnel].med,
  };
}

function heardOnPremises(path: ConnectPath, block: AddressBlock): Route {
  const { localPreference } =
    path.tunnel === undefined ? LOCAL_PREFERENCES[path.preference ?? 'medium'] : TUNNELS[path.tunnel];
  return {
    block,
    path: path.name,
    source: path.kind,
    localPreference,
    asPathLength: path.kind === 'vpnStatic' ? 0 : 1,
    med: 0,
  };
}

/** Traffic between two blocks, there and back. */
export interface RoundTrip {
  readonly aws: AddressBlock;
  readonly onPremises: AddressBlock;
  /** Paths from AWS, by name; none if it does not get there. */
  readonly out: readonly string[];
  readonly back: readonly string[];
  /**
   * symmetrical: one path, both ways. shared: the same several, of which each direction of a flow may take another, which
   * stateful firewalls on the way do not like. asymmetrical: other paths. broken: one direction has none.
   */
  readonly verdict: 'symmetrical' | 'shared' | 'asymmetrical' | 'broken';
}

/**
 * Every pair of a block at AWS and one on-premises. Where a part of a block has a route of its own, it is a block of its own
 * here: a longer prefix goes its way whatever the rest does.
 */
export function roundTrips(
  traffic: Traffic,
  aws: readonly AddressBlock[],
  onPremises: readonly AddressBlock[],
): RoundTrip[] {
  return piecesOf(onPremises, traffic.toOnPremises).flatMap((there) =>
    piecesOf(aws, traffic.toAws).map((here) => {
      const out = pathsTo(traffic.toOnPremises, there);
      const back = pathsTo(traffic.toAws, here);
      return { aws: here, onPremises: there, out, back, verdict: verdict(out, back) };
    }),
  );
}

function piecesOf(blocks: readonly AddressBlock[], table: readonly TableEntry[]): AddressBlock[] {
  const routed = table.map(({ block }) => block);
  return blocks
    .flatMap((block) => [block, ...routed.filter((inner) => isInside(inner, block))])
    .filter(
      (block) =>
        !covers(
          routed.filter((inner) => isInside(inner, block)),
          block,
        ),
    );
}

function pathsTo(table: readonly TableEntry[], block: AddressBlock): string[] {
  return lookUpRoute(table, block)?.winners.map(({ path }) => path) ?? [];
}

function verdict(out: readonly string[], back: readonly string[]): RoundTrip['verdict'] {
  if (out.length === 0 || back.length === 0) return 'broken';
  if (out.join() !== back.join()) return 'asymmetrical';
  return out.length === 1 ? 'symmetrical' : 'shared';
}

/** What is left when one part fails. */
export interface Failure {
  readonly part: Part;
  readonly lost: readonly string[];
  readonly trips: readonly RoundTrip[];
}

/** Each single failure, in the order in which the paths name their parts. */
export function singleFailures(
  paths: readonly ConnectPath[],
  gateway: AwsGateway,
  aws: readonly AddressBlock[],
  onPremises: readonly AddressBlock[],
): Failure[] {
  const parts = new Map(paths.flatMap((path) => path.parts.map((part) => [`${part.kind} ${part.name}`, part])));
  return [...parts.values()].map((part) => {
    const isLost = (path: ConnectPath): boolean =>
      path.parts.some(({ kind, name }) => kind === part.kind && name === part.name);
    const left = paths.filter((path) => !isLost(path));
    return {
      part,
      lost: paths.filter(isLost).map(({ name }) => name),
      trips: roundTrips(trafficOver(left, gateway), aws, onPremises),
    };
  });
}
