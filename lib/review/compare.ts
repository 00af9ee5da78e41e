import { addressPlanFindings } from './address-plan-findings';
import { announcementFindings } from './announcement-findings';
import type { Assembly, Stack } from './assembly';
import { assetMask } from './asset-noise';
import { CannotCompare } from './cannot-compare';
import type { Finding } from './finding';
import { firewallFindings } from './firewall-findings';
import { inheritedBy, NOTHING_INHERITED } from './inherited';
import { findMoves, type ComparedPair } from './moves';
import { endOf, nestedIn } from './nested-stacks';
import { ordered } from './order';
import { pipelineFindings } from './pipeline-findings';
import { priceLines, type PriceLine } from './prices';
import { resourceChanges } from './resource-changes';
import { resourceFindings } from './resource-findings';
import { sectionFindings } from './section-findings';
import { securityFindings } from './security-findings';
import { isElsewhere, stackFindings } from './stack-findings';
import { pairStacks } from './stack-pair';
import { Told } from './told';
import { withMoves } from './moved-findings';

export interface Comparison {
  /** The most dangerous first. */
  readonly findings: readonly Finding[];
  readonly prices: readonly PriceLine[];
  /** Stacks on either side. */
  readonly stacks: number;
  /** Differences that mean nothing to a reviewer. */
  readonly hidden: { readonly assets: number; readonly metadata: number };
}

export interface CompareOptions {
  /** Hides nothing: asset hashes, metadata, template versions. */
  readonly showAll?: boolean;
}

/**
 * What changes between two assemblies, as flat findings.
 *
 * @throws {CannotCompare} if a template is nested deeper than any that CloudFormation takes
 */
export function compareAssemblies(base: Assembly, head: Assembly, options: CompareOptions = {}): Comparison {
  try {
    return compareStacks(base, head, options);
  } catch (error) {
    // Out of stack: every walk through a template goes as deep as the template does.
    if (error instanceof RangeError) throw new CannotCompare('a template is nested too deep to be compared');
    throw error;
  }
}

function compareStacks(base: Assembly, head: Assembly, { showAll = false }: CompareOptions): Comparison {
  const mask = assetMask(new Set([...base.assets, ...head.assets]));
  const pairs = matchStacks(base.stacks, head.stacks);
  const compared: ComparedPair[] = [];
  const byId = new Map<string, ComparedPair>();
  const staying = new Set(
    pairs.flatMap(({ base: old, head: now }) => (old !== undefined && now !== undefined ? [old] : [])),
  );
  // Parents come before their nested stacks, to which they may give something else than before.
  for (const { id, base: old, head: now } of pairs) {
    const inherited = now === undefined ? NOTHING_INHERITED : inheritedBy(now, byId.get(now.parent ?? ''));
    if (old !== undefined && now !== undefined && inherited.size === 0 && isEqual(old, now)) continue;
    const pair = pairStacks(id, old, now, mask, {
      inherited,
      nested: nestedIn(old, base.stacks),
      end: old === undefined ? 'left' : endOf(old, base.stacks, (stack) => staying.has(stack)),
    });
    const each = { pair, changes: resourceChanges(pair, showAll) };
    compared.push(each);
    if (now !== undefined) byId.set(id, each);
  }
  const moves = findMoves(compared);
  const findings = compared.flatMap((each) => withMoves(pairFindings(each, showAll), moves));
  const hidden = compared.map(({ changes }) => changes.hidden);
  return {
    findings: ordered(findings),
    prices: compared.flatMap(({ pair }) => priceLines(pair)),
    stacks: pairs.length,
    hidden: {
      assets: hidden.reduce((sum, { assets }) => sum + assets, 0),
      metadata: hidden.reduce((sum, { metadata }) => sum + metadata, 0),
    },
  };
}

function pairFindings({ pair, changes }: ComparedPair, showAll: boolean): Finding[] {
  const { base, head } = pair;
  const own = stackFindings(pair);
  if (head === undefined) return own;
  // Elsewhere it is a new stack, and permits anew what it permits.
  if (base !== undefined && isElsewhere(base, head)) {
    const anew = pairStacks(pair.id, undefined, head, pair.mask);
    return [...own, ...securityFindings(anew, { removed: [] }, new Told())];
  }
  const told = new Told();
  const security = securityFindings(pair, changes, told);
  // A new stack is told of as a whole, with what it permits; a list of all its parts would hide the rest.
  if (base === undefined) return [...own, ...security];
  return [
    ...own,
    ...security,
    ...firewallFindings(pair, changes, told),
    ...pipelineFindings(pair, changes, told),
    ...addressPlanFindings(pair),
    ...announcementFindings(pair, changes, told),
    ...resourceFindings(pair, changes, told, showAll),
    ...sectionFindings(pair, showAll),
  ];
}

interface Match {
  readonly id: string;
  readonly base: Stack | undefined;
  readonly head: Stack | undefined;
}

/** By what CloudFormation knows them as; by their ID in the app where that changes. */
function matchStacks(base: readonly Stack[], head: readonly Stack[]): Match[] {
  const free = new Set(base);
  const counterparts = new Map<Stack, Stack>();
  const rounds: ((one: Stack, other: Stack) => boolean)[] = [
    (one, other) => one.id === other.id && !isElsewhere(one, other),
    (one, other) => !isElsewhere(one, other),
    (one, other) => one.id === other.id,
  ];
  for (const matches of rounds) {
    for (const stack of head) {
      if (counterparts.has(stack)) continue;
      const found = [...free].find((other) => matches(other, stack));
      if (found === undefined) continue;
      free.delete(found);
      counterparts.set(stack, found);
    }
  }
  return [
    ...head.map((stack): Match => ({ id: stack.id, base: counterparts.get(stack), head: stack })),
    ...[...free].map((stack): Match => ({ id: stack.id, base: stack, head: undefined })),
  ];
}

function isEqual(base: Stack, head: Stack): boolean {
  return (
    base.text === head.text &&
    !isElsewhere(base, head) &&
    base.terminationProtection === head.terminationProtection &&
    JSON.stringify(base.tags) === JSON.stringify(head.tags)
  );
}
