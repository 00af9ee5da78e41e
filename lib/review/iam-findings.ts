import { AS_WRITTEN } from './canonical';
import { fateOfRemoved } from './deletion-fate';
import { ownEntry } from './fields';
import { quote, type Detail, type Finding } from './finding';
import { granted, type Grant } from './iam-compare';
import { GRANT_LISTS, namedGrants, newGrants, type GrantList, type NamedGrant } from './iam-grants';
import { isComparedAsStatements, policyProperties, readPolicies } from './iam-policies';
import { namingOf } from './renames';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';
import type { Told } from './told';

/** Who may do more, or less, than before. */
export function iamFindings(pair: StackPair, told: Told): Finding[] {
  const before = readPolicies(pair.before, namingOf(pair.renames));
  const after = readPolicies(pair.after, AS_WRITTEN);
  const changes = new Map<string, Change>();
  for (const title of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(title)?.statements ?? [], after.get(title)?.statements ?? []];
    if (isGone((before.get(title) ?? after.get(title))?.owner ?? '', pair)) continue;
    collect(
      changes,
      title,
      granted(old, now).filter((grant) => !isTrustOfNewRole(grant, title, pair)),
      'granted',
    );
    collect(changes, title, granted(now, old), 'revoked');
  }
  for (const { granted: more, revoked: less } of changes.values()) {
    // Of what cannot be read it is not known whether its end allows or denies: one line of that is enough.
    for (const [text, { reason }] of more) if (reason !== undefined) less.delete(text);
  }
  for (const [source, resource] of pair.after.resources) {
    for (const list of ownEntry(GRANT_LISTS, resource.type) ?? []) collectGrants(changes, pair, source, resource, list);
  }
  return (
    [...changes.values()]
      // What a deleted resource permitted goes with it, as its deletion says.
      .filter(({ source, granted: more }) => more.size > 0 || pair.after.resources.has(source))
      .map((change) => toFinding(change, pair, told))
  );
}

/** That a service of AWS may use a role that was not there is no news; what the role may do is. */
function isTrustOfNewRole({ source, statement }: Grant, title: string, { before, renames }: StackPair): boolean {
  const isNew = !before.resources.has(source) && ![...renames.values()].includes(source);
  return (
    isNew &&
    title.startsWith('trust policy of ') &&
    statement?.effect === 'Allow' &&
    statement.actions.every((action) => action === 'sts:AssumeRole') &&
    statement.principals.every((who) => typeof who === 'string' && /^Service:[\w.${}:-]+$/.test(who))
  );
}

/** Whoever is deleted has no permissions, and no doors: denials that go with it open nothing. */
function isGone(owner: string, pair: StackPair): boolean {
  const old = pair.before.resources.get(oldNameOf(owner, pair));
  return old !== undefined && !pair.after.resources.has(owner) && fateOfRemoved(old) !== 'retained';
}

interface Change {
  readonly source: string;
  readonly subjects: Set<string>;
  readonly granted: Map<string, Grant>;
  readonly revoked: Map<string, Grant>;
}

function collect(
  changes: Map<string, Change>,
  title: string,
  grants: readonly Grant[],
  kind: 'granted' | 'revoked',
): void {
  for (const grant of grants) {
    const { source } = grant;
    const change = changes.get(source) ?? { source, subjects: new Set(), granted: new Map(), revoked: new Map() };
    change.subjects.add(title);
    change[kind].set(grant.text, grant);
    changes.set(source, change);
  }
}

function collectGrants(
  changes: Map<string, Change>,
  { before, after, renames }: StackPair,
  source: string,
  resource: Resource,
  list: GrantList,
): void {
  const old = before.resources.get(oldNameOf(source, { renames }));
  if (old === undefined && list.onlyLater === true) return;
  const naming = namingOf(renames);
  const had =
    old === undefined
      ? []
      : namedGrants(old, list, before.conditions, naming, isComparedAsStatements(old, before, naming));
  const has = namedGrants(
    resource,
    list,
    after.conditions,
    AS_WRITTEN,
    isComparedAsStatements(resource, after, AS_WRITTEN),
  );
  const toGrant = ({ text }: NamedGrant): Grant => ({
    source,
    effect: 'Allow',
    text,
    ...(list.possibly === true ? { possibly: true } : {}),
  });
  const title = resource.type.startsWith('AWS::IAM::') ? `policies of ${source}` : `access by ${source}`;
  collect(changes, title, newGrants(had, has).map(toGrant), 'granted');
  collect(changes, title, newGrants(has, had).map(toGrant), 'revoked');
}

function toFinding({ source, subjects, granted, revoked }: Change, pair: StackPair, told: Told): Finding {
  const resource = pair.after.resources.get(source) ?? pair.before.resources.get(oldNameOf(source, pair));
  if (resource !== undefined) {
    told.add(source, [...policyProperties(resource)]);
  }
  const broadened = granted.size > 0;
  const direction = broadened ? 'broadened' : 'narrowed';
  const who = [...subjects].sort().map(quoteName).join(', ');
  return {
    category: 'security',
    change: 'iam',
    danger: broadened ? 'broadening' : 'none',
    certainty: broadened && [...granted.values()].every(({ possibly }) => possibly) ? 'may' : 'will',
    direction,
    stack: pair.id,
    logicalId: source,
    ...(resource?.path === undefined ? {} : { path: resource.path }),
    ...(resource === undefined ? {} : { type: resource.type }),
    summary: `${who}: ${summaryOf(granted.size, revoked.size)}`,
    details: [...details(granted, 'granted'), ...details(revoked, 'revoked')],
    notes: [],
  };
}

function oldNameOf(name: string, { renames }: Pick<StackPair, 'renames'>): string {
  return [...renames].find(([, to]) => to === name)?.[0] ?? name;
}

/** `permissions of Role`, with the name as code. */
function quoteName(title: string): string {
  const [, words, name] = /^((?:trust )?\w+ (?:of|by)) ([^]*)$/.exec(title) ?? [];
  return words === undefined || name === undefined ? quote(title) : `${words} ${quote(name)}`;
}

function summaryOf(granted: number, revoked: number): string {
  if (granted > 0 && revoked > 0) return 'broadened, and narrowed elsewhere';
  return granted > 0 ? 'broadened' : 'narrowed';
}

function details(grants: ReadonlyMap<string, Grant>, kind: 'granted' | 'revoked'): Detail[] {
  return [...grants.values()].map(({ text, effect, reason, other, statement }) => {
    // What is granted by a denial is its end, and the other way round.
    if (effect === 'Deny') {
      const ends = reason === undefined ? 'no longer denied' : 'no longer there (it cannot be told what it means)';
      return kind === 'granted'
        ? { path: statement === undefined ? ends : 'no longer denied', before: text }
        : { path: 'now denied', after: text };
    }
    if (kind === 'revoked') return { path: 'revoked', before: text, ...(other === undefined ? {} : { after: other }) };
    const path = reason === undefined ? 'granted' : `granted (${reason})`;
    return { path, ...(other === undefined ? {} : { before: other }), after: text };
  });
}
