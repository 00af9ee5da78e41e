import { patternCovers, scopeCovers, type Scope } from './iam-scope';
import { ITSELF, showStatement, type Condition, type Statement } from './iam-statement';

/** A statement, and where it is written. */
export interface Placed {
  readonly statement: Statement;
  /** The logical ID of the resource that holds it. */
  readonly source: string;
}

/** What one side allows, or no longer denies, and the other does not. */
export interface Grant {
  readonly source: string;
  readonly text: string;
  readonly effect: Statement['effect'];
  /** What the other side has of it: the part that stays. */
  readonly other?: string;
  /** What makes the difference, where it is one thing: `without a condition`. */
  readonly reason?: string;
}

/** One permission: the smallest piece of a statement. */
interface Atom {
  readonly principal: Scope;
  readonly action: Scope;
  readonly resource: Scope;
  readonly statement: Statement;
}

/** A statement with more pieces is compared as a whole, so that no policy takes minutes. */
const MOST_ATOMS = 2_000;

/**
 * What `after` permits that `before` did not. Called the other way round it tells what was taken away. Where it cannot be
 * decided, it counts as permitted, and the reason says so.
 */
export function granted(before: readonly Placed[], after: readonly Placed[]): Grant[] {
  const [allowedBefore, allowedAfter] = [before, after].map((side) => ofEffect(side, 'Allow'));
  const [deniedBefore, deniedAfter] = [before, after].map((side) => ofEffect(side, 'Deny'));
  return [
    ...uncovered(allowedAfter ?? [], allowedBefore ?? []),
    // What is not denied any more.
    ...uncovered(deniedBefore ?? [], deniedAfter ?? []),
  ];
}

function ofEffect(side: readonly Placed[], effect: Statement['effect']): Placed[] {
  return side.filter(({ statement }) => statement.effect === effect);
}

function uncovered(wanted: readonly Placed[], given: readonly Placed[]): Grant[] {
  const equal = new Set(given.map(({ statement }) => JSON.stringify(statement)));
  const different = wanted.filter(({ statement }) => !equal.has(JSON.stringify(statement)));
  // Most policies stay as they are.
  if (different.length === 0) return [];
  const known = given.flatMap(({ statement }) => atomsOf(statement));
  const opaque = new Set(given.map(({ statement }) => statement.opaque));
  return different.flatMap(({ statement, source }): Grant[] => {
    if (statement.opaque !== undefined) {
      if (opaque.has(statement.opaque)) return [];
      return [
        {
          source,
          text: statement.opaque,
          effect: 'Allow',
          reason: 'it cannot be told what this means, so it counts as broader',
        },
      ];
    }
    const fresh = atomsOf(statement).filter((atom) => !known.some((other) => covers(other, atom)));
    return regroup(fresh, statement).map((piece) => {
      const [reason, other] = [reasonOf(piece, known), partOf(piece, given)];
      return {
        source,
        text: showStatement(piece),
        effect: piece.effect,
        ...(other === undefined ? {} : { other }),
        ...(reason === undefined ? {} : { reason }),
      };
    });
  });
}

function atomsOf(statement: Statement): Atom[] {
  const { principals, actions, resources } = statement;
  if (statement.opaque !== undefined) return [];
  if (principals.length * actions.length * resources.length > MOST_ATOMS) {
    return [{ principal: joined(principals), action: joined(actions), resource: joined(resources), statement }];
  }
  return principals.flatMap((principal) =>
    actions.flatMap((action) => resources.map((resource) => ({ principal, action, resource, statement }))),
  );
}

function joined(scopes: readonly Scope[]): Scope {
  return scopes.map((scope) => JSON.stringify(scope)).join('|');
}

type Dimension = 'principal' | 'action' | 'resource' | 'condition';

