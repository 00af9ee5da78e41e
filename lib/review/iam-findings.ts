import { isRecord } from '../foundation/settings';
import { AS_WRITTEN, canonical } from './canonical';
import { display } from './display';
import { quote, type Detail, type Finding } from './finding';
import { granted, type Grant } from './iam-compare';
import { policyProperties, readPolicies } from './iam-policies';
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
    collect(
      changes,
      title,
      granted(old, now).filter((grant) => !isTrustOfNewRole(grant, title, pair)),
      'granted',
    );
    collect(changes, title, granted(now, old), 'revoked');
  }
  for (const [source, resource] of pair.after.resources) {
    for (const list of ATTACHMENTS) collectAttachments(changes, pair, source, resource, list);
  }
  return (
    [...changes.values()]
      // What a deleted resource permitted goes with it, as its deletion says.
      .filter(({ source, granted: more }) => more.size > 0 || pair.after.resources.has(source))
      .map((change) => toFinding(change, pair, told))
  );
}

/** That a service of AWS may use a role that was not there is no news; what the role may do is. */
function isTrustOfNewRole({ source, text }: Grant, title: string, { before, renames }: StackPair): boolean {
  const isNew = !before.resources.has(source) && ![...renames.values()].includes(source);
  return (
    isNew &&
    title.startsWith('trust policy of ') &&
    /^Allow sts:AssumeRole to (Service:[\w.${}:-]+(, )?)+( if |$)/.test(text)
  );
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

/** Lists that attach policies by reference. */
const ATTACHMENTS: readonly { readonly type: string; readonly property: string }[] = [
  ...['Role', 'User', 'Group'].map((kind) => ({ type: `AWS::IAM::${kind}`, property: 'ManagedPolicyArns' })),
  ...['Roles', 'Users', 'Groups'].map((property) => ({ type: 'AWS::IAM::ManagedPolicy', property })),
  { type: 'AWS::SSO::PermissionSet', property: 'ManagedPolicies' },
];

function collectAttachments(
  changes: Map<string, Change>,
  { before, renames }: StackPair,
  source: string,
  resource: Resource,
  { type, property }: (typeof ATTACHMENTS)[number],
): void {
  if (resource.type !== type) return;
  const oldName = [...renames].find(([, to]) => to === source)?.[0] ?? source;
  const old = listed(
    JSON.parse(canonical(before.resources.get(oldName)?.properties ?? {}, namingOf(renames))),
    property,
  );
  const now = listed(resource.properties, property);
  const verb = type === 'AWS::IAM::ManagedPolicy' ? 'attached to' : 'attached:';
  const grants = (these: readonly string[], those: readonly string[]): Grant[] =>
    these.filter((each) => !those.includes(each)).map((each) => ({ source, effect: 'Allow', text: `${verb} ${each}` }));
  collect(changes, `policies of ${source}`, grants(now, old), 'granted');
  collect(changes, `policies of ${source}`, grants(old, now), 'revoked');
}

function listed(properties: unknown, property: string): string[] {
  const list = isRecord(properties) ? properties[property] : undefined;
  if (list === undefined) return [];
  return (Array.isArray(list) ? (list as unknown[]) : [list]).map(display);
}

function toFinding({ source, subjects, granted, revoked }: Change, pair: StackPair, told: Told): Finding {
  const resource = pair.after.resources.get(source) ?? pair.before.resources.get(oldNameOf(source, pair));
  if (resource !== undefined) {
    told.add(source, [...policyProperties(resource), 'ManagedPolicyArns', 'ManagedPolicies']);
    if (resource.type === 'AWS::IAM::ManagedPolicy') told.add(source, ['Roles', 'Users', 'Groups']);
  }
  const broadened = granted.size > 0;
  const direction = broadened ? 'broadened' : 'narrowed';
  const who = [...subjects].sort().map(quoteName).join(', ');
  return {
    category: 'security',
    change: 'iam',
    danger: broadened ? 'broadening' : 'none',
    certainty: 'will',
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

function oldNameOf(name: string, { renames }: StackPair): string {
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
  return [...grants.values()].map(({ text, effect, reason, other }) => {
    // What is granted by a denial is its end, and the other way round.
    if (effect === 'Deny') {
      return kind === 'granted' ? { path: 'no longer denied', before: text } : { path: 'now denied', after: text };
    }
    if (kind === 'revoked') return { path: 'revoked', before: text, ...(other === undefined ? {} : { after: other }) };
    const path = reason === undefined ? 'granted' : `granted (${reason})`;
    return { path, ...(other === undefined ? {} : { before: other }), after: text };
  });
}
