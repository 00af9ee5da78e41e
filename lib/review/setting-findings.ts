import { differences } from './differences';
import { ownEntry, valueAt } from './fields';
import { quote, type Finding } from './finding';
import { GUARDED_SETTINGS, PROTECTORS, type GuardedSetting } from './guarded-settings';
import { identify } from './identify';
import type { ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';
import type { Told } from './told';

/** Protection that is taken away, or added: encryption, public access, versions, retention. */
export function settingFindings(pair: StackPair, { removed }: Pick<ResourceChanges, 'removed'>, told: Told): Finding[] {
  return [
    ...settled(pair).flatMap((change) =>
      merged(
        (ownEntry(GUARDED_SETTINGS, change.after.type) ?? []).flatMap((setting) =>
          settingFinding(pair, change, setting, told),
        ),
      ),
    ),
    ...removed.flatMap((resource): Finding[] => {
      const protects = ownEntry(PROTECTORS, resource.type);
      if (protects === undefined) return [];
      return [
        {
          category: 'security',
          change: 'setting',
          danger: 'broadening',
          certainty: 'will',
          direction: 'broadened',
          ...identify(pair, resource),
          summary: `${quote(resource.logicalId)} is deleted, and with it ${protects}`,
          details: [],
          notes: [],
        },
      ];
    }),
  ];
}

interface Both {
  readonly before: Resource;
  readonly after: Resource;
}

/** Resources on both sides, also those whose text stays: a mapping may say something else. */
function settled({ before, after }: StackPair): Both[] {
  return [...after.resources.values()].flatMap((resource) => {
    const old = before.resources.get(resource.logicalId);
    return old?.type !== resource.type || ownEntry(GUARDED_SETTINGS, resource.type) === undefined
      ? []
      : [{ before: old, after: resource }];
  });
}

/** Settings that protect the same are one finding. */
function merged(findings: readonly Finding[]): Finding[] {
  const bySummary = new Map<string, Finding>();
  for (const finding of findings) {
    const known = bySummary.get(finding.summary);
    bySummary.set(
      finding.summary,
      known === undefined ? finding : { ...known, details: [...known.details, ...finding.details] },
    );
  }
  return [...bySummary.values()];
}

function settingFinding(
  pair: StackPair,
  { before, after }: Both,
  { path, compare, protects, kind, certainty }: GuardedSetting,
  told: Told,
): Finding[] {
  const [old, now] = [valueAt(before.properties, path), valueAt(after.properties, path)];
  if (pair.same(old, now)) return [];
  const strength = compare(old, now);
  if (strength === undefined) return [];
  told.add(after.logicalId, [path]);
  const details = differences(old, now, path, pair.same);
  const weaker = strength !== 'stronger';
  const name = quote(after.logicalId);
  if (kind !== undefined) {
    return [
      {
        category: weaker ? 'data' : 'update',
        change: kind === 'protection' ? 'protection' : 'retention',
        danger: !weaker ? 'none' : kind === 'protection' ? 'destructive' : 'data-loss',
        certainty: weaker ? (certainty ?? 'will') : 'will',
        ...identify(pair, after),
        summary: `${name} ${dataText(kind, protects, weaker)}`,
        details,
        notes: kind === 'protection' && weaker ? ['nothing is deleted by this change itself'] : [],
      },
    ];
  }
  return [
    {
      category: 'security',
      change: 'setting',
      danger: weaker ? 'broadening' : 'none',
      certainty: 'will',
      direction: weaker ? 'broadened' : 'narrowed',
      ...identify(pair, after),
      summary: `${name} ${strength === 'other' ? 'changes' : weaker ? 'loses' : 'gets'} ${protects}`,
      details,
      notes: [],
    },
  ];
}

function dataText(kind: NonNullable<GuardedSetting['kind']>, protects: string, weaker: boolean): string {
  switch (kind) {
    case 'retention':
      return `keeps ${protects} for a ${weaker ? 'shorter' : 'longer'} time${weaker ? ': what is older is deleted' : ''}`;
    case 'deletes':
      return weaker
        ? `lets rules delete ${protects}, those it has as well`
        : `deletes no ${protects} by rules any more`;
    case 'data':
    case 'protection':
      return `${weaker ? 'loses' : 'gets'} ${protects}`;
  }
}
