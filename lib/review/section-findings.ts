import { isRecord } from '../foundation/settings';
import { canonical, intrinsic } from './canonical';
import { differences } from './differences';
import { display } from './display';
import { quote, type Change, type Detail, type Finding } from './finding';
import { referencesIn } from './references';
import type { StackPair } from './stack-pair';
import { without, type Fields } from './fields';
import type { Template } from './template';

/** What the CDK adds to every template, whatever a person wrote. */
const OF_THE_CDK = new Set(['BootstrapVersion', 'CheckBootstrapVersion', 'CDKMetadataAvailable']);
const ASSET_PARAMETER = /^AssetParameters[0-9a-f]{64}/;

/** Parameters, mappings, outputs, rules and what else a template has beside resources. */
export function sectionFindings(pair: StackPair, showAll: boolean): Finding[] {
  const shown = (name: string): boolean => showAll || !(OF_THE_CDK.has(name) || ASSET_PARAMETER.test(name));
  const of = (section: 'parameters' | 'mappings' | 'conditions' | 'outputs' | 'rules'): Entry[] =>
    changedEntries(pair, pair.before[section], pair.after[section]).filter(({ name }) => shown(name));
  return [
    ...of('parameters').map((entry) => parameterFinding(pair, entry)),
    ...of('mappings').map((entry) =>
      plain(pair, 'mapping', 'Mapping', entry, usersOf(pair.after, entry.name, 'mappings')),
    ),
    ...of('conditions').map((entry) =>
      plain(pair, 'condition', 'Condition', entry, usersOf(pair.after, entry.name, 'conditions')),
    ),
    ...of('outputs').map((entry) => outputFinding(pair, entry)),
    ...of('rules').map((entry) => plain(pair, 'rule', 'Rule', entry, [])),
    ...changedEntries(pair, pair.before.other, pair.after.other)
      .filter(({ name }) => showAll || name !== 'AWSTemplateFormatVersion')
      .map((entry) => plain(pair, 'template', 'Template section', entry, [])),
    ...(showAll
      ? changedEntries(pair, pair.before.metadata, pair.after.metadata).map((entry) =>
          plain(pair, 'template', 'Metadata', entry, []),
        )
      : []),
  ];
}

interface Entry {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly details: readonly Detail[];
}

function changedEntries({ same }: StackPair, before: Fields, after: Fields): Entry[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    // What comes or goes is shown by its fields, too.
    const empty = isRecord(old ?? now) && intrinsic(old ?? now) === undefined ? {} : undefined;
    const details = differences(old ?? empty, now ?? empty, '', same);
    return details.length === 0 ? [] : [{ name, before: before[name], after: after[name], details }];
  });
}

function verbOf({ before, after }: Entry): string {
  if (before === undefined) return 'is added';
  return after === undefined ? 'is removed' : 'changes';
}

function plain(pair: StackPair, change: Change, noun: string, entry: Entry, users: readonly string[]): Finding {
  return {
    category: 'update',
    change,
    danger: 'none',
    certainty: 'will',
    stack: pair.id,
    logicalId: entry.name,
    summary: `${noun} ${quote(entry.name)} ${verbOf(entry)}`,
    details: entry.details.map((each) => ({ ...each, path: each.path === '' ? entry.name : each.path })),
    notes: users.length === 0 ? [] : [`used by ${users.map(quote).join(', ')}`],
  };
}

function parameterFinding(pair: StackPair, entry: Entry): Finding {
  const noEcho = isNoEcho(entry.before) || isNoEcho(entry.after);
  const finding = plain(pair, 'parameter', 'Parameter', entry, usersOf(pair.after, entry.name, 'names'));
  const defaultChanges = entry.details.some(({ path }) => path === 'Default');
  const exposed = isNoEcho(entry.before) && entry.after !== undefined && !isNoEcho(entry.after);
  return {
    ...finding,
    ...(exposed
      ? {
          category: 'security',
          danger: 'broadening',
          direction: 'broadened',
          summary: `${finding.summary}: its value can be read (NoEcho goes)`,
        }
      : {}),
    // Of a secret, only its value.
    details: finding.details.map((each) =>
      noEcho && each.path === 'Default' ? { path: 'Default', after: 'not shown (NoEcho)' } : each,
    ),
    notes: [
      ...finding.notes,
      ...(defaultChanges && entry.before !== undefined && entry.after !== undefined
        ? [
            'a deployed stack keeps its value unless the new default is passed, or it is deployed with --no-previous-parameters',
          ]
        : []),
    ],
  };
}

function isNoEcho(parameter: unknown): boolean {
  return isRecord(parameter) && String(parameter.NoEcho) === 'true';
}

function outputFinding(pair: StackPair, entry: Entry): Finding {
  const name = exportOf(entry.before);
  const exported = name !== undefined && canonical(name) !== canonical(exportOf(entry.after));
  const finding = plain(pair, 'output', 'Output', entry, []);
  if (!exported) return finding;
  return {
    ...finding,
    notes: [`its export ${quote(display(name))} goes: the update fails while another stack imports it`],
  };
}

function exportOf(output: unknown): unknown {
  return isRecord(output) && isRecord(output.Export) ? output.Export.Name : undefined;
}

/** Resources whose properties, or whose being there, depend on an entry. */
function usersOf(template: Template, name: string, kind: keyof ReturnType<typeof referencesIn>): string[] {
  return [...template.resources.values()]
    .filter(({ properties, attributes }) => referencesIn([properties, without(attributes, 'Metadata')])[kind].has(name))
    .map(({ logicalId }) => logicalId)
    .sort();
}
