import { isRecord } from '../foundation/settings';
import { attributeOf, namesInText } from './canonical';

/** Stands for a mapping whose name is only known at deployment. */
export const ANY_MAPPING = '*';

/** What a value depends on. */
export interface References {
  /** Resources and parameters: both are named alike. */
  readonly names: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
  readonly mappings: ReadonlySet<string>;
}

export function referencesIn(value: unknown): References {
  const found = { names: new Set<string>(), conditions: new Set<string>(), mappings: new Set<string>() };
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Record<'names' | 'conditions' | 'mappings', Set<string>>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, argument] of Object.entries(value)) {
    if (key === 'Ref' && typeof argument === 'string') found.names.add(argument);
    if (key === 'Condition' && typeof argument === 'string') found.conditions.add(argument);
    if (key === 'Fn::GetAtt') addText(attributeOf(argument)[0], found.names);
    if (key === 'Fn::If' && Array.isArray(argument)) addText(argument[0], found.conditions);
    if (key === 'Fn::FindInMap' && Array.isArray(argument)) {
      found.mappings.add(typeof argument[0] === 'string' ? argument[0] : ANY_MAPPING);
    }
    if (key === 'Fn::Sub') {
      const [text, variables] = (Array.isArray(argument) ? argument : [argument]) as unknown[];
      const locals = isRecord(variables) ? Object.keys(variables) : [];
      if (typeof text === 'string') for (const name of namesInText(text, locals)) found.names.add(name);
    }
    collect(argument, found);
  }
}

function addText(text: unknown, found: Set<string>): void {
  if (typeof text === 'string') found.add(text);
}
