import type { AddressPlanDrawing, PlanShown } from './finding';

/** Both plans as a list of blocks in the order of addresses, with `-` and `+` before what goes and comes. */
export function drawAddressPlanText({ before, after }: AddressPlanDrawing): string {
  const [old, now] = [blocksOf(before), blocksOf(after)];
  const all = [...new Map([...old, ...now])].sort(([one], [other]) => compareBlocks(one, other));
  const lines = all.flatMap(([cidr]) => {
    const [was, is] = [old.get(cidr), now.get(cidr)];
    if (was === is) return [`  ${cidr.padEnd(18)} ${is ?? ''}`];
    return [
      ...(was === undefined ? [] : [`- ${cidr.padEnd(18)} ${was}`]),
      ...(is === undefined ? [] : [`+ ${cidr.padEnd(18)} ${is}`]),
    ];
  });
  const vpc =
    before?.cidr === after?.cidr
      ? `  ${after?.cidr ?? ''} VPC`
      : `- ${before?.cidr ?? ''} VPC\n+ ${after?.cidr ?? ''} VPC`;
  return [vpc, ...lines].join('\n');
}

/** What is at each block. */
function blocksOf(plan: PlanShown | undefined): Map<string, string> {
  return new Map([
    ...(plan?.subnets ?? []).map(({ tier, zone, cidr }): [string, string] => [cidr, `${tier} ${zone}`]),
    ...(plan?.kept ?? []).map(({ tier, cidr }): [string, string] => [cidr, `${tier} (kept)`]),
  ]);
}

/** By address, then the larger first. */
export function compareBlocks(one: string, other: string): number {
  const [a, b] = [one, other].map((cidr) => cidr.split(/[./]/).map(Number));
  for (let index = 0; index < 5; index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
