import { isRecord } from '../foundation/settings';
import { canonical, intrinsic, namesInText } from './canonical';
import type { Fields } from './fields';
import type { StackPair } from './stack-pair';
import type { Resource, Template } from './template';

/**
 * Both sides as far as the templates alone tell what CloudFormation makes of them: mappings looked up, conditions of
 * literals decided, resources left out whose condition cannot hold.
 *
 * @param defaults parameters that are taken to have their default. A deployed stack may keep another value: what only
 *   shows with these is possible, not certain.
 */
export function resolvedPair(pair: StackPair, defaults: ReadonlySet<string> = new Set()): StackPair {
  return { ...pair, before: resolvedTemplate(pair.before, defaults), after: resolvedTemplate(pair.after, defaults) };
}

/** Parameters that have another default than before. */
export function changedDefaults({ before, after }: StackPair): Set<string> {
  const defaultOf = (parameter: unknown): unknown => (isRecord(parameter) ? parameter.Default : undefined);
  return new Set(
    Object.keys(after.parameters).filter((name) => {
      const [old, now] = [defaultOf(before.parameters[name]), defaultOf(after.parameters[name])];
      return old !== undefined && now !== undefined && canonical(old) !== canonical(now);
    }),
  );
}

export function resolvedTemplate(template: Template, defaults: ReadonlySet<string>): Template {
  const resolver = new Resolver(template, defaults);
  const resources = new Map<string, Resource>();
  for (const [logicalId, resource] of template.resources) {
    const { Condition: condition, ...attributes } = resource.attributes;
    const holds = typeof condition === 'string' ? resolver.holds(condition) : undefined;
    if (holds === false) continue;
    const properties = resolver.resolved(resource.properties);
    resources.set(logicalId, {
      ...resource,
      properties: isRecord(properties) ? properties : {},
      attributes: holds === true ? attributes : resource.attributes,
    });
  }
  const conditions = Object.keys(template.conditions).map((name) => [name, resolver.definition(name)] as const);
  return { ...template, resources, conditions: Object.fromEntries(conditions) };
}

const NO_VALUE = { Ref: 'AWS::NoValue' };

class Resolver {
  private readonly truths = new Map<string, boolean | undefined>();

  constructor(
    private readonly template: Template,
    private readonly defaults: ReadonlySet<string>,
  ) {}

  /** Undefined where nothing is left: `AWS::NoValue`. */
  resolved(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown) => this.resolved(item)).filter((item) => item !== undefined);
    }
    if (!isRecord(value)) return value;
    const call = intrinsic(value);
    const known = call === undefined ? UNKNOWN : this.call(call.name, call.argument);
    if (known !== UNKNOWN) return known;
    const fields = Object.entries(value).map(([key, field]) => [key, this.resolved(field)] as const);
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
  }

  /** Undefined where the template alone does not tell. */
  holds(condition: string): boolean | undefined {
    if (this.truths.has(condition)) return this.truths.get(condition);
    // A condition that is made of itself tells nothing.
    this.truths.set(condition, undefined);
    const truth = this.test(this.template.conditions[condition]);
    this.truths.set(condition, truth);
    return truth;
  }

  /** What a condition tests, with the definitions of those that it is made of. */
  definition(condition: string, above: readonly string[] = []): unknown {
    const expand = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(expand);
      if (!isRecord(value)) return value;
      const { Condition: name } = value;
      if (typeof name === 'string' && !above.includes(name)) return this.definition(name, [...above, condition]);
      return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, expand(field)]));
    };
    return this.resolved(expand(this.template.conditions[condition]));
  }

  private call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        if (argument === NO_VALUE.Ref) return undefined;
        return typeof argument === 'string' ? (this.defaultOf(argument) ?? UNKNOWN) : UNKNOWN;
      case 'Fn::FindInMap':
        return this.lookUp(argument);
      case 'Fn::If':
        return this.choose(argument);
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::GetAtt':
        return this.sameAsRef(argument);
      default:
        return UNKNOWN;
    }
  }

  private lookUp(argument: unknown): unknown {
    const path = this.resolved(argument);
    if (!Array.isArray(path) || !path.every((key) => typeof key === 'string')) return UNKNOWN;
    const [map = '', first = '', second = ''] = path;
    const level = this.template.mappings[map];
    const entry = isRecord(level) ? level[first] : undefined;
    return (isRecord(entry) ? entry[second] : undefined) ?? UNKNOWN;
  }

  private choose(argument: unknown): unknown {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return UNKNOWN;
    const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
    const holds = this.holds(condition);
    if (holds !== undefined) return this.resolved(holds ? whenTrue : whenFalse);
    return { 'Fn::If': [condition, this.resolved(whenTrue) ?? NO_VALUE, this.resolved(whenFalse) ?? NO_VALUE] };
  }

  private substitute(argument: unknown): unknown {
    if (typeof argument !== 'string') return UNKNOWN;
    const names = namesInText(argument, []).filter((name) => this.defaultOf(name) !== undefined);
    if (names.length === 0) return UNKNOWN;
    const text = names.reduce((known, name) => known.split(`\${${name}}`).join(String(this.defaultOf(name))), argument);
    return { 'Fn::Sub': text };
  }

  /** A security group in a VPC is known by its ID, whichever way it is asked for. */
  private sameAsRef(argument: unknown): unknown {
    const [logicalId, attribute] = Array.isArray(argument)
      ? (argument as unknown[])
      : typeof argument === 'string'
        ? argument.split('.')
        : [];
    if (attribute !== 'GroupId' || typeof logicalId !== 'string') return UNKNOWN;
    return this.template.resources.get(logicalId)?.type === 'AWS::EC2::SecurityGroup' ? { Ref: logicalId } : UNKNOWN;
  }

  private defaultOf(parameter: string): unknown {
    if (!this.defaults.has(parameter)) return undefined;
    const { Type: type, Default: value }: Fields = isRecord(this.template.parameters[parameter])
      ? this.template.parameters[parameter]
      : {};
    const isList = typeof type === 'string' && /^(CommaDelimitedList|List<)/.test(type);
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  private test(definition: unknown): boolean | undefined {
    if (!isRecord(definition)) return undefined;
    if (typeof definition.Condition === 'string') return this.holds(definition.Condition);
    const call = intrinsic(definition);
    if (!Array.isArray(call?.argument)) return undefined;
    const parts = call.argument as unknown[];
    if (call.name === 'Fn::Equals') {
      const [one, other] = parts.map((part) => this.resolved(part));
      return isLiteral(one) && isLiteral(other) ? String(one) === String(other) : undefined;
    }
    const truths = parts.map((part) => this.test(part));
    if (call.name === 'Fn::Not') return truths[0] === undefined ? undefined : !truths[0];
    if (call.name === 'Fn::And') {
      return truths.includes(false) ? false : truths.every((truth) => truth === true) ? true : undefined;
    }
    if (call.name === 'Fn::Or') {
      return truths.includes(true) ? true : truths.every((truth) => truth === false) ? false : undefined;
    }
    return undefined;
  }
}

/** Not even that it has no value. */
const UNKNOWN = Symbol('unknown');

function isLiteral(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
