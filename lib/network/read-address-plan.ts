import type { z } from 'zod';
import { ProblemsError, throwIfAny } from '../foundation/problem';
import { elementsOf, fieldsOf, isRecord, shapeProblems, textsOf } from '../foundation/settings';
import { addressPlanSchema, tierSchema } from './address-plan-input';
import { addressPlanProblems, type TierParts } from './address-plan-problems';

/**
 * Checks a plan's input and fills in its defaults.
 *
 * @throws {ProblemsError} with every mistake of shape and of meaning
 */
export function readAddressPlan(raw: unknown): z.output<typeof addressPlanSchema> {
  if (!isRecord(raw)) {
    const remedy = 'write { "cidr": …, "zones": […], "tiers": […] }';
    throwIfAny([{ path: 'plan', value: raw, reason: 'is not an object', remedy }]);
  }
  const parsed = addressPlanSchema.safeParse(raw);
  if (parsed.success) {
    throwIfAny(addressPlanProblems(parsed.data));
    return parsed.data;
  }
  throw new ProblemsError([
    ...shapeProblems(addressPlanSchema, raw, ''),
    ...addressPlanProblems({
      ...fieldsOf(addressPlanSchema, raw),
      zones: textsOf(raw, 'zones'),
      tiers: elementsOf(raw, 'tiers').map(tierParts),
    }),
  ]);
}

/** What is known of a tier as it was written. Of something that is no tier at all, nothing is said but that. */
export function tierParts(raw: unknown): TierParts {
  return isRecord(raw) ? fieldsOf(tierSchema, raw) : { hostsPerZone: null };
}
