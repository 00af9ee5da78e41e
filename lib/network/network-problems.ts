import { addressListProblems } from '../foundation/address-list';
import { addressBlocks, type AddressBlock } from '../foundation/addresses';
import type { Problem } from '../foundation/problem';
import { elementsOf, fieldsOf, isRecord, textsOf } from '../foundation/settings';
import { addressPlanProblems } from './address-plan-problems';
import type { TierKind } from './address-plan-input';
import { networkSchema, networkTierSchema, tierKind, type NetworkSettings } from './network-settings';
import { tierParts } from './read-address-plan';

/**
 * Subnets that fit a stack: CloudFormation takes 500 resources, and a subnet is four of them (itself, its route table,
 * their association, a route). Source: "AWS CloudFormation quotas", CloudFormation User Guide.
 */
const MOST_SUBNETS = 100;

/** A tier that has subnets, as far as it is known: no kind where that is malformed or cannot be told. */
interface LiveTier {
  readonly index: number;
  readonly kind: TierKind | undefined;
  /** False if nobody can tell the kind although nothing is malformed. */
  readonly saysKind: boolean;
  readonly name: string | undefined;
}

/**
 * What is wrong with the meaning of an environment's network settings; their shape is checked apart.
 *
 * @param raw the settings as written
 * @param zones the environment's zones; undefined for a malformed one
 */
export function networkProblems(raw: unknown, zones: readonly (string | undefined)[], environment: string): Problem[] {
  const path = `${environment}.network`;
  const settings = fieldsOf(networkSchema, raw);
  const tiers = elementsOf(raw, 'tiers');
  const live = liveTiers(raw);
  return [
    ...addressPlanProblems(
      { ...settings, zones, tiers: tiers.map(tierParts) },
      { prefix: `${path}.`, zones: `${environment}.availabilityZones` },
    ),
    ...kindProblems(live, path),
    ...countProblems(tiers, live, zones, path),
    ...natProblems(settings.nat, live, path),
    ...endpointProblems(textsOf(raw, 'interfaceEndpoints'), live, path),
    ...addressListProblems(textsOf(raw, 'onPremises'), `${path}.onPremises`, { families: ['IPV4'] }),
  ];
}

/** Where the list itself is malformed, one tier of unknown kind stands for what it may hold. */
function liveTiers(raw: unknown): LiveTier[] {
  const isList = isRecord(raw) && Array.isArray(raw.tiers);
  return isList ? elementsOf(raw, 'tiers').flatMap(liveTier) : liveTier(undefined, 0);
}

function liveTier(raw: unknown, index: number): LiveTier[] {
  if (!isRecord(raw)) return [{ index, kind: undefined, saysKind: true, name: undefined }];
  const { name, kind, retired } = fieldsOf(networkTierSchema, raw);
  if (retired === true) return [];
  const told = typeof name === 'string' && kind !== null ? tierKind({ name, kind }) : (kind ?? undefined);
  return [
    {
      index,
      kind: told,
      saysKind: told !== undefined || kind === null || typeof name !== 'string',
      name: name ?? undefined,
    },
  ];
}

function kindProblems(live: readonly LiveTier[], path: string): Problem[] {
  return live
    .filter(({ saysKind }) => !saysKind)
    .map(({ index, name }) => ({
      path: `${path}.tiers[${index}].kind`,
      reason: `is missing, and the name "${name ?? ''}" does not say it`,
      remedy: 'set kind to public, app or data',
    }));
}

function countProblems(
  tiers: readonly unknown[],
  live: readonly LiveTier[],
  zones: readonly unknown[],
  path: string,
): Problem[] {
  const subnets = live.length * zones.length;
  if (tiers.length > 0 && live.length === 0) {
    return [
      {
        path: `${path}.tiers`,
        reason: 'are all retired: the VPC would have no subnet',
        remedy: 'add a tier that is not',
      },
    ];
  }
  if (subnets > MOST_SUBNETS) {
    return [
      {
        path: `${path}.tiers`,
        reason: `make ${subnets} subnets, and a CloudFormation stack has room for ${MOST_SUBNETS}`,
        remedy: 'make fewer and larger tiers, or a second environment',
      },
    ];
  }
  return [];
}

function natProblems(
  nat: NetworkSettings['nat'] | null | undefined,
  live: readonly LiveTier[],
  path: string,
): Problem[] {
  if (nat === undefined || nat === null || nat === 'none') return [];
  const problems: Problem[] = [];
  if (nat !== 'regional' && lacks(live, 'public')) {
    problems.push({
      path: `${path}.nat`,
      value: nat,
      reason: 'puts gateways into a public tier, and there is none',
      remedy: 'add a tier of kind public, or choose regional or none',
    });
  }
  if (lacks(live, 'app')) {
    problems.push({
      path: `${path}.nat`,
      value: nat,
      reason: 'pays for gateways that no tier of kind app uses',
      remedy: 'choose none, or add a tier of kind app',
    });
  }
  return problems;
}

function endpointProblems(
  endpoints: readonly (string | undefined)[],
  live: readonly LiveTier[],
  path: string,
): Problem[] {
  const repeated = endpoints.flatMap((endpoint, index): Problem[] => {
    const first = endpoints.indexOf(endpoint);
    if (endpoint === undefined || first === index) return [];
    return [
      {
        path: `${path}.interfaceEndpoints[${index}]`,
        value: endpoint,
        reason: `is already ${path}.interfaceEndpoints[${first}]`,
        remedy: 'list each endpoint once',
      },
    ];
  });
  if (endpoints.length === 0 || !lacks(live, 'app') || !lacks(live, 'data')) return repeated;
  return [
    ...repeated,
    {
      path: `${path}.interfaceEndpoints`,
      reason: 'need a tier of kind app or data to stand in, and there is none',
      remedy: 'add such a tier, or list no endpoints',
    },
  ];
}

/** True if surely no tier is of that kind; one whose kind is not known could be. */
function lacks(live: readonly LiveTier[], kind: TierKind): boolean {
  return live.every((tier) => tier.kind !== undefined && tier.kind !== kind);
}

/** What others can count on in this network, as far as it is known: undefined for what is malformed. */
export function reachableServices(raw: unknown): {
  nat: string | undefined;
  interfaceEndpoints: readonly string[] | undefined;
  hasPublicTier: boolean | undefined;
  hasAppTier: boolean | undefined;
} {
  const { nat, interfaceEndpoints } = fieldsOf(networkSchema, raw);
  const kinds = liveTiers(raw).map(({ kind }) => kind);
  const has = (kind: TierKind): boolean | undefined =>
    kinds.includes(kind) ? true : kinds.includes(undefined) ? undefined : false;
  return {
    nat: nat ?? undefined,
    interfaceEndpoints: interfaceEndpoints ?? undefined,
    hasPublicTier: has('public'),
    hasAppTier: has('app'),
  };
}

/** What a connection to other networks is held against, as far as it is known: undefined for what is malformed. */
export function connectedNetwork(raw: unknown): {
  vpc: AddressBlock | undefined;
  onPremises: readonly (string | undefined)[];
  tiers: readonly string[] | undefined;
} {
  const { cidr } = fieldsOf(networkSchema, raw);
  const names = liveTiers(raw).map(({ name }) => name);
  const known = names.filter((name) => name !== undefined);
  return {
    vpc: typeof cidr === 'string' ? addressBlocks([cidr])[0] : undefined,
    onPremises: textsOf(raw, 'onPremises'),
    tiers: known.length === names.length ? known : undefined,
  };
}
