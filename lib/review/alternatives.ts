import { isRecord } from '../foundation/settings';
import { canonical, intrinsic } from './canonical';
import type { Fields } from './fields';

/** That a condition of the template holds, or does not. */
export interface When {
  readonly condition: string;
  readonly holds: boolean;
  /** What it tests: conditions that test the same are the same, whatever they are called. */
  readonly definition: string;
}

export interface Alternative {
  readonly value: unknown;
  readonly when: readonly When[];
}

/** With more conditions than that, a value is left as it is written: every one doubles the alternatives. */
const MOST_CONDITIONS = 4;

/** A value once for each outcome of the conditions that it asks for with `Fn::If`. Those without a value are left out. */
export function alternatives(value: unknown, definitions: Fields): Alternative[] {
  const names = [...conditionsIn(value, new Set())].sort();
  if (names.length === 0 || names.length > MOST_CONDITIONS) return [{ value, when: [] }];
  let open: { readonly value: unknown; readonly when: readonly When[] }[] = [{ value, when: [] }];
  for (const name of names) {
    open = open.flatMap((each) => {
      // A branch that is not taken takes its conditions along.
      if (!conditionsIn(each.value, new Set()).has(name)) return [each];
      return [true, false].map((holds) => ({
        value: decided(each.value, name, holds),
        when: [...each.when, whenOf(name, definitions, holds)],
      }));
    });
  }
  return open.filter((each) => each.value !== undefined);
}

export function whenOf(condition: string, definitions: Fields, holds = true): When {
  const definition = definitions[condition];
  return { condition, holds, definition: definition === undefined ? condition : canonical(definition) };
}

/** `condition C`, `not condition C`. */
export function showWhen({ condition, holds }: When): string {
  return `${holds ? '' : 'not '}condition ${condition}`;
}

/** Whether what is there under `wide` is there whenever it is under `narrow`. */
export function isWhenImplied(wide: readonly When[], narrow: readonly When[]): boolean {
  return wide.every((when) =>
    narrow.some(({ definition, holds }) => definition === when.definition && holds === when.holds),
  );
}

function conditionsIn(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) conditionsIn(item, found);
  } else if (isRecord(value)) {
    const { 'Fn::If': branches } = value;
    if (Array.isArray(branches) && typeof branches[0] === 'string') found.add(branches[0]);
    for (const field of Object.values(value)) conditionsIn(field, found);
  }
  return found;
}

function decided(value: unknown, condition: string, holds: boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => decided(item, condition, holds)).filter((item) => item !== undefined);
  }
  if (!isRecord(value)) return value;
  const call = intrinsic(value);
  if (call?.name === 'Ref' && call.argument === 'AWS::NoValue') return undefined;
  if (call?.name === 'Fn::If' && Array.isArray(call.argument) && call.argument[0] === condition) {
    return decided((call.argument as unknown[])[holds ? 1 : 2], condition, holds);
  }
  const fields = Object.entries(value).map(([key, field]) => [key, decided(field, condition, holds)] as const);
  const left = fields.filter(([, field]) => field !== undefined);
  return Object.fromEntries(left);
}
