import fc from 'fast-check';
import { chooseRoutes, type Chooser } from '../../../lib/connect/routes/choose-routes';
import type { Route } from '../../../lib/connect/routes/route';
import { route } from './support';

const OFFICE = '172.16.0.0/16';

function winners(routes: readonly Route[], chooser: Chooser): string[] {
  return chooseRoutes(routes, chooser).winners.map(({ path }) => path);
}

describe('the choice between routes to the same block', () => {
  // "Private virtual interface routing example", AWS Direct Connect User Guide: A and B in the region of the VPC, C elsewhere.
  const a = route('A', OFFICE, { asPathLength: 3 });
  const b = route('B', OFFICE, { asPathLength: 2 });
  const c = route('C', OFFICE, { asPathLength: 1, localPreference: 150 });

  it("is that of AWS's example: B before A for its shorter AS path, and both before C for their region", () => {
    expect(chooseRoutes([a, b, c], 'virtualPrivateGateway')).toMatchObject({
      winners: [{ path: 'B' }],
      losers: [
        { route: { path: 'A' }, lostBy: 'a longer AS path' },
        { route: { path: 'C' }, lostBy: 'a lower local preference' },
      ],
    });
  });

  // "Route priority": Direct Connect BGP, VPN static, VPN BGP; Amazon VPC User Guide.
  it.each<[Chooser, readonly string[]]>([
    ['virtualPrivateGateway', ['directConnect', 'vpnStatic', 'vpnBgp']],
    // "Route evaluation order": static, Direct Connect gateway, Site-to-Site VPN; Amazon VPC Transit Gateways guide.
    ['transitGateway', ['vpnStatic', 'directConnect', 'vpnBgp']],
  ])('at a %s is by source first: %j', (chooser, order) => {
    const routes = (['vpnBgp', 'vpnStatic', 'directConnect'] as const).map((source) =>
      // What would decide later speaks for the others.
      route(source, OFFICE, { source, localPreference: source === 'vpnBgp' ? 300 : 100, asPathLength: 0 }),
    );
    const chosen = order.map((_, index) =>
      winners(
        routes.filter(({ path }) => !order.slice(0, index).includes(path)),
        chooser,
      ),
    );
    expect(chosen).toEqual(order.map((source) => [source]));
  });

  it("is the customer's own at a router of theirs, whatever the source", () => {
    const direct = route('direct', OFFICE, { localPreference: 100 });
    const vpn = route('vpn', OFFICE, { source: 'vpnBgp', localPreference: 200 });
    expect(winners([direct, vpn], 'customerRouter')).toEqual(['vpn']);
  });

  it('goes on to MED, and spreads over what is equal', () => {
    const routes = [route('b', OFFICE), route('a', OFFICE), route('c', OFFICE, { med: 10 })];
    expect(chooseRoutes(routes, 'transitGateway')).toMatchObject({
      winners: [{ path: 'a' }, { path: 'b' }],
      losers: [{ route: { path: 'c' }, lostBy: 'a higher MED' }],
    });
  });

  it('is nothing where there is nothing', () => {
    expect(chooseRoutes([], 'transitGateway')).toEqual({ winners: [], losers: [] });
  });
});

describe('any choice', () => {
  const anyRoute = fc
    .record({
      source: fc.constantFrom('directConnect', 'vpnStatic', 'vpnBgp'),
      localPreference: fc.constantFrom(50, 100, 200, 300),
      asPathLength: fc.nat(3),
      med: fc.nat(2),
    })
    .map((parts) => parts as Partial<Route>);
  const anyRoutes = fc
    .array(anyRoute, { minLength: 1, maxLength: 8 })
    .map((all) => all.map((parts, index) => route(`path ${index}`, OFFICE, parts)));
  const anyChooser = fc.constantFrom<Chooser>('virtualPrivateGateway', 'transitGateway', 'customerRouter');

  it('loses no route, and has a winner', () => {
    fc.assert(
      fc.property(anyRoutes, anyChooser, (routes, chooser) => {
        const { winners: won, losers } = chooseRoutes(routes, chooser);
        expect(won.length).toBeGreaterThan(0);
        expect([...won, ...losers.map(({ route: lost }) => lost)].map(({ path }) => path).sort()).toEqual(
          routes.map(({ path }) => path).sort(),
        );
      }),
    );
  });

  it('does not depend on the order of what is heard', () => {
    const shuffled = anyRoutes.chain((routes) =>
      fc
        .shuffledSubarray(routes, { minLength: routes.length, maxLength: routes.length })
        .map((again) => ({ routes, again })),
    );
    fc.assert(
      fc.property(shuffled, anyChooser, ({ routes, again }, chooser) => {
        expect(winners(again, chooser)).toEqual(winners(routes, chooser));
      }),
    );
  });

  it('is an order: of what won against one and against another, that wins against both', () => {
    fc.assert(
      fc.property(anyRoutes, anyChooser, (routes, chooser) => {
        const [best] = winners(routes, chooser);
        for (const other of routes) {
          const pair = routes.filter(({ path }) => path === best || path === other.path);
          expect(winners(pair, chooser)).toContain(best);
        }
      }),
    );
  });

  it('is not changed by the loss of a route that was not used', () => {
    fc.assert(
      fc.property(anyRoutes, anyChooser, (routes, chooser) => {
        const before = winners(routes, chooser);
        const lost = routes.find(({ path }) => !before.includes(path));
        expect(
          winners(
            routes.filter((one) => one !== lost),
            chooser,
          ),
        ).toEqual(before);
      }),
    );
  });
});
