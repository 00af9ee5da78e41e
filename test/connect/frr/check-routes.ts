/**
 * Has FRRouting be the judge of `connect explain` and of `connect router --vendor frr`: the customer's router loads the sketch as
 * it is printed, routers for AWS's side do what AWS documents, and which way both sides choose, before and after each path is cut,
 * is compared with the explanation. Needs root, network namespaces and FRRouting (.ci/install-frr); nothing leaves the machine.
 */
import { connectSchema, type ConnectSettings } from '../../../lib/connect/connect-settings';
import { explainConnect, type ExplainedTrip } from '../../../lib/connect/explain-connect';
import { renderFrr } from '../../../lib/connect/router/frr';
import { planRouter } from '../../../lib/connect/router/router-plan';
import { Lab } from './lab';
import { hasNamespaces } from './namespaces';

const NETWORK = { cidr: '10.1.0.0/16', onPremises: ['192.168.0.0/16', '172.16.0.0/12'] };

const TOKYO = { name: 'tokyo', connection: 'dxcon-tokyo0001', location: 'EqTY2', bandwidth: '1Gbps', vlan: 101 };
const OSAKA = { name: 'osaka', connection: 'dxcon-osaka0001', location: 'EqOS1', bandwidth: '1Gbps', vlan: 102 };
const LINKS = {
  tokyo: { amazon: '169.254.100.1/30', customer: '169.254.100.2/30' },
  osaka: { amazon: '169.254.100.5/30', customer: '169.254.100.6/30' },
};
const VPN = { address: 'ssm:/connect/vpn-address', tunnels: ['169.254.60.0/30', '169.254.60.4/30'] };

const LAYOUTS: Readonly<Record<string, object>> = {
  'one preferred, one standing by, and a VPN': {
    interfaces: [
      { ...TOKYO, addresses: LINKS.tokyo, preference: 'high' },
      { ...OSAKA, addresses: LINKS.osaka, preference: 'low' },
    ],
    vpn: VPN,
  },
  'two alike, and a VPN': {
    interfaces: [
      { ...TOKYO, addresses: LINKS.tokyo },
      { ...OSAKA, addresses: LINKS.osaka },
    ],
    vpn: VPN,
  },
  'two alike, one prepended': {
    interfaces: [
      { ...TOKYO, addresses: LINKS.tokyo },
      { ...OSAKA, addresses: LINKS.osaka, prepend: 3 },
    ],
  },
  'a network that only the second announces, as a longer prefix': {
    interfaces: [
      { ...TOKYO, addresses: LINKS.tokyo, preference: 'high' },
      { ...OSAKA, addresses: LINKS.osaka, announces: ['192.168.7.0/24', '172.16.0.0/12'] },
    ],
    vpn: VPN,
  },
};

async function main(): Promise<number> {
  if (process.getuid?.() !== 0 || !hasNamespaces()) {
    console.log('skipped: this user may make no network namespaces');
    return 0;
  }
  const results = await Promise.all(
    Object.entries(LAYOUTS).map(([name, layout], index) => {
      const connect = connectSchema.parse({ customerAsn: 65_000, logs: { retentionDays: 30 }, ...layout });
      return tryLayout(name, connect, `lab-${index}`);
    }),
  );
  for (const { lines } of results) console.log(lines.join('\n'));
  const compared = results.reduce((sum, result) => sum + result.compared, 0);
  const differences = results.reduce((sum, result) => sum + result.differences, 0);
  console.log(`${compared} routes compared, ${differences} differ`);
  return differences === 0 && compared > 0 ? 0 : 1;
}

interface Result {
  readonly lines: readonly string[];
  readonly compared: number;
  readonly differences: number;
}

async function tryLayout(name: string, connect: ConnectSettings, label: string): Promise<Result> {
  const explanation = explainConnect('lab', connect, NETWORK);
  const plan = planRouter('lab', connect, NETWORK);
  const lab = new Lab(label, plan, renderFrr(plan));
  const lines = [name];
  let [compared, differences] = [0, 0];
  const compare = async (what: string, trips: readonly ExplainedTrip[]): Promise<void> => {
    const expected = routesOf(trips);
    const found = await lab.settle(expected);
    for (const [route, paths] of Object.entries(expected)) {
      const isSame = found[route] === paths;
      compared += 1;
      differences += isSame ? 0 : 1;
      const judge = isSame ? '' : `; FRRouting says ${found[route] ?? 'nothing'}`;
      lines.push(`  ${isSame ? 'same   ' : 'DIFFERS'}  ${what.padEnd(10)} ${route.padEnd(26)} ${paths}${judge}`);
    }
  };
  try {
    await compare('all up', explanation.trips);
    for (const neighbor of plan.neighbors) {
      const failure = explanation.failures.find(({ fails }) => fails.endsWith(` ${neighbor.name}`));
      lab.cut(neighbor.name);
      await compare(`${neighbor.name} cut`, failure?.trips ?? []);
      lab.mend(neighbor.name);
    }
    await compare('mended', explanation.trips);
    // A judge that agrees with everything is none.
    const wrong = routesOf(explanation.trips.map((trip) => ({ ...trip, back: ['nobody'] })));
    const found = await lab.settle(wrong, 2);
    if (JSON.stringify(found) === JSON.stringify(wrong)) throw new Error('FRRouting agrees with what is wrong');
  } finally {
    lab.delete();
  }
  return { lines: [...lines, ''], compared, differences };
}

/** `AWS > 192.168.0.0/16` over `tokyo`, of what an explanation says of traffic. */
function routesOf(trips: readonly ExplainedTrip[]): Record<string, string> {
  return Object.fromEntries(
    trips.flatMap(({ aws, onPremises, out, back }) => [
      [`AWS > ${onPremises}`, out.join(', ')],
      [`customer > ${aws}`, back.join(', ')],
    ]),
  );
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
