import { isRecord } from '../foundation/settings';
import { differences } from './differences';
import { display } from './display';
import { quote, type Detail, type Finding } from './finding';
import { identify } from './identify';
import type { ChangedResource, ResourceChanges } from './resource-changes';
import type { StackPair } from './stack-pair';
import { without, type Fields } from './fields';
import type { Told } from './told';

/** Rules of web ACLs, by name and in the order in which they are asked. */
export function firewallFindings(pair: StackPair, { changed }: ResourceChanges, told: Told): Finding[] {
  return changed
    .filter(({ after: { type } }) => type === 'AWS::WAFv2::WebACL' || type === 'AWS::WAFv2::RuleGroup')
    .flatMap((change) => webAclFinding(pair, change, told));
}

interface Verdicts {
  readonly details: Detail[];
  weaker: boolean;
  stronger: boolean;
}

function webAclFinding(pair: StackPair, { before, after }: ChangedResource, told: Told): Finding[] {
  const [old, now] = [rulesOf(before.properties.Rules), rulesOf(after.properties.Rules)];
  const [defaultBefore, defaultAfter] = [before, after].map(({ properties }) => actionOf(properties.DefaultAction));
  if (old === undefined || now === undefined) return [];
  const verdicts: Verdicts = { details: [], weaker: false, stronger: false };
  if (defaultBefore !== defaultAfter) {
    verdicts.details.push({ path: 'default action', before: defaultBefore ?? '', after: defaultAfter ?? '' });
    weigh(verdicts, defaultBefore ?? '', defaultAfter ?? '');
  }
  comesAndGoes(verdicts, old, now);
  for (const [name, rule] of now) {
    const previous = old.get(name);
    if (previous !== undefined) sameRule(verdicts, name, previous, rule, pair);
  }
  moves(verdicts, [...old.keys()], [...now.keys()]);
  if (verdicts.details.length === 0) return [];
  told.add(after.logicalId, ['Rules', 'DefaultAction']);
  const direction = verdicts.weaker ? 'broadened' : verdicts.stronger ? 'narrowed' : 'changed';
  return [
    {
      category: 'security',
      change: 'firewall',
      danger: verdicts.weaker ? 'broadening' : 'none',
      certainty: 'will',
      direction,
      ...identify(pair, after),
      summary: `rules of web ACL ${quote(after.logicalId)} ${verdicts.weaker ? 'let more through' : verdicts.stronger ? 'let less through' : 'change'}`,
      details: verdicts.details,
      notes: [`order now: ${[...now.keys()].map(quote).join(', ')}`],
    },
  ];
}

/** In order of priority. Undefined if they are not a list. */
function rulesOf(rules: unknown): Map<string, Fields> | undefined {
  if (rules === undefined) return new Map();
  if (!Array.isArray(rules)) return undefined;
  const list = (rules as unknown[]).filter(isRecord);
  list.sort((one, other) => Number(one.Priority) - Number(other.Priority));
  return new Map(list.map((rule) => [display(rule.Name), rule]));
}

/** `Block`, `Count`, … of a rule, a group of rules or a default. */
function actionOf(action: unknown): string {
  return isRecord(action) ? Object.keys(action).join(' ') : display(action);
}

/** A group's own actions hold where `OverrideAction` is `None`. */
function ruleAction({ Action, OverrideAction }: Fields): string {
  if (Action !== undefined) return actionOf(Action);
  return actionOf(OverrideAction) === 'None' ? "the group's own" : actionOf(OverrideAction);
}

const PASSES = new Set(['Allow', 'Count']);

function weigh(verdicts: Verdicts, before: string, after: string): void {
  if (PASSES.has(after) && !PASSES.has(before)) verdicts.weaker = true;
  else if (PASSES.has(before) && !PASSES.has(after)) verdicts.stronger = true;
  else if (before === 'Count' && after === 'Allow') verdicts.weaker = true;
  else if (before === 'Allow' && after === 'Count') verdicts.stronger = true;
}

function comesAndGoes(verdicts: Verdicts, old: ReadonlyMap<string, Fields>, now: ReadonlyMap<string, Fields>): void {
  for (const [name, rule] of old) {
    if (now.has(name)) continue;
    const action = ruleAction(rule);
    verdicts.details.push({ path: `rule removed: ${name}`, before: action });
    if (action === 'Allow') verdicts.stronger = true;
    else verdicts.weaker = true;
  }
  for (const [name, rule] of now) {
    if (old.has(name)) continue;
    const action = ruleAction(rule);
    verdicts.details.push({ path: `rule added: ${name}`, after: `${action}, priority ${display(rule.Priority)}` });
    if (action === 'Allow') verdicts.weaker = true;
    else if (action !== 'Count') verdicts.stronger = true;
  }
}

function sameRule(verdicts: Verdicts, name: string, before: Fields, after: Fields, { same }: StackPair): void {
  const [old, now] = [ruleAction(before), ruleAction(after)];
  if (old !== now) {
    verdicts.details.push({ path: `action of rule ${name}`, before: old, after: now });
    weigh(verdicts, old, now);
  }
  const details = differences(before.Statement, after.Statement, `rule ${name}: Statement`, same);
  verdicts.details.push(...details);
  // A rule of the group that only counts lets through what it blocked.
  if (details.some(({ path, after: value }) => /RuleActionOverrides|ExcludedRules/.test(path) && value !== undefined)) {
    verdicts.weaker = true;
  }
  if (
    details.some(({ path, before: limit, after: value }) => path.endsWith('.Limit') && Number(value) > Number(limit))
  ) {
    verdicts.weaker = true;
  }
  const rest = (rule: Fields): Fields => without(rule, 'Statement', 'Action', 'OverrideAction', 'Priority');
  verdicts.details.push(...differences(rest(before), rest(after), `rule ${name}`, same));
}

/** Rules whose place among the others changed; new numbers in the same order are no move. */
function moves(verdicts: Verdicts, old: readonly string[], now: readonly string[]): void {
  const [before, after] = [old.filter((name) => now.includes(name)), now.filter((name) => old.includes(name))];
  const stay = new Set(longestCommon(before, after));
  for (const name of after.filter((each) => !stay.has(each))) {
    verdicts.details.push({
      path: `rule moved: ${name}`,
      before: placeOf(name, before),
      after: placeOf(name, after),
    });
  }
}

function placeOf(name: string, order: readonly string[]): string {
  const index = order.indexOf(name);
  const [previous, next] = [order[index - 1], order[index + 1]];
  const place = previous === undefined ? 'first' : `behind ${previous}`;
  return next === undefined ? `${place}, last` : `${place}, before ${next}`;
}

/** The longest sequence that both orders have: what is not in it has moved. */
export function longestCommon(one: readonly string[], other: readonly string[]): string[] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined) row[j] = one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common: string[] = [];
  for (let [i, j] = [0, 0]; i < one.length && j < other.length;) {
    if (one[i] === other[j]) {
      common.push(one[i] ?? '');
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}
