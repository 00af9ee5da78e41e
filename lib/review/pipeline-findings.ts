import { isRecord } from '../foundation/settings';
import { differences } from './differences';
import { display } from './display';
import { quote, type Detail, type Finding } from './finding';
import { longestCommon } from './firewall-findings';
import { identify } from './identify';
import type { ChangedResource, ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import { without, type Fields } from './fields';
import type { Told } from './told';

/** Stages and actions of pipelines: added, removed, moved, changed. An approval that goes is a door that opens. */
export function pipelineFindings(pair: StackPair, { changed }: ResourceChanges, told: Told): Finding[] {
  return changed
    .filter(({ after: { type } }) => type === 'AWS::CodePipeline::Pipeline')
    .flatMap((change) => pipelineFinding(pair, change, told));
}

function pipelineFinding(pair: StackPair, { before, after }: ChangedResource, told: Told): Finding[] {
  const [old, now] = [named(before.properties.Stages), named(after.properties.Stages)];
  const details: Detail[] = [...comesAndGoes('stage', old, now), ...moved('stage', old, now)];
  for (const [name, stage] of now) {
    const previous = old.get(name);
    if (previous === undefined) continue;
    const [actionsBefore, actionsAfter] = [named(previous.Actions), named(stage.Actions)];
    details.push(...comesAndGoes(`action of stage ${name}`, actionsBefore, actionsAfter, kindOf));
    for (const [action, fields] of actionsAfter) {
      const earlier = actionsBefore.get(action);
      if (earlier === undefined) continue;
      details.push(...differences(earlier, fields, `stage ${name}, action ${action}`, pair.same));
    }
    details.push(...differences(without(previous, 'Actions'), without(stage, 'Actions'), `stage ${name}`, pair.same));
  }
  if (details.length === 0) return [];
  told.add(after.logicalId, ['Stages']);
  const [approvalsBefore, approvalsAfter] = [approvals(old), approvals(now)];
  const gone = approvalsBefore.filter((approval) => !approvalsAfter.includes(approval));
  return [
    {
      category: gone.length > 0 ? 'security' : 'pipeline',
      change: 'pipeline',
      danger: gone.length > 0 ? 'broadening' : 'none',
      certainty: 'will',
      ...(gone.length > 0 ? { direction: 'broadened' as const } : {}),
      ...identify(pair, after),
      summary: `pipeline ${quote(after.logicalId)} ${gone.length > 0 ? 'no longer waits for an approval' : 'has other stages or actions'}`,
      details,
      notes: [`stages now: ${[...now.keys()].map(quote).join(' → ')}`],
    },
  ];
}

function named(list: unknown): Map<string, Fields> {
  const entries = (Array.isArray(list) ? (list as unknown[]) : []).filter(isRecord);
  return new Map(entries.map((entry) => [display(entry.Name), entry]));
}

function comesAndGoes(
  noun: string,
  old: ReadonlyMap<string, Fields>,
  now: ReadonlyMap<string, Fields>,
  describe: (entry: Fields) => string = actionsOf,
): Detail[] {
  return [
    ...[...old]
      .filter(([name]) => !now.has(name))
      .map(([name, entry]) => ({ path: `${noun} removed: ${name}`, before: describe(entry) })),
    ...[...now]
      .filter(([name]) => !old.has(name))
      .map(([name, entry]) => ({ path: `${noun} added: ${name}`, after: describe(entry) })),
  ];
}

function moved(noun: string, old: ReadonlyMap<string, Fields>, now: ReadonlyMap<string, Fields>): Detail[] {
  const before = [...old.keys()].filter((name) => now.has(name));
  const after = [...now.keys()].filter((name) => old.has(name));
  const stay = new Set(longestCommon(before, after));
  return after
    .filter((name) => !stay.has(name))
    .map((name) => ({
      path: `${noun} moved: ${name}`,
      before: `place ${before.indexOf(name) + 1}`,
      after: `place ${after.indexOf(name) + 1}`,
    }));
}

function actionsOf(stage: Fields): string {
  return [...named(stage.Actions)].map(([name, action]) => `${name} (${kindOf(action)})`).join(', ');
}

/** `Approval Manual`. */
function kindOf({ ActionTypeId }: Fields): string {
  return isRecord(ActionTypeId) ? `${display(ActionTypeId.Category)} ${display(ActionTypeId.Provider)}` : '';
}

function approvals(stages: ReadonlyMap<string, Fields>): string[] {
  return [...stages].flatMap(([stage, fields]) =>
    [...named(fields.Actions)]
      .filter(([, { ActionTypeId }]) => isRecord(ActionTypeId) && ActionTypeId.Category === 'Approval')
      .map(([action]) => `${stage} ${action}`),
  );
}
