import { changedInputs } from './changed-inputs';
import { ownEntry, valueAt } from './fields';
import { quote, type Finding } from './finding';
import { GUARDED_SETTINGS } from './guarded-settings';
import { iamFindings } from './iam-findings';
import { policyProperties } from './iam-policies';
import { identify } from './identify';
import { changedDefaults, resolvedPair } from './resolve';
import type { ResourceChanges } from './resource-changes';
import { securityGroupFindings } from './security-group-findings';
import { settingFindings } from './setting-findings';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';
import { Told } from './told';

/** Permissions, rules and guarded settings: what is certain, and what is possible if parameters have their defaults. */
export function securityFindings(pair: StackPair, changes: Pick<ResourceChanges, 'removed'>, told: Told): Finding[] {
  const judge = (resolved: StackPair, by: Told): Finding[] => [
    ...iamFindings(resolved, by),
    ...securityGroupFindings(resolved, by),
    ...settingFindings(resolved, changes, by),
  ];
  const certain = judge(resolvedPair(pair), told);
  const defaults = changedDefaults(pair);
  const byDefault = resolvedPair(pair, defaults);
  const dangerous = (findings: readonly Finding[]): Set<string> =>
    new Set(findings.filter(({ danger }) => danger !== 'none').map(keyOf));
  const known = dangerous(certain);
  const possible = (defaults.size === 0 ? [] : judge(byDefault, new Told()))
    .filter((finding) => finding.danger !== 'none' && !known.has(keyOf(finding)))
    .map((finding): Finding => ({
      ...finding,
      certainty: 'may',
      notes: [...finding.notes, 'if parameters have their default: a deployed stack may keep another value'],
    }));
  const all = [...certain, ...possible];
  return [...all, ...undecided(pair, byDefault, all)];
}

function keyOf({ change, logicalId, summary }: Finding): string {
  return change === 'setting' || change === 'retention'
    ? `${change} ${logicalId ?? ''} ${summary}`
    : `${change} ${logicalId ?? ''}`;
}

/** What asks for something that changes, in a way that only CloudFormation can answer: by the region, for one. */
function undecided(pair: StackPair, resolved: StackPair, known: readonly Finding[]): Finding[] {
  const inputs = changedInputs(pair);
  return [...resolved.after.resources.values()].flatMap((after): Finding[] => {
    const before = resolved.before.resources.get(after.logicalId);
    if (before?.type !== after.type) return [];
    return guardsOf(after).flatMap(({ paths, change, data }): Finding[] => {
      const isKnown = known.some(
        (finding) => finding.logicalId === after.logicalId && finding.change === change && finding.danger !== 'none',
      );
      const values = paths.map((path) => [valueAt(before.properties, path), valueAt(after.properties, path)]);
      const causes = isKnown ? [] : inputs.of(values);
      if (causes.length === 0) return [];
      return [
        {
          category: data ? 'data' : 'security',
          change,
          danger: data ? 'data-loss' : 'broadening',
          certainty: 'may',
          ...(data ? {} : { direction: 'broadened' as const }),
          ...identify(pair, after),
          summary: `${quote(after.logicalId)} ${data ? 'may keep data for a shorter time' : 'may let through more'}: it depends on ${causes.join(', ')}, which changes`,
          details: [],
          notes: [],
        },
      ];
    });
  });
}

interface Guard {
  readonly paths: readonly string[];
  readonly change: Finding['change'];
  readonly data: boolean;
}

function guardsOf(resource: Resource): Guard[] {
  const settings = ownEntry(GUARDED_SETTINGS, resource.type) ?? [];
  const paths = (kind: 'retention' | undefined): string[] =>
    settings.filter((setting) => setting.kind === kind).map(({ path }) => path);
  const rules = resource.type.startsWith('AWS::EC2::SecurityGroup') ? Object.keys(resource.properties) : [];
  const guards: Guard[] = [
    { paths: policyProperties(resource), change: 'iam', data: false },
    { paths: rules, change: 'security-group', data: false },
    { paths: paths(undefined), change: 'setting', data: false },
    { paths: paths('retention'), change: 'retention', data: true },
  ];
  return guards.filter((guard) => guard.paths.length > 0);
}
