import type { Stack } from './assembly';
import { canonical } from './canonical';
import { changedInputs } from './changed-inputs';
import { valueAt, type Fields } from './fields';
import type { ComparedPair } from './moves';
import { referencesIn } from './references';
import { isRecord } from '../foundation/settings';

/** Why a parameter of a nested stack has another value than before, although its own template may say the same. */
export interface InheritedChange {
  readonly certain: boolean;
  /** `gets another value from app-Data`. */
  readonly cause: string;
}

/** By the names of parameters. */
export type Inherited = ReadonlyMap<string, InheritedChange>;

export const NOTHING_INHERITED: Inherited = new Map();

/** What the parent gives its nested stack, where it changes: as a text, or in the resource that it names. */
export function inheritedBy({ id, parent }: Stack, compared: ComparedPair | undefined): Inherited {
  if (parent === undefined || compared === undefined) return NOTHING_INHERITED;
  const { pair, changes } = compared;
  const logicalId = id.slice(parent.length + 1);
  const [before, after] = [pair.before, pair.after].map(({ resources }) =>
    parametersOf(resources.get(logicalId)?.properties),
  );
  if (before === undefined || after === undefined) return NOTHING_INHERITED;
  const inputs = changedInputs(pair);
  const replaced = new Map(
    changes.changed
      .filter(({ impact }) => impact !== 'update')
      .map(({ after: resource, impact }) => [resource.logicalId, impact === 'replace'] as const),
  );
  const inherited = new Map<string, InheritedChange>();
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (canonical(before[name]) !== canonical(value)) {
      inherited.set(name, { certain: true, cause: `gets another value from ${parent}` });
      continue;
    }
    const names = [...referencesIn(value).names];
    const source =
      names.find((each) => replaced.get(each) === true || pair.inherited.get(each)?.certain === true) ??
      names.find((each) => replaced.has(each));
    if (source !== undefined) {
      const certain = replaced.get(source) ?? true;
      const verb = !replaced.has(source) ? 'changes' : certain ? 'is replaced' : 'may be replaced';
      inherited.set(name, { certain, cause: `gets ${source} from ${parent}, which ${verb}` });
    } else if (inputs.of(value).length > 0) {
      inherited.set(name, {
        certain: false,
        cause: `depends on ${inputs.of(value).join(', ')} of ${parent}, which changes`,
      });
    }
  }
  return inherited;
}

function parametersOf(properties: Fields | undefined): Fields | undefined {
  const parameters = valueAt(properties, 'Parameters');
  if (properties === undefined) return undefined;
  return isRecord(parameters) ? parameters : {};
}
