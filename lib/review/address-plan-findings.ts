import { isRecord } from '../foundation/settings';
import {
  quote,
  type AddressPlanDrawing,
  type Detail,
  type Finding,
  type PlannedSubnet,
  type PlanShown,
} from './finding';
import type { StackPair } from './stack-pair';

/** What the Network stack writes into its template for reviews: the plan itself, beside its subnets. */
const KEY = 'AddressPlan';

/** A change of the address plan: which subnets come, go and move. */
export function addressPlanFindings(pair: StackPair): Finding[] {
  const [before, after] = [readPlan(pair.before.metadata[KEY]), readPlan(pair.after.metadata[KEY])];
  // A plan that comes or goes with its stack is no change of a plan.
  if (before === undefined || after === undefined) return [];
  const details = [
    ...(before.cidr === after.cidr ? [] : [{ path: 'VPC', before: before.cidr, after: after.cidr }]),
    ...subnetDetails(before.subnets, after.subnets),
    ...keptDetails(before, after),
  ];
  if (details.length === 0) return [];
  const drawing: AddressPlanDrawing = { before, after };
  return [
    {
      category: 'addresses',
      change: 'addresses',
      danger: 'none',
      certainty: 'will',
      stack: pair.id,
      summary: `the address plan of ${quote(pair.id)} changes`,
      details,
      notes: before.cidr === after.cidr ? [] : ['another block makes another VPC, with everything in it'],
      drawing,
    },
  ];
}

function readPlan(raw: unknown): PlanShown | undefined {
  if (!isRecord(raw) || typeof raw.cidr !== 'string') return undefined;
  return {
    cidr: raw.cidr,
    subnets: listOf(raw.subnets).map(({ tier, zone, cidr }) => ({
      tier: String(tier),
      zone: String(zone),
      cidr: String(cidr),
    })),
    kept: listOf(raw.kept).map(({ tier, cidr }) => ({ tier: String(tier), cidr: String(cidr) })),
  };
}

function listOf(list: unknown): Record<string, unknown>[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).filter(isRecord);
}

function subnetDetails(before: readonly PlannedSubnet[], after: readonly PlannedSubnet[]): Detail[] {
  const [old, now] = [before, after].map(
    (subnets) => new Map(subnets.map(({ tier, zone, cidr }) => [`${tier} ${zone}`, cidr])),
  );
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((name): Detail[] => {
    const [from, to] = [old?.get(name), now?.get(name)];
    if (from === to) return [];
    return [
      {
        path: name,
        ...(from === undefined ? {} : { before: from }),
        ...(to === undefined ? {} : { after: to }),
      },
    ];
  });
}

function keptDetails(before: PlanShown, after: PlanShown): Detail[] {
  const [old, now] = [before, after].map(({ kept }) => kept.map(({ tier, cidr }) => `${tier} ${cidr}`));
  const gone = (old ?? []).filter((block) => !now?.includes(block));
  const fresh = (now ?? []).filter((block) => !old?.includes(block));
  return [
    ...gone.map((block) => ({ path: 'kept', before: block })),
    ...fresh.map((block) => ({ path: 'kept', after: block })),
  ];
}
