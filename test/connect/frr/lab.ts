import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RouterNeighbor, RouterPlan } from '../../../lib/connect/router/router-plan';
import { edgeConfiguration, gatewayConfiguration } from './aws-side';
import { link, Namespace, run } from './namespaces';
import { Router } from './routers';

/** What `vtysh` has of a route. */
interface ShownRoute {
  readonly selected?: boolean;
  readonly nexthops?: readonly { readonly ip?: string; readonly fib?: boolean }[];
}

const SECONDS_TO_SETTLE = 40;

/** The customer's router, an edge of AWS for each path, and the gateway behind them. */
export class Lab {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ishizue-routes-'));
  private readonly customer: Namespace;
  private readonly gateway: Namespace;
  private readonly edges: ReadonlyMap<string, Namespace>;
  private readonly routers: { readonly customer: Router; readonly gateway: Router; readonly edges: readonly Router[] };
  /** Paths by the address that leads to them. */
  private readonly fromCustomer: ReadonlyMap<string, string>;
  private readonly fromGateway: ReadonlyMap<string, string>;

  /**
   * @param label tells the namespaces of several from each other
   * @param sketch as `connect router` prints it
   */
  constructor(label: string, plan: RouterPlan, sketch: string) {
    const { neighbors } = plan;
    this.customer = new Namespace(`${label}-customer`);
    this.gateway = new Namespace(`${label}-gateway`);
    this.edges = new Map(neighbors.map(({ name }) => [name, new Namespace(`${label}-${name}`)]));
    this.fromCustomer = new Map(neighbors.map(({ name, amazonAddress }) => [amazonAddress, name]));
    this.fromGateway = new Map(neighbors.map(({ name }, index) => [`10.254.${index}.2`, name]));
    neighbors.forEach(({ name, ownAddress, amazonAddress, prefixLength }, index) => {
      const edge = this.edge(name);
      link(
        { namespace: this.customer, device: `c-${name}`, address: `${ownAddress}/${prefixLength}` },
        { namespace: edge, device: 'out', address: `${amazonAddress}/${prefixLength}` },
      );
      link(
        { namespace: this.gateway, device: `g-${name}`, address: `10.254.${index}.1/30` },
        { namespace: edge, device: 'in', address: `10.254.${index}.2/30` },
      );
    });
    chmodSync(this.folder, 0o755);
    const owner = { uid: Number(run('id', ['-u', 'frr'])), gid: Number(run('id', ['-g', 'frr'])) };
    const start = (namespace: Namespace, configuration: string): Router =>
      new Router(namespace, configuration, this.folder, owner);
    const edgeAddresses = new Map([...this.fromGateway].map(([address, name]) => [name, address]));
    this.routers = {
      gateway: start(this.gateway, gatewayConfiguration(plan, edgeAddresses)),
      edges: neighbors.map((neighbor, index) =>
        start(this.edge(neighbor.name), edgeConfiguration(neighbor, plan, `10.254.${index}.1`, keyOf(neighbor))),
      ),
      customer: start(this.customer, filledIn(sketch, plan)),
    };
  }

  /**
   * Which paths both sides have their routes over, once they are as expected for a second, or in the end.
   *
   * @param expected by route: `AWS > 192.168.0.0/16`
   */
  async settle(
    expected: Readonly<Record<string, string>>,
    seconds = SECONDS_TO_SETTLE,
  ): Promise<Record<string, string>> {
    let found: Record<string, string> = {};
    let agreed = 0;
    for (let passed = 0; passed < seconds && agreed < 2; passed += 1) {
      await setTimeout(1000);
      found = Object.fromEntries(Object.keys(expected).map((route) => [route, this.pathsOf(route)]));
      agreed = JSON.stringify(found) === JSON.stringify(expected) ? agreed + 1 : 0;
    }
    return found;
  }

  /** As if somebody had pulled the cable. */
  cut(path: string): void {
    this.customer.ip('link', 'set', `c-${path}`, 'down');
  }

  mend(path: string): void {
    this.customer.ip('link', 'set', `c-${path}`, 'up');
  }

  delete(): void {
    const { customer, gateway, edges } = this.routers;
    for (const router of [customer, gateway, ...edges]) router.stop();
    for (const namespace of [this.customer, this.gateway, ...this.edges.values()]) namespace.delete();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private edge(name: string): Namespace {
    const edge = this.edges.get(name);
    if (edge === undefined) throw new Error(`there is no path ${name}`);
    return edge;
  }

  private pathsOf(route: string): string {
    const [side, block = ''] = route.split(' > ');
    const [router, names] =
      side === 'AWS'
        ? ([this.routers.gateway, this.fromGateway] as const)
        : ([this.routers.customer, this.fromCustomer] as const);
    try {
      const shown = router.show(`show ip route ${block}`) as Record<string, readonly ShownRoute[]>;
      const used = (shown[block] ?? []).filter(({ selected }) => selected).flatMap(({ nexthops = [] }) => nexthops);
      return used
        .filter(({ fib }) => fib)
        .flatMap(({ ip = '' }) => names.get(ip) ?? [])
        .sort()
        .join(', ');
    } catch {
      // It is still starting.
      return '';
    }
  }
}

function keyOf({ name, kind }: RouterNeighbor): string | undefined {
  return kind === 'directConnect' ? `key.of.${name}` : undefined;
}

/** What a person fills in, and what makes the lab quick: failures are found within seconds. */
function filledIn(sketch: string, { asn, neighbors }: RouterPlan): string {
  const timers = neighbors.flatMap(({ amazonAddress }) => [
    ` neighbor ${amazonAddress} timers 1 3`,
    ` neighbor ${amazonAddress} timers connect 1`,
  ]);
  return [
    sketch
      .replace('ROUTER_ID', '192.0.2.1')
      .replace(/BGP_KEY_OF_(\w+)/g, (_, name: string) => `key.of.${name.toLowerCase().replaceAll('_', '-')}`),
    `router bgp ${asn}`,
    ...timers,
    '',
  ].join('\n');
}