function covers(wide: Atom, narrow: Atom, except?: Dimension): boolean {
  return (
    (except === 'principal' || scopeCovers(wide.principal, narrow.principal, principalCovers)) &&
    (except === 'action' || scopeCovers(wide.action, narrow.action, actionCovers)) &&
    (except === 'resource' || scopeCovers(wide.resource, narrow.resource)) &&
    (except === 'condition' ||
      wide.statement.conditions.every((condition) => isImplied(condition, narrow.statement.conditions)))
  );
}

/** Actions may be written in any case. */
function actionCovers(wide: string, narrow: string): boolean {
  return patternCovers(wide.toLowerCase(), narrow.toLowerCase());
}

/** The root of an account stands for everybody in it; nobody else is a pattern. */
function principalCovers(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  const account = /^(arn:aws:iam::[^:]+:)root$/.exec(wide)?.[1];
  return account !== undefined && narrow.startsWith(account);
}

const ANY_OF =
  /^(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress|(Numeric|Date)Equals|Bool|Null|BinaryEquals)$/;
const NONE_OF =
  /^(String(NotEquals|NotEqualsIgnoreCase|NotLike)|Arn(NotEquals|NotLike)|NotIpAddress|(Numeric|Date)NotEquals)$/;

/** Whether a statement with these conditions also fulfils that one. */
function isImplied(condition: Condition, conditions: readonly Condition[]): boolean {
  const { operator, key, values } = condition;
  return conditions.some((other) => {
    if (other.operator !== operator || other.key.toLowerCase() !== key.toLowerCase()) return false;
    const matches = (wide: string, narrow: string): boolean =>
      wide === narrow || (operator.endsWith('Like') && patternCovers(wide, narrow));
    if (ANY_OF.test(operator)) return other.values.every((value) => values.some((wide) => matches(wide, value)));
    if (NONE_OF.test(operator)) return values.every((value) => other.values.includes(value));
    return other.values.join('\n') === values.join('\n');
  });
}

/** Puts the pieces of one statement together again: actions that share their resources and principals. */
function regroup(atoms: readonly Atom[], statement: Statement): Statement[] {
  if (atoms.length === 0) return [];
  if (atoms.length === atomsOf(statement).length) return [statement];
  const groups = new Map<string, { principal: Scope; resource: Scope; actions: Scope[] }>();
  for (const { principal, action, resource } of atoms) {
    const key = JSON.stringify([principal, resource]);
    const group = groups.get(key) ?? { principal, resource, actions: [] };
    group.actions.push(action);
    groups.set(key, group);
  }
  const merged = new Map<string, Statement>();
  for (const { principal, resource, actions } of groups.values()) {
    const key = JSON.stringify([principal, actions]);
    const resources = [...(merged.get(key)?.resources ?? []), resource];
    merged.set(key, { ...statement, principals: [principal], actions, resources });
  }
  return [...merged.values()];
}

/** The one thing in which a permission differs from one that there was. */
function reasonOf(piece: Statement, known: readonly Atom[]): string | undefined {
  const [atom] = atomsOf(piece);
  if (atom === undefined) return undefined;
  const find = (except: Dimension): Atom | undefined => known.find((other) => covers(other, atom, except));
  if (find('condition') !== undefined) {
    return atom.statement.conditions.length === 0 ? 'without a condition' : 'by condition';
  }
  const dimension = (['action', 'resource', 'principal'] as const).find((each) => find(each) !== undefined);
  if (dimension === undefined || atom[dimension] === ITSELF) return undefined;
  return `by ${dimension}`;
}

/** Statements of the other side that are wholly inside of a piece. */
function partOf(piece: Statement, given: readonly Placed[]): string | undefined {
  const atoms = atomsOf(piece);
  const inside = given.filter(({ statement }) => {
    const parts = atomsOf(statement);
    return parts.length > 0 && parts.every((part) => atoms.some((atom) => covers(atom, part)));
  });
  return inside.length === 0 ? undefined : inside.map(({ statement }) => showStatement(statement)).join('; ');
}
