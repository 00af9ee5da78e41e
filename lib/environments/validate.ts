import { accessProblems } from '../access/access-problems';
import { connectSchema } from '../connect/connect-settings';
import { overlappingAllowedPrefixes } from '../connect/problems/prefix-problems';
import { connectProblems } from '../connect/problems/connect-problems';
import { deliveryProblems } from '../delivery/delivery-problems';
import { firewallProblems } from '../firewall/firewall-problems';
import { addressBlocks, intersects, isAddressBlock, parseAddress, type AddressBlock } from '../foundation/addresses';
import type { Problem } from '../foundation/problem';
import { fieldsOf, isRecord, shapeProblems, textsOf } from '../foundation/settings';
import { connectedNetwork, networkProblems, reachableServices } from '../network/network-problems';
import { networkSchema } from '../network/network-settings';
import { noticesSchema } from '../notices/notices-settings';
import { streamProblems } from '../stream/stream-problems';
import { webProblems } from '../web/web-problems';
import { EnvironmentMistakes, locateMistakes, type Mistake } from './mistakes';
import { rivalClaims, type Labelled } from './rival-claims';
import { environmentSchema, type Environment } from './schema';

/**
 * Checks all environments, each by itself and all of them together.
 *
 * @param inputs as written; types do not protect at run time, where nothing has been type-checked
 * @throws {EnvironmentMistakes} with every problem of every environment
 */
export function validateEnvironments(inputs: readonly unknown[]): Environment[] {
  const { mistakes, labels } = findMistakes(inputs);
  if (mistakes.length > 0) throw new EnvironmentMistakes(mistakes, labels);
  return inputs.map((input) => environmentSchema.parse(input));
}

/** Every mistake of every environment, and what the environments are called in them. */
export function findMistakes(inputs: readonly unknown[]): { mistakes: Mistake[]; labels: string[] } {
  const labelled = inputs.map((input, index) => ({ input, label: labelOf(input, index, inputs) }));
  const labels = labelled.map(({ label }) => label);
  const problems = [
    ...labelled.flatMap(({ input, label }) => environmentProblems(input, label)),
    ...duplicateNames(inputs),
    ...overlappingNetworks(labelled),
    ...overlappingAllowedPrefixes(labelled.map(announced)),
    ...rivalClaims(labelled),
  ];
  return { mistakes: locateMistakes(problems, labels), labels };
}

function environmentProblems(input: unknown, label: string): Problem[] {
  if (input === undefined) {
    const remedy = 'export it from its file under the name that lib/environments/index.ts imports';
    return [{ path: label, reason: 'is missing', remedy }];
  }
  const { account, region, protectData } = fieldsOf(environmentSchema, input);
  const zones = textsOf(input, 'availabilityZones');
  const { network, access, stream, firewall, web, delivery, connect } = isRecord(input) ? input : {};
  return [
    ...shapeProblems(environmentSchema, input, label),
    ...zonesOutsideRegion(zones, region, label),
    ...budgetElsewhere(input, region, label),
    ...networkProblems(network, zones, label),
    ...(access === undefined ? [] : accessProblems(access, reachableServices(network), label)),
    ...(stream === undefined ? [] : streamProblems(stream, label)),
    ...(firewall === undefined ? [] : firewallProblems(firewall, label)),
    ...(web === undefined
      ? []
      : webProblems(
          web,
          {
            ...reachableServices(network),
            region: region ?? undefined,
            protectData: protectData ?? undefined,
            zones: zones.length,
            hasFirewall: firewall !== undefined,
            hasAccess: access !== undefined,
          },
          label,
        )),
    ...(delivery === undefined
      ? []
      : deliveryProblems(
          delivery,
          {
            account: account ?? undefined,
            protectData: protectData ?? undefined,
            hasWeb: web !== undefined,
          },
          label,
        )),
    ...(connect === undefined
      ? []
      : connectProblems(connect, { region: region ?? undefined, ...connectedNetwork(network) }, label)),
  ];
}

