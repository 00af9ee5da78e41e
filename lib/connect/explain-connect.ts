import type { ConnectSettings } from './connect-settings';
import { layOut, type ConnectedNetwork } from './layout';
import { resiliencyOf, type Resiliency } from './resiliency';
import type { ConnectPath } from './routes/connect-path';
import { LOCAL_PREFERENCES, TUNNELS } from './routes/route';
import type { TableEntry } from './routes/route-table';
import { roundTrips, singleFailures, trafficOver, type RoundTrip } from './routes/traffic';

export interface ExplainedPath {
  readonly name: string;
  readonly kind: ConnectPath['kind'];
  readonly location: string | undefined;
  /** How either side tells it from the others. */
  readonly standing: string;
  readonly announcedToAws: readonly string[];
  readonly announcedToOnPremises: readonly string[];
}

export interface ExplainedRoute {
  readonly block: string;
  readonly used: readonly string[];
  /** In the order in which they would be used. */
  readonly standby: readonly { readonly path: string; readonly lostBy: string }[];
  /** Longer prefixes inside it, which go their own way. */
  readonly exceptions: readonly string[];
}

export interface ExplainedTrip {
  readonly aws: string;
  readonly onPremises: string;
  readonly out: readonly string[];
  readonly back: readonly string[];
  readonly verdict: RoundTrip['verdict'];
}

export interface ExplainedFailure {
  readonly fails: string;
  readonly lost: readonly string[];
  readonly trips: readonly ExplainedTrip[];
}

/** What `connect explain` answers. Made of the same settings as the template. */
export interface ConnectExplanation {
  readonly environment: string;
  readonly gateway: ConnectSettings['gateway'];
  readonly asns: { readonly amazon: number; readonly gateway: number; readonly customer: number };
  readonly paths: readonly ExplainedPath[];
  readonly toOnPremises: readonly ExplainedRoute[];
  readonly toAws: readonly ExplainedRoute[];
  readonly trips: readonly ExplainedTrip[];
  readonly failures: readonly ExplainedFailure[];
  readonly resiliency: Resiliency;
}

export function explainConnect(
  environment: string,
  connect: ConnectSettings,
  network: ConnectedNetwork,
): ConnectExplanation {
  const { gateway, paths, aws, onPremises } = layOut(connect, network);
  const traffic = trafficOver(paths, gateway);
  return {
    environment,
    gateway: connect.gateway,
    asns: { amazon: connect.amazonAsn, gateway: connect.gatewayAsn, customer: connect.customerAsn },
    paths: paths.map(explainPath),
    toOnPremises: traffic.toOnPremises.map(explainRoute),
    toAws: traffic.toAws.map(explainRoute),
    trips: roundTrips(traffic, aws, onPremises).map(explainTrip),
    failures: singleFailures(paths, gateway, aws, onPremises).map(({ part, lost, trips }) => ({
      fails: PART_WORDS[part.kind](part.name),
      lost,
      trips: trips.map(explainTrip),
    })),
    resiliency: resiliencyOf(connect.interfaces),
  };
}

const PART_WORDS: Readonly<Record<ConnectPath['parts'][number]['kind'], (name: string) => string>> = {
  location: (name) => `location ${name}`,
  device: (name) => `AWS device ${name}`,
  connection: (name) => `connection ${name}`,
  interface: (name) => `interface ${name}`,
  vpn: () => 'the VPN, or the internet',
  tunnel: (name) => `tunnel ${name}`,
};

function explainPath({ name, kind, parts, preference, tunnel, prepend, ...announced }: ConnectPath): ExplainedPath {
  const standing = [
    ...(preference === undefined ? [] : [`preference ${preference} (${LOCAL_PREFERENCES[preference].community})`]),
    ...(tunnel === undefined ? [] : [kind === 'vpnBgp' ? `MED ${TUNNELS[tunnel].med}` : 'static']),
    ...(prepend === 0 ? [] : [`prepended ${prepend} times`]),
  ];
  return {
    name,
    kind,
    location: parts.find((part) => part.kind === 'location')?.name,
    standing: standing.join(', '),
    announcedToAws: announced.fromOnPremises.map(({ cidr }) => cidr),
    announcedToOnPremises: announced.fromAws.map(({ cidr }) => cidr),
  };
}

function explainRoute({ block, winners, losers, exceptions }: TableEntry): ExplainedRoute {
  return {
    block: block.cidr,
    used: winners.map(({ path }) => path),
    standby: losers.map(({ route, lostBy }) => ({ path: route.path, lostBy })),
    exceptions: exceptions.map(({ cidr }) => cidr),
  };
}

function explainTrip({ aws, onPremises, out, back, verdict }: RoundTrip): ExplainedTrip {
  return { aws: aws.cidr, onPremises: onPremises.cidr, out, back, verdict };
}
