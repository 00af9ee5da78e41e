import { quote, type Finding } from './finding';
import { moveKey, type Move } from './moves';

/** Tells of a removal and an addition in another stack as what they are: to CloudFormation still a deletion and a creation. */
export function withMoves(findings: readonly Finding[], moves: ReadonlyMap<string, Move>): Finding[] {
  const targets = new Map([...moves].map(([source, { stack, logicalId }]) => [moveKey(stack, logicalId), source]));
  return findings.map((finding) => {
    if (finding.logicalId === undefined) return finding;
    const key = moveKey(finding.stack, finding.logicalId);
    const to = finding.change === 'delete' ? moves.get(key) : undefined;
    if (to !== undefined) {
      return {
        ...finding,
        change: 'move',
        summary: `${finding.summary}; an equal one is made in stack ${quote(to.stack)} as ${quote(to.logicalId)}`,
        notes: [...finding.notes, '`cdk refactor`, or retaining and importing it, moves it instead'],
      };
    }
    const from = finding.change === 'add' ? targets.get(key) : undefined;
    if (from === undefined) return finding;
    return { ...finding, summary: `${finding.summary}; an equal one leaves ${quote(from.split(' ')[0] ?? '')}` };
  });
}
