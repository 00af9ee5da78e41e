import type { Problem } from '../foundation/problem';
import { wellFormedElements, wellFormedFields } from '../foundation/settings';
import { addressPlanProblems } from './address-plan-problems';
import { isBlock, parseCidr } from './ipv4';
import { networkSchema, tierKind, type NetworkSettings, type NetworkTier } from './network-settings';

/**
 * What is wrong with the meaning of an environment's network settings; its shape is checked apart.
 *
 * @param raw the settings as written; what is malformed in them is passed over
 * @param zones the environment's zones, as far as they are well formed
 */
export function networkProblems(raw: unknown, zones: readonly string[], environment: string): Problem[] {
  const path = `${environment}.network`;
  const settings = wellFormedFields(networkSchema, raw);
  const tiers = wellFormedElements(networkSchema, raw, 'tiers');
  return [
    ...addressPlanProblems(
      { ...settings, zones, tiers },
      { prefix: `${path}.`, zones: `${environment}.availabilityZones` },
    ),
    ...kindProblems(tiers, path),
    ...natProblems(settings.nat, tiers, path),
    ...endpointProblems(settings.interfaceEndpoints ?? [], tiers, path),
    ...onPremisesProblems(settings.onPremises ?? [], path),
  ];
}

function kindProblems(tiers: readonly (NetworkTier | undefined)[], path: string): Problem[] {
  return tiers.flatMap((tier, index) =>
    tier === undefined || tierKind(tier) !== undefined
      ? []
      : [
          {
            path: `${path}.tiers[${index}].kind`,
            reason: `is missing, and the name "${tier.name}" does not say it`,
            remedy: 'set kind to public, app or data',
          },
        ],
  );
}

function natProblems(
  nat: NetworkSettings['nat'] | undefined,
  tiers: readonly (NetworkTier | undefined)[],
  path: string,
): Problem[] {
  // A malformed tier could be of any kind.
  if (nat === undefined || nat === 'none' || tiers.includes(undefined)) return [];
  const problems: Problem[] = [];
  if (nat !== 'regional' && !hasTier(tiers, 'public')) {
    problems.push({
      path: `${path}.nat`,
      value: nat,
      reason: 'puts gateways into a public tier, and there is none',
      remedy: 'add a tier of kind public, or choose regional or none',
    });
  }
  if (!hasTier(tiers, 'app')) {
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
  endpoints: readonly string[],
  tiers: readonly (NetworkTier | undefined)[],
  path: string,
): Problem[] {
  const repeated = endpoints.flatMap((endpoint, index): Problem[] => {
    const first = endpoints.indexOf(endpoint);
    if (first === index) return [];
    return [
      {
        path: `${path}.interfaceEndpoints[${index}]`,
        value: endpoint,
        reason: `is already ${path}.interfaceEndpoints[${first}]`,
        remedy: 'list each endpoint once',
      },
    ];
  });
  if (endpoints.length === 0 || tiers.includes(undefined) || hasTier(tiers, 'app') || hasTier(tiers, 'data')) {
    return repeated;
  }
  return [
    ...repeated,
    {
      path: `${path}.interfaceEndpoints`,
      reason: 'need a tier of kind app or data to stand in, and there is none',
      remedy: 'add such a tier, or list no endpoints',
    },
  ];
}

function onPremisesProblems(onPremises: readonly string[], path: string): Problem[] {
  return onPremises.flatMap((cidr, index) => {
    const block = parseCidr(cidr);
    return isBlock(block) ? [] : [{ path: `${path}.onPremises[${index}]`, value: cidr, ...block }];
  });
}

function hasTier(tiers: readonly (NetworkTier | undefined)[], kind: 'public' | 'app' | 'data'): boolean {
  return tiers.some((tier) => tier !== undefined && tier.retired !== true && tierKind(tier) === kind);
}
