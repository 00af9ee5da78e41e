import type { Problem } from '../../foundation/problem';
import { suggestOneOf } from '../../foundation/suggestion';
import { KNOWN_OPTIONS, type KnownNamespace } from './known-options';

/** A setting as it is or as a template has it: there a value may be an intrinsic function. */
export interface AnyOptionSetting {
  readonly namespace: string;
  readonly optionName: string;
  readonly value: unknown;
}

/** In a text of the CDK: what only CloudFormation knows comes here. */
const TOKEN = '${Token[';

/**
 * Settings that Elastic Beanstalk would refuse, or silently ignore, at deployment: neither the CDK nor the template rules know
 * namespaces, options or values.
 *
 * @param path of the resource, for the problems
 */
export function optionProblems(settings: readonly AnyOptionSetting[], path: string): Problem[] {
  return [...settings.flatMap((setting) => settingProblems(setting, path)), ...repeated(settings, path)];
}

function settingProblems({ namespace, optionName, value }: AnyOptionSetting, path: string): Problem[] {
  const known = findNamespace(namespace);
  if (known === undefined) {
    const all = KNOWN_OPTIONS.map(({ namespace }) => namespace);
    return [
      {
        path: `${path} ${namespace}`,
        reason: 'is no known namespace of Elastic Beanstalk',
        remedy: `${suggestOneOf(namespace, all)} Or add it to known-options.ts, from its source`,
      },
    ];
  }
  const accepted = known.options[optionName] ?? known.options['*'];
  const at = `${path} ${namespace} ${optionName}`;
  if (accepted === undefined) {
    const remedy = `${suggestOneOf(optionName, Object.keys(known.options))} Or add it to known-options.ts, from its source`;
    return [{ path: at, reason: 'is no known option', remedy }];
  }
  if (isFilledIn(value) || (typeof value === 'string' && accepted.test(value))) return [];
  return [{ path: at, value, reason: `is not ${accepted.noun}`, remedy: `give ${accepted.noun}` }];
}

function isFilledIn(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || (typeof value === 'string' && value.includes(TOKEN));
}

function findNamespace(namespace: string): KnownNamespace | undefined {
  return KNOWN_OPTIONS.find((known) =>
    known.namespace.endsWith(':*')
      ? namespace.startsWith(known.namespace.slice(0, -1)) &&
        /^[\w-]+$/.test(namespace.slice(known.namespace.length - 1))
      : known.namespace === namespace,
  );
}

/** Of two values for one option Beanstalk takes one, and does not say which. */
function repeated(settings: readonly AnyOptionSetting[], path: string): Problem[] {
  const keys = settings.map(({ namespace, optionName }) => `${namespace} ${optionName}`);
  return keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => ({ path: `${path} ${key}`, reason: 'is set twice', remedy: 'set it in one place' }));
}
