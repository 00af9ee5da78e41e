import { dangerOf } from './consequences';
import { fateOfRemoved } from './deletion-fate';
import { DANGERS, quote, type Detail, type Finding } from './finding';
import { identify } from './identify';
import { insideOf } from './loops';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';

/** A loop over a list that only CloudFormation knows: any of its resources may go. */
export function loopFinding(
  pair: StackPair,
  loop: Resource,
  happens: 'changes' | 'leaves the stack',
  details: readonly Detail[],
  causes: readonly string[],
): Finding {
  const inside = insideOf(loop);
  const dangers = inside.map((resource) => dangerOf(fateOfRemoved(resource), resource.type));
  const danger = DANGERS.find((each) => dangers.includes(each)) ?? 'none';
  const types = [...new Set(inside.map(({ type }) => quote(type)))].sort();
  return {
    category: danger === 'data-loss' ? 'data' : happens === 'changes' ? 'replacement' : 'deletion',
    change: happens === 'changes' ? 'replace' : 'delete',
    danger,
    certainty: 'may',
    ...identify(pair, loop),
    summary: `the loop ${quote(loop.logicalId)} ${happens}: its resources may be deleted or replaced`,
    details,
    notes: [
      ...causes,
      `only CloudFormation knows its list${types.length === 0 ? '' : `; each item makes ${types.join(', ')}`}`,
    ],
  };
}
