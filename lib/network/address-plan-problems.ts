import type { Problem } from '../foundation/problem';
import type { Given } from '../foundation/settings';
import { groupDigits } from '../foundation/table';
import { DEFAULT_MAX_ZONES, tierPrefixLength } from './address-plan-input';
import { describeRange, DOCKER_BRIDGE, rangeOf, refusedRange } from './address-ranges';
import { FreeSpace } from './free-space';
import { blockSize, formatCidr, isBlock, overlaps, parseCidr, type Ipv4Block } from './ipv4';
import { isSubnetSize, LARGEST_PREFIX_LENGTH, SMALLEST_PREFIX_LENGTH, usableAddresses } from './subnet';

/** What is known of a tier: undefined is missing, null is malformed. */
export interface TierParts {
  readonly name?: Given<string>;
  readonly hostsPerZone?: Given<number>;
  readonly prefixLength?: Given<number>;
}

/** What is known of a plan's input: undefined is missing, null is malformed. The rest is checked all the same. */
export interface AddressPlanParts {
  readonly cidr?: Given<string>;
  readonly zones?: readonly (string | undefined)[];
  readonly maxZones?: Given<number>;
  readonly tiers?: readonly TierParts[];
  readonly allowPublic?: Given<boolean>;
}

/** How the parts are called where they were written. */
export interface AddressPlanPaths {
  /** Goes before `cidr`, `tiers` and `maxZones`: empty, or ending in a dot. */
  readonly prefix: string;
  readonly zones: string;
}

const SUBNET_SIZES = `/${LARGEST_PREFIX_LENGTH} to /${SMALLEST_PREFIX_LENGTH}`;

/** One subnet of the smallest size each. */
const MOST_TIERS = blockSize(LARGEST_PREFIX_LENGTH) / blockSize(SMALLEST_PREFIX_LENGTH);

/** Everything that is wrong with the meaning of a plan, in the order of its settings. Its shape is checked apart. */
export function addressPlanProblems(
  parts: AddressPlanParts,
  paths: AddressPlanPaths = { prefix: '', zones: 'zones' },
): Problem[] {
  const { cidr, zones = [], tiers = [] } = parts;
  if (tiers.length > MOST_TIERS) {
    const reason = `lists ${groupDigits(tiers.length)} tiers, more than the ${groupDigits(MOST_TIERS)} smallest subnets that the largest VPC holds`;
    return [{ path: `${paths.prefix}tiers`, reason, remedy: 'list fewer' }];
  }
  // Each tier needs at least one block for each zone, even where it is not known how many more it keeps.
  const maxZones = parts.maxZones ?? Math.max(zones.length, 1);
  const vpcProblems = typeof cidr === 'string' ? blockProblems(cidr, parts.allowPublic === true, paths) : [];
  const vpc = typeof cidr === 'string' && vpcProblems.length === 0 ? parseCidr(cidr) : undefined;
  return [
    ...vpcProblems,
    ...zoneProblems(zones, maxZones, paths),
    ...tiers.flatMap((tier, index) => tierProblems(tier, `${paths.prefix}tiers[${index}]`)),
    ...duplicateNameProblems(tiers, paths),
    ...(vpc !== undefined && isBlock(vpc) ? roomProblems(vpc, tiers, maxZones, paths) : []),
  ];
}

function blockProblems(cidr: string, allowPublic: boolean, paths: AddressPlanPaths): Problem[] {
  const path = `${paths.prefix}cidr`;
  const block = parseCidr(cidr);
  if (!isBlock(block)) return [{ path, value: cidr, reason: block.reason, remedy: block.remedy }];
  const problem = (reason: string, remedy: string): Problem[] => [{ path, value: cidr, reason, remedy }];

  if (!isSubnetSize(block.prefixLength)) {
    return problem(
      `is a /${block.prefixLength}: AWS takes VPCs of ${SUBNET_SIZES}`,
      `choose a prefix length of 16 to 28`,
    );
  }
  const refused = refusedRange(block);
  if (refused !== undefined) {
    return problem(`is in ${refused.label}, which AWS refuses`, 'choose a block of RFC 1918, for example 10.0.0.0/16');
  }
  if (overlaps(block, DOCKER_BRIDGE)) {
    return problem(
      `is in ${formatCidr(DOCKER_BRIDGE)}, the default network of Docker, whose hosts would not reach it`,
      'choose another block, for example 172.20.0.0/16',
    );
  }
  const kind = rangeOf(block)?.kind;
  if (kind !== 'private' && kind !== 'shared' && !allowPublic) {
    return problem(
      `is not a private range (${describeRange(block)}): whoever uses it could not be reached`,
      `choose a block of RFC 1918, or set ${paths.prefix}allowPublic: true if it is yours`,
    );
  }
  return [];
}

