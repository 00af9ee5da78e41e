import { renderTable } from '../foundation/table';
import { MAIN, type DeliveryNames } from './delivery-names';
import type { Permitted } from './delivery-roles';
import type { PlannedStage } from './pipeline-plan';
import type { Permission } from './permission';

/** For a terminal; programs read the JSON. */
export function showPipeline(stages: readonly PlannedStage[], everybody: readonly Permitted[], start: string): string {
  const table = renderTable(
    ['stage', 'action', 'does', 'takes', 'gives', 'role'],
    stages.map((stage) => [
      stage.name,
      `${stage.category}/${stage.provider}`,
      describeStage(stage),
      stage.inputs.join(', ') || '–',
      stage.outputs.join(', ') || '–',
      stage.role ?? 'Pipeline',
    ]),
  );
  return [start, '', table, '', ...everybody.flatMap((one) => [...showPermitted(one), ''])].join('\n').trimEnd();
}

/** What starts the pipeline, and what becomes of changes that come close upon each other. */
export function showStart({ repositoryName }: Pick<DeliveryNames, 'repositoryName'>): string {
  return `Starts when ${MAIN} of ${repositoryName} changes. Of changes that wait for a stage only the newest goes on.`;
}

/** What a stage does, in a few words. */
export function describeStage({ kind, configuration, rollsBack, timeoutMinutes }: PlannedStage): string {
  switch (kind) {
    case 'source':
      return `${configuration.RepositoryName ?? ''}, branch ${configuration.BranchName ?? ''}; by event, not polled`;
    case 'build':
    case 'test':
      return `project ${configuration.ProjectName ?? ''}`;
    case 'approval':
      return `waits for a person, ${describeMinutes(timeoutMinutes ?? 0)} at most`;
    case 'deploy':
      return `${configuration.EnvironmentName ?? ''}${rollsBack ? '; rolled back if it fails' : ''}`;
  }
}

function describeMinutes(minutes: number): string {
  const [amount, unit] = minutes % 1440 === 0 ? [minutes / 1440, 'day'] : [minutes, 'minute'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

function showPermitted({ name, duty, assumedBy, permissions }: Permitted): string[] {
  return [`${name}: ${duty} (${assumedBy})`, ...permissions.flatMap(showPermission)];
}

function showPermission({ effect, actions, resources, conditions, because }: Permission): string[] {
  const [first = '', ...rest] = wrap(actions);
  return [
    `  ${effect === 'Deny' ? 'never' : 'may  '} ${first}`,
    ...rest.map((line) => `        ${line}`),
    ...resources.map((resource) => `     on ${resource}`),
    ...Object.entries(conditions ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => `     if ${key} ${operator} ${[value].flat().join(', ')}`),
    ),
    ...(because === undefined ? [] : [`    why ${because}`]),
  ];
}

const LINE = 110;

/** Actions, several to a line; of those of one service only the first names it. */
function wrap(actions: readonly string[]): string[] {
  const words = actions.map((action, index) => {
    const [service = '', name = ''] = action.split(':');
    return actions[index - 1]?.startsWith(`${service}:`) ? name : `${service}:${name}`;
  });
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= LINE) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines;
}