/** Source: the resource specification of the region, in which there is no `AWS::Budgets::Budget`. */
function budgetElsewhere(input: unknown, region: string | null | undefined, label: string): Problem[] {
  const { monthlyBudget } = fieldsOf(noticesSchema.unwrap(), isRecord(input) ? input.notices : undefined);
  if (!monthlyBudget || region?.startsWith('us-gov-') !== true) return [];
  return [
    {
      path: `${label}.notices.monthlyBudget`,
      value: monthlyBudget,
      reason: `cannot be watched in ${region}, which has no AWS Budgets`,
      remedy: 'leave it out, and watch the bill in the account that pays',
    },
  ];
}

function zonesOutsideRegion(
  zones: readonly (string | undefined)[],
  region: string | null | undefined,
  label: string,
): Problem[] {
  if (region === undefined || region === null) return [];
  return zones.flatMap((zone, index) =>
    zone === undefined || (zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)))
      ? []
      : [
          {
            path: `${label}.availabilityZones[${index}]`,
            value: zone,
            reason: `is not a zone of ${region}`,
            remedy: `name it as the account does, for example ${region}a`,
          },
        ],
  );
}

function duplicateNames(inputs: readonly unknown[]): Problem[] {
  const names = inputs.map(nameOf);
  return names.flatMap((name, index): Problem[] => {
    const first = names.indexOf(name);
    if (name === undefined || first === index) return [];
    return [
      {
        path: `environments[${index}].name`,
        value: name,
        reason: `is already the name of environments[${first}]`,
        remedy: 'give each environment a name of its own',
      },
    ];
  });
}

/** What an environment has AWS announce, where it says so. Of a virtual private gateway it is a filter, and its VPC goes out. */
function announced({ input, label }: Labelled): { path: string; allowed: AddressBlock[] } {
  const connect = isRecord(input) ? input.connect : undefined;
  const isTransit = fieldsOf(connectSchema, connect).gateway === 'transit';
  const texts = isTransit ? textsOf(connect, 'allowedPrefixes').filter((text) => text !== undefined) : [];
  return { path: `${label}.connect.allowedPrefixes`, allowed: addressBlocks(texts) };
}

interface Network {
  readonly path: string;
  readonly block: AddressBlock;
  readonly onPremises: boolean;
}

/** VPCs that could never be connected to each other, or to a network that one of the environments names. */
function overlappingNetworks(labelled: readonly Labelled[]): Problem[] {
  const networks = labelled.flatMap(({ input, label }) =>
    networksOf(isRecord(input) ? input.network : undefined, label),
  );
  return networks.flatMap((one, index) =>
    networks
      .slice(index + 1)
      .filter((other) => !(one.onPremises && other.onPremises) && intersects(one.block, other.block))
      .map((other) => {
        // The VPC is the one to move, and of two VPCs the later.
        const [movable, fixed] = other.onPremises ? [one, other] : [other, one];
        return {
          path: movable.path,
          value: movable.block.cidr,
          reason: `overlaps ${fixed.path} (${fixed.block.cidr})`,
          remedy: `choose a block that no environment and no on-premises network uses${fixed.onPremises ? '' : `; or change ${fixed.path}, if only ${movable.path} is deployed`}`,
        };
      }),
  );
}

function networksOf(network: unknown, label: string): Network[] {
  const vpc = fieldsOf(networkSchema, network).cidr ?? undefined;
  const candidates = [
    { path: `${label}.network.cidr`, cidr: vpc, onPremises: false },
    ...textsOf(network, 'onPremises').map((cidr, index) => ({
      path: `${label}.network.onPremises[${index}]`,
      cidr,
      onPremises: true,
    })),
  ];
  return candidates.flatMap(({ path, cidr, onPremises }) => {
    if (cidr === undefined) return [];
    const parsed = parseAddress(cidr);
    const block = isAddressBlock(parsed) ? parsed : parsed.meant;
    return block === undefined ? [] : [{ path, block, onPremises }];
  });
}

/** The environment's name where that tells it apart, its place in the list otherwise. */
function labelOf(input: unknown, index: number, all: readonly unknown[]): string {
  const name = nameOf(input);
  return name !== undefined && all.filter((other) => nameOf(other) === name).length === 1
    ? name
    : `environments[${index}]`;
}

/** The name that an environment gives itself, well formed or not. */
export function nameOf(input: unknown): string | undefined {
  return isRecord(input) && typeof input.name === 'string' && input.name !== '' ? input.name : undefined;
}
