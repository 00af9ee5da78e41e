import { isWhenImplied } from './alternatives';
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
  /** The piece of a statement, where it could be read. */
  readonly statement?: Statement;
  /** Whether it permits more cannot be told. */
  readonly possibly?: boolean;
}

/** One permission: the smallest piece of a statement. Of a statement with too many pieces, all of them. */
interface Atom {
  readonly principal: readonly Scope[];
  readonly action: readonly Scope[];
  readonly resource: readonly Scope[];
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
    // What is not denied any more, or may have been a denial.
    ...uncovered(deniedBefore ?? [], deniedAfter ?? []).map((grant): Grant => ({ ...grant, effect: 'Deny' })),
  ];
}

function ofEffect(side: readonly Placed[], effect: Statement['effect']): Placed[] {
  return side.filter(({ statement }) => statement.effect === effect || statement.opaque !== undefined);
}

function uncovered(wanted: readonly Placed[], given: readonly Placed[]): Grant[] {
  const equal = new Set(given.map(({ statement }) => JSON.stringify(statement)));
  const different = wanted.filter(({ statement }) => !equal.has(JSON.stringify(statement)));
  // Most policies stay as they are.
  if (different.length === 0) return [];
  const known = given.flatMap(({ statement }) => atomsOf(statement));
  return different.flatMap(({ statement, source }): Grant[] => {
    if (statement.opaque !== undefined) {
      const isKnown = given.some(
        ({ statement: other }) => other.opaque === statement.opaque && isWhenImplied(other.when, statement.when),
      );
      if (isKnown) return [];
      return [
        {
          source,
          text: showStatement(statement),
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
        statement: piece,
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
    return [{ principal: principals, action: actions, resource: resources, statement }];
  }
  return principals.flatMap((principal) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({ principal: [principal], action: [action], resource: [resource], statement })),
    ),
  );
}

type Dimension = 'principal' | 'action' | 'resource' | 'condition';

function covers(wide: Atom, narrow: Atom, except?: Dimension): boolean {
  return (
    (except === 'principal' ||
      eachCovered(wide.principal, narrow.principal, (one, other) =>
        scopeCovers(one, other, wide.statement.effect === 'Deny' ? deniedPrincipalCovers : principalCovers),
      )) &&
    (except === 'action' ||
      eachCovered(wide.action, narrow.action, (one, other) => scopeCovers(one, other, actionCovers, lowerCase))) &&
    (except === 'resource' || eachCovered(wide.resource, narrow.resource, (one, other) => scopeCovers(one, other))) &&
    (except === 'condition' ||
      (isWhenImplied(wide.statement.when, narrow.statement.when) &&
        wide.statement.conditions.every((condition) => isImplied(condition, narrow.statement.conditions))))
  );
}

function eachCovered(
  wide: readonly Scope[],
  narrow: readonly Scope[],
  covers: (wide: Scope, narrow: Scope) => boolean,
): boolean {
  return narrow.every((each) => wide.some((other) => covers(other, each)));
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** Actions may be written in any case. */
function actionCovers(wide: string, narrow: string): boolean {
  return patternCovers(wide.toLowerCase(), narrow.toLowerCase());
}

/** Nobody but `*` is a pattern. To allow the root lets the account allow others; it does not yet allow them. */
function principalCovers(wide: string, narrow: string): boolean {
  return wide === '*' || wide === narrow;
}

/** To deny the root of an account denies everybody in it. */
function deniedPrincipalCovers(wide: string, narrow: string): boolean {
  if (principalCovers(wide, narrow)) return true;
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
  const groups = new Map<string, Pick<Atom, 'principal' | 'resource'> & { readonly actions: Scope[] }>();
  for (const { principal, action, resource } of atoms) {
    const key = JSON.stringify([principal, resource]);
    const group = groups.get(key) ?? { principal, resource, actions: [] };
    group.actions.push(...action);
    groups.set(key, group);
  }
  const merged = new Map<string, Statement>();
  for (const { principal, resource, actions } of groups.values()) {
    const key = JSON.stringify([principal, actions]);
    const resources = [...(merged.get(key)?.resources ?? []), ...resource];
    merged.set(key, { ...statement, principals: principal, actions, resources });
  }
  return [...merged.values()];
}

/** The one thing in which a permission differs from one that there was. */
function reasonOf(piece: Statement, known: readonly Atom[]): string | undefined {
  const [atom] = atomsOf(piece);
  if (atom === undefined) return undefined;
  const find = (except: Dimension): Atom | undefined => known.find((other) => covers(other, atom, except));
  if (find('condition') !== undefined) {
    return atom.statement.conditions.length + atom.statement.when.length === 0 ? 'without a condition' : 'by condition';
  }
  const dimension = (['action', 'resource', 'principal'] as const).find((each) => find(each) !== undefined);
  if (dimension === undefined || atom[dimension].includes(ITSELF)) return undefined;
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
