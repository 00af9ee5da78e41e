import type { Problem } from '../foundation/problem';
import { isRecord } from '../foundation/settings';
import type { Fields } from './fields';
import { expandLoops, LOOP } from './loops';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Of the construct, as in the tree: `dev-Network/Vpc`. */
  readonly path: string | undefined;
  readonly properties: Fields;
  /** What stands beside `Type` and `Properties`: `DeletionPolicy`, `Condition`, `DependsOn`… */
  readonly attributes: Fields;
}

/** A CloudFormation template, its shape checked. */
export interface Template {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: Fields;
  readonly mappings: Fields;
  readonly conditions: Fields;
  readonly outputs: Fields;
  readonly rules: Fields;
  readonly metadata: Fields;
  /** `Description`, `Transform`, `Hooks`… and the version of the format. */
  readonly other: Fields;
}

export const EMPTY_TEMPLATE: Template = {
  resources: new Map(),
  parameters: {},
  mappings: {},
  conditions: {},
  outputs: {},
  rules: {},
  metadata: {},
  other: {},
};

const SECTIONS = ['Resources', 'Parameters', 'Mappings', 'Conditions', 'Outputs', 'Rules', 'Metadata'] as const;

/**
 * @param paths construct paths by logical ID, for templates without `aws:cdk:path`
 * @param where names the template in problems
 */
export function readTemplate(
  json: unknown,
  paths: ReadonlyMap<string, string>,
  where: string,
): { readonly template: Template; readonly problems: readonly Problem[] } {
  if (!isRecord(json)) return { template: EMPTY_TEMPLATE, problems: [malformed(where, json, 'a template')] };
  const section = (name: (typeof SECTIONS)[number]): Fields => (isRecord(json[name]) ? json[name] : {});
  const problems = SECTIONS.filter((name) => json[name] !== undefined && !isRecord(json[name])).map((name) =>
    malformed(`${where}: ${name}`, json[name], 'a group of named entries'),
  );
  const resources = new Map<string, Resource>();
  for (const [logicalId, raw] of Object.entries(expandLoops(section('Resources')))) {
    const resource = readResource(logicalId, raw, paths.get(logicalId));
    if (resource === undefined) {
      problems.push(malformedResource(`${where}: Resources.${logicalId}`, raw));
    } else {
      resources.set(logicalId, resource);
    }
  }
  const other = Object.entries(json).filter(([name]) => !(SECTIONS as readonly string[]).includes(name));
  return {
    template: {
      resources,
      parameters: section('Parameters'),
      mappings: section('Mappings'),
      conditions: section('Conditions'),
      outputs: section('Outputs'),
      rules: section('Rules'),
      metadata: section('Metadata'),
      other: Object.fromEntries(other),
    },
    problems,
  };
}

function readResource(logicalId: string, raw: unknown, knownPath: string | undefined): Resource | undefined {
  if (Array.isArray(raw) && logicalId.startsWith(`${LOOP}::`)) {
    return { logicalId, type: LOOP, path: undefined, properties: { Loop: raw }, attributes: {} };
  }
  if (!isRecord(raw) || typeof raw.Type !== 'string') return undefined;
  if (raw.Properties !== undefined && !isRecord(raw.Properties)) return undefined;
  const { Type: type, Properties: properties, ...attributes } = raw;
  const metadata = isRecord(attributes.Metadata) ? attributes.Metadata : {};
  const path = metadata['aws:cdk:path'];
  return {
    logicalId,
    type,
    path: shortPath(typeof path === 'string' ? path : knownPath),
    properties: isRecord(properties) ? properties : {},
    attributes,
  };
}

/** Without the last part, which only says that the construct's resource is meant. */
function shortPath(path: string | undefined): string | undefined {
  return path?.replace(/^\//, '').replace(/\/(Resource|Default)$/, '');
}

/** Says what is wrong with a resource that `readResource` does not take. */
function malformedResource(path: string, raw: unknown): Problem {
  return isRecord(raw) && typeof raw.Type === 'string'
    ? malformed(`${path}.Properties`, raw.Properties, 'a group of properties')
    : malformed(path, raw, 'a resource with a Type');
}

function malformed(path: string, value: unknown, noun: string): Problem {
  return { path, value, reason: `is not ${noun}`, remedy: 'synthesize it again, or correct what writes it' };
}
