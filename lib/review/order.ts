import { CATEGORIES, CHANGES, DANGERS, type Finding } from './finding';

/** The most dangerous first; the same findings always in the same order. */
export function ordered(findings: readonly Finding[]): Finding[] {
  return [...findings]
    .map((finding) => ({ finding, key: keyOf(finding) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .map(({ finding }) => finding);
}

function keyOf({ category, danger, certainty, change, stack, logicalId, type, summary }: Finding): (number | string)[] {
  return [
    CATEGORIES.indexOf(category),
    DANGERS.indexOf(danger),
    certainty === 'will' ? 0 : 1,
    stack,
    CHANGES.indexOf(change),
    type ?? '',
    logicalId ?? '',
    summary,
  ];
}

function compareKeys(one: readonly (number | string)[], other: readonly (number | string)[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index];
    if (against === undefined || value === against) continue;
    return value < against ? -1 : 1;
  }
  return 0;
}
