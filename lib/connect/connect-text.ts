import { renderTable } from '../foundation/table';
import type { ConnectExplanation, ExplainedPath, ExplainedRoute, ExplainedTrip } from './explain-connect';

const KINDS: Readonly<Record<ExplainedPath['kind'], string>> = {
  directConnect: 'Direct Connect',
  vpnBgp: 'VPN, BGP',
  vpnStatic: 'VPN, static',
};

const GATEWAYS: Readonly<Record<ConnectExplanation['gateway'], string>> = {
  virtualPrivate: 'virtual private gateway',
  transit: 'transit gateway',
};

/** For a terminal; programs read the JSON. */
export function showConnect(explanation: ConnectExplanation): string {
  const { environment, gateway, asns, paths, toOnPremises, toAws, trips, failures, resiliency } = explanation;
  const sections = [
    `${environment}: ${GATEWAYS[gateway]} (AS ${asns.gateway}), Direct Connect gateway (AS ${asns.amazon}), customer (AS ${asns.customer})`,
    renderTable(
      ['path', 'kind', 'at', 'told apart by', 'customer announces', 'AWS announces'],
      paths.map((path) => [
        path.name,
        KINDS[path.kind],
        path.location ?? '–',
        path.standing,
        list(path.announcedToAws),
        list(path.announcedToOnPremises),
      ]),
    ),
    `From AWS\n${showRoutes(toOnPremises)}`,
    `From on-premises\n${showRoutes(toAws)}`,
    `There and back\n${trips.map((trip) => `  ${showTrip(trip)}`).join('\n')}`,
    `When one part fails\n${renderTable(
      ['fails', 'lost', 'then'],
      failures.map(({ fails, lost, trips: left }) => [fails, list(lost), showOutcomes(left)]),
    )}`,
    [
      `Resiliency: ${resiliency.model}; service level: ${resiliency.serviceLevel}`,
      ...resiliency.lacks.map((lack) => `  lacks ${lack}`),
    ].join('\n'),
  ];
  return sections.join('\n\n');
}

function showRoutes(routes: readonly ExplainedRoute[]): string {
  return routes
    .flatMap(({ block, used, standby, exceptions }) => [
      `  ${block} over ${list(used)}${exceptions.length === 0 ? '' : `, but for ${list(exceptions)}`}`,
      ...grouped(standby).map(([lostBy, paths]) => `    then ${list(paths)}: ${lostBy}`),
    ])
    .join('\n');
}

/** Those that lost for the same reason after each other, together. */
function grouped(standby: ExplainedRoute['standby']): [lostBy: string, paths: string[]][] {
  return standby.reduce<[string, string[]][]>((groups, { path, lostBy }) => {
    const last = groups.at(-1);
    if (last?.[0] !== lostBy) return [...groups, [lostBy, [path]]];
    return [...groups.slice(0, -1), [lostBy, [...last[1], path]]];
  }, []);
}

/** What becomes of all traffic, in one line where it is the same for all. */
function showOutcomes(trips: readonly ExplainedTrip[]): string {
  const outcomes = new Set(trips.map(showOutcome));
  const [only] = outcomes;
  if (only !== undefined && outcomes.size === 1) return only;
  return trips.map((trip) => `${trip.onPremises} ${showOutcome(trip)}`).join('; ');
}

function showTrip(trip: ExplainedTrip): string {
  return `${trip.aws} to ${trip.onPremises}: ${showOutcome(trip)}`;
}

/** Which way, in a few words. */
export function showOutcome({ out, back, verdict }: ExplainedTrip): string {
  switch (verdict) {
    case 'symmetrical':
      return `${list(out)}, both ways`;
    case 'shared':
      return `${list(out)}, spread: one flow may go and come back differently`;
    case 'asymmetrical':
      return `ASYMMETRICAL: out over ${list(out)}, back over ${list(back)}`;
    case 'broken':
      return `BROKEN: ${out.length === 0 ? 'AWS knows no way there' : 'on-premises knows no way back'}`;
  }
}

function list(words: readonly string[]): string {
  return words.join(', ') || '–';
}
