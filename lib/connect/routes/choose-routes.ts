import type { Route, RouteSource } from './route';

/** Who chooses. */
export type Chooser = 'virtualPrivateGateway' | 'transitGateway' | 'customerRouter';

interface Criterion {
  /** Why the others lose: `a longer AS path`. */
  readonly name: string;
  /** The lowest wins. */
  readonly rank: (route: Route) => number;
}

const localPreference: Criterion = { name: 'a lower local preference', rank: (route) => -route.localPreference };
const asPath: Criterion = { name: 'a longer AS path', rank: (route) => route.asPathLength };
const med: Criterion = { name: 'a higher MED', rank: (route) => route.med };

function source(order: readonly RouteSource[], name: string): Criterion {
  return { name, rank: (route) => order.indexOf(route.source) };
}

/**
 * What decides between routes to the same block, first to last.
 *
 * Sources: "Route tables and AWS Site-to-Site VPN route priority", AWS Site-to-Site VPN User Guide, for the virtual private
 * gateway; "Route evaluation order" of transit gateways, Amazon VPC Transit Gateways guide, where a static VPN is a static
 * route and goes before everything propagated; "Private virtual interface and transit virtual interface routing policies",
 * AWS Direct Connect User Guide, for what follows. A router of the customer's decides as RFC 4271, 9.1, has it.
 */
const CRITERIA: Readonly<Record<Chooser, readonly Criterion[]>> = {
  virtualPrivateGateway: [
    source(['directConnect', 'vpnStatic', 'vpnBgp'], 'Direct Connect goes before a VPN'),
    localPreference,
    asPath,
    med,
  ],
  transitGateway: [
    source(
      ['vpnStatic', 'directConnect', 'vpnBgp'],
      'a transit gateway takes a static VPN first, then Direct Connect, then a VPN with BGP',
    ),
    localPreference,
    asPath,
    med,
  ],
  customerRouter: [localPreference, asPath, med],
};

export interface Loser {
  readonly route: Route;
  /** What decided against it: `a longer AS path`. */
  readonly lostBy: string;
}

/** Which of several routes to the same block are used. */
export interface Choice {
  /** More than one where all criteria are equal; traffic is then spread over them, each flow over one. */
  readonly winners: readonly Route[];
  /** In the order in which they would be used. */
  readonly losers: readonly Loser[];
}

/** @param routes all to the same block; no winner if there are none */
export function chooseRoutes(routes: readonly Route[], chooser: Chooser): Choice {
  const criteria = CRITERIA[chooser];
  const decisive = (one: Route, other: Route): Criterion | undefined =>
    criteria.find(({ rank }) => rank(one) !== rank(other));
  const sorted = [...routes].sort((one, other) => {
    const criterion = decisive(one, other);
    if (criterion !== undefined) return criterion.rank(one) - criterion.rank(other);
    return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
  });
  const [best] = sorted;
  if (best === undefined) return { winners: [], losers: [] };
  return {
    winners: sorted.filter((route) => decisive(best, route) === undefined),
    losers: sorted.flatMap((route) => {
      const criterion = decisive(best, route);
      return criterion === undefined ? [] : [{ route, lostBy: criterion.name }];
    }),
  };
}