function zoneProblems(zones: readonly (string | undefined)[], maxZones: number, paths: AddressPlanPaths): Problem[] {
  const repeated = repeats(zones).map(({ value, index, first }): Problem => ({
    path: `${paths.zones}[${index}]`,
    value,
    reason: `is already ${paths.zones}[${first}]`,
    remedy: 'list each zone once',
  }));
  if (zones.length <= maxZones) return repeated;
  return [
    ...repeated,
    {
      path: paths.zones,
      reason: `lists ${zones.length} zones, more than the ${maxZones} that ${paths.prefix}maxZones keeps room for`,
      remedy: `list fewer, or raise ${paths.prefix}maxZones (${DEFAULT_MAX_ZONES} unless set; before the first deployment: it moves subnets)`,
    },
  ];
}

function tierProblems({ name, hostsPerZone, prefixLength }: TierParts, path: string): Problem[] {
  const value = name ?? undefined;
  const problems: Problem[] = [];
  if (hostsPerZone !== undefined && prefixLength !== undefined) {
    problems.push({ path, value, reason: 'has both hostsPerZone and prefixLength', remedy: 'keep one of them' });
  }
  if (hostsPerZone === undefined && prefixLength === undefined) {
    problems.push({
      path,
      value,
      reason: 'has neither hostsPerZone nor prefixLength',
      remedy: 'give one of them, for example hostsPerZone: 250',
    });
  }
  if (typeof prefixLength === 'number' && !isSubnetSize(prefixLength)) {
    problems.push({
      path: `${path}.prefixLength`,
      value: prefixLength,
      reason: `is outside ${SUBNET_SIZES}, the subnets that AWS takes`,
      remedy: 'choose 16 (largest) to 28 (smallest)',
    });
  }
  const most = usableAddresses(LARGEST_PREFIX_LENGTH);
  if (typeof hostsPerZone === 'number' && hostsPerZone > most) {
    problems.push({
      path: `${path}.hostsPerZone`,
      value: hostsPerZone,
      reason: `does not fit a /${LARGEST_PREFIX_LENGTH}, the largest subnet (${groupDigits(most)} usable addresses)`,
      remedy: 'lower it, or split the tier in two',
    });
  }
  return problems;
}

function duplicateNameProblems(tiers: readonly TierParts[], { prefix }: AddressPlanPaths): Problem[] {
  return repeats(tiers.map(({ name }) => name ?? undefined)).map(({ value, index, first }) => ({
    path: `${prefix}tiers[${index}].name`,
    value,
    reason: `is already the name of ${prefix}tiers[${first}]`,
    remedy: 'give each tier a name of its own',
  }));
}

/** Every tier for which there is no room, with the addresses that it alone lacks: their sum is what the plan lacks. */
function roomProblems(
  vpc: Ipv4Block,
  tiers: readonly TierParts[],
  maxZones: number,
  { prefix }: AddressPlanPaths,
): Problem[] {
  const freeSpace = new FreeSpace(vpc);
  return tiers.flatMap((tier, index): Problem[] => {
    const prefixLength = sizeOf(tier);
    if (prefixLength === undefined) return [];
    let placed = 0;
    while (placed < maxZones && freeSpace.take(prefixLength) !== undefined) placed++;
    if (placed === maxZones) return [];
    const each = blockSize(prefixLength);
    const [sizeSetting, lower] =
      tier.prefixLength === undefined ? ['lower hostsPerZone', ''] : ['raise prefixLength', 'lower '];
    const larger = vpc.prefixLength > LARGEST_PREFIX_LENGTH ? ', or take a larger VPC block (up to /16)' : '';
    return [
      {
        path: `${prefix}tiers[${index}]`,
        value: tier.name ?? undefined,
        reason:
          `does not fit: it needs ${maxZones} blocks of /${prefixLength} (${groupDigits(maxZones * each)} addresses, ` +
          `one block for each of ${prefix}maxZones), ${placed} are left in ${formatCidr(vpc)}: ` +
          `${groupDigits((maxZones - placed) * each)} addresses are missing`,
        remedy: `${sizeSetting} or ${lower}${prefix}maxZones${larger}`,
      },
    ];
  });
}

/** The size of a tier's blocks, if it says one, and one that can be. */
function sizeOf({ hostsPerZone, prefixLength }: TierParts): number | undefined {
  if (hostsPerZone === null || prefixLength === null) return undefined;
  if ((hostsPerZone === undefined) === (prefixLength === undefined)) return undefined;
  const size = tierPrefixLength({ hostsPerZone, prefixLength });
  return isSubnetSize(size) ? size : undefined;
}

/** The elements that stand earlier in the list too; undefined repeats nothing. */
function repeats(list: readonly (string | undefined)[]): { value: string; index: number; first: number }[] {
  const firsts = new Map<string, number>();
  return list.flatMap((value, index) => {
    if (value === undefined) return [];
    const first = firsts.get(value);
    if (first !== undefined) return [{ value, index, first }];
    firsts.set(value, index);
    return [];
  });
}
