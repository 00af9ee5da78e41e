import { isRecord } from '../foundation/settings';
import { alternatives, showWhen, type When } from './alternatives';
import { canonical } from './canonical';
import { display } from './display';
import type { Fields } from './fields';
import type { Scope } from './iam-scope';

/** A policy statement in a form that can be compared. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly Scope[];
  readonly actions: readonly Scope[];
  readonly resources: readonly Scope[];
  readonly conditions: readonly Condition[];
  /** The conditions of the template under which it is there. */
  readonly when: readonly When[];
  /** What could not be read, as it is written: only equal texts are known to mean the same. */
  readonly opaque?: string;
}

export interface Condition {
  /** `StringEquals`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a statement without a principal or a resource is about: the one that the policy belongs to. */
export const ITSELF = 'itself';

/**
 * The statements of a policy document, which may be an object or, for some types, a text.
 *
 * @param definitions the conditions of the template: a statement under `Fn::If` is read once for each outcome
 */
export function readStatements(document: unknown, definitions: Fields = {}): Statement[] {
  const parsed = typeof document === 'string' ? parse(document) : document;
  if (parsed === undefined || parsed === null) return [];
  if (!isRecord(parsed)) return [opaque(document)];
  if (parsed.Statement === undefined || !isList(parsed.Statement)) {
    const whole = alternatives(parsed, definitions);
    if (whole.length === 1 && whole[0]?.when.length === 0 && parsed.Statement === undefined) return [opaque(document)];
    return whole.flatMap(({ value, when }) => {
      const list = isRecord(value) && 'Statement' in value ? value.Statement : isRecord(value) ? undefined : value;
      if (list === undefined) return isRecord(value) && Object.keys(value).length > 0 ? [opaque(value, when)] : [];
      return (Array.isArray(list) ? (list as unknown[]) : [list]).map((raw) => readStatement(raw, when));
    });
  }
  return parsed.Statement.flatMap((each) =>
    alternatives(each, definitions).map(({ value, when }) => readStatement(value, when)),
  );
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function readStatement(raw: unknown, when: readonly When[]): Statement {
  if (!isRecord(raw) || (raw.Effect !== 'Allow' && raw.Effect !== 'Deny')) return opaque(raw, when);
  return {
    effect: raw.Effect,
    principals: principals(raw),
    actions: scopes(raw, 'Action', (action) => action),
    resources: scopes(raw, 'Resource', samePartition),
    conditions: conditions(raw.Condition),
    when,
  };
}

/** Whether it allows or denies is not known. */
function opaque(raw: unknown, when: readonly When[] = []): Statement {
  return {
    effect: 'Allow',
    principals: ['*'],
    actions: ['*'],
    resources: ['*'],
    conditions: [],
    when,
    opaque: canonical(raw),
  };
}

function scopes(raw: Record<string, unknown>, name: 'Action' | 'Resource', form: (text: string) => string): Scope[] {
  const not = raw[`Not${name}`];
  if (not !== undefined) return [{ not: texts(not).map(form).sort() }];
  return raw[name] === undefined ? [ITSELF] : texts(raw[name]).map(form);
}

function principals(raw: Record<string, unknown>): Scope[] {
  if (raw.NotPrincipal !== undefined) return [{ not: principalTexts(raw.NotPrincipal).sort() }];
  return raw.Principal === undefined ? [ITSELF] : principalTexts(raw.Principal);
}

function principalTexts(principal: unknown): string[] {
  if (!isRecord(principal)) return texts(principal);
  return Object.entries(principal).flatMap(([kind, value]) =>
    texts(value).map((text) => {
      if (kind !== 'AWS') return `${kind}:${text}`;
      // Three ways to write "anybody of this account", and "anybody".
      if (text === '*') return '*';
      return /^(\d{12}|\$\{AWS::AccountId\})$/.test(text) ? `arn:aws:iam::${text}:root` : samePartition(text);
    }),
  );
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(display);
}

/** `arn:aws:` and `arn:${AWS::Partition}:` are the same where the template is deployed. */
function samePartition(arn: string): string {
  return arn.replace(/^arn:\$\{AWS::Partition\}:/, 'arn:aws:');
}

function conditions(raw: unknown): Condition[] {
  if (raw === undefined) return [];
  if (!isRecord(raw)) return [{ operator: 'unknown', key: 'unknown', values: [canonical(raw)] }];
  return Object.entries(raw).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: texts(values).sort() }))
      : [{ operator, key: 'unknown', values: [canonical(keys)] }],
  );
}

/** A statement as one line of a report. */
export function showStatement(statement: Statement): string {
  const { effect, principals, actions, resources, conditions, when, opaque } = statement;
  const tests = [...conditions.map(showCondition), ...when.map(showWhen)];
  const only = tests.length === 0 ? [] : [`if ${tests.join(' and ')}`];
  if (opaque !== undefined) return [opaque, ...only].join(' ');
  const who = shown(principals);
  const on = shown(resources);
  return [
    effect,
    shown(actions),
    ...(on === '' ? [] : [`on ${on}`]),
    ...(who === '' ? [] : [`to ${who}`]),
    ...only,
  ].join(' ');
}

function showCondition({ operator, key, values }: Condition): string {
  return `${operator} ${key} ${values.join(' or ')}`;
}

function shown(scopes: readonly Scope[]): string {
  const words = scopes.map((scope) => (typeof scope === 'string' ? scope : `all but ${scope.not.join(', ')}`));
  return words.filter((word) => word !== ITSELF).join(', ');
}
