import { isRecord } from '../foundation/settings';
import { canonical } from './canonical';
import { display } from './display';
import type { Scope } from './iam-scope';

/** A policy statement in a form that can be compared. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly Scope[];
  readonly actions: readonly Scope[];
  readonly resources: readonly Scope[];
  readonly conditions: readonly Condition[];
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

/** The statements of a policy document, which may be an object or, for some types, a text. */
export function readStatements(document: unknown): Statement[] {
  const parsed = typeof document === 'string' ? parse(document) : document;
  if (parsed === undefined || parsed === null) return [];
  if (!isRecord(parsed) || parsed.Statement === undefined) return [opaque(document)];
  const list = Array.isArray(parsed.Statement) ? (parsed.Statement as unknown[]) : [parsed.Statement];
  return list.map(readStatement);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function readStatement(raw: unknown): Statement {
  if (!isRecord(raw) || (raw.Effect !== 'Allow' && raw.Effect !== 'Deny')) return opaque(raw);
  return {
    effect: raw.Effect,
    principals: principals(raw),
    actions: scopes(raw, 'Action', (action) => action),
    resources: scopes(raw, 'Resource', samePartition),
    conditions: conditions(raw.Condition),
  };
}

function opaque(raw: unknown): Statement {
  return {
    effect: 'Allow',
    principals: ['*'],
    actions: ['*'],
    resources: ['*'],
    conditions: [],
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
export function showStatement({ effect, principals, actions, resources, conditions, opaque }: Statement): string {
  if (opaque !== undefined) return opaque;
  const who = shown(principals);
  const on = shown(resources);
  return [
    effect,
    shown(actions),
    ...(on === '' ? [] : [`on ${on}`]),
    ...(who === '' ? [] : [`to ${who}`]),
    ...(conditions.length === 0 ? [] : [`if ${conditions.map(showCondition).join(' and ')}`]),
  ].join(' ');
}

function showCondition({ operator, key, values }: Condition): string {
  return `${operator} ${key} ${values.join(' or ')}`;
}

function shown(scopes: readonly Scope[]): string {
  const words = scopes.map((scope) => (typeof scope === 'string' ? scope : `all but ${scope.not.join(', ')}`));
  return words.filter((word) => word !== ITSELF).join(', ');
}
