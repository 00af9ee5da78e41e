import { canonical } from './canonical';
import { ANY_MAPPING, referencesIn, type References } from './references';
import type { StackPair } from './stack-pair';
import type { Fields } from './fields';

/** Parameters, mappings and conditions that mean something else than before, though they are called the same. */
export interface ChangedInputs {
  /** What of it a value depends on, as a person would say it; none for most values. */
  of(value: unknown): string[];
}

export function changedInputs({ before, after, inherited }: StackPair): ChangedInputs {
  const parameters = changedNames(before.parameters, after.parameters);
  for (const name of inherited.keys()) parameters.add(name);
  const mappings = changedNames(before.mappings, after.mappings);
  const conditions = changedNames(before.conditions, after.conditions);
  spreadToConditions(after.conditions, conditions, parameters, mappings);
  return {
    of: (value) => {
      if (parameters.size + mappings.size + conditions.size === 0) return [];
      const { names, mappings: maps, conditions: tests }: References = referencesIn(value);
      return [
        ...[...names].filter((name) => parameters.has(name)).map((name) => `parameter ${name}`),
        ...[...mappings].filter((name) => maps.has(name) || maps.has(ANY_MAPPING)).map((name) => `mapping ${name}`),
        ...[...tests].filter((name) => conditions.has(name)).map((name) => `condition ${name}`),
      ].sort();
    },
  };
}

function changedNames(before: Fields, after: Fields): Set<string> {
  return new Set(
    Object.keys(after).filter((name) => name in before && canonical(before[name]) !== canonical(after[name])),
  );
}

/** A condition changes with whatever it is made of. */
function spreadToConditions(
  definitions: Fields,
  changed: Set<string>,
  parameters: ReadonlySet<string>,
  mappings: ReadonlySet<string>,
): void {
  for (let known = -1; known < changed.size;) {
    known = changed.size;
    for (const [name, definition] of Object.entries(definitions)) {
      const { names, mappings: maps, conditions } = referencesIn(definition);
      const depends =
        [...names].some((each) => parameters.has(each)) ||
        [...mappings].some((each) => maps.has(each) || maps.has(ANY_MAPPING)) ||
        [...conditions].some((each) => changed.has(each));
      if (depends) changed.add(name);
    }
  }
}
