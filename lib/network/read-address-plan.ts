import { ProblemsError, throwIfAny } from '../foundation/problem';
import { isRecord, shapeProblems, wellFormedElements, wellFormedFields } from '../foundation/settings';
import { addressPlanSchema, type AddressPlanInput } from './address-plan-input';
import { addressPlanProblems } from './address-plan-problems';

/**
 * Reads a plan's input from a file's content.
 *
 * @throws {ProblemsError} with every mistake of shape and of meaning
 */
export function readAddressPlan(raw: unknown): AddressPlanInput {
  if (!isRecord(raw)) {
    const remedy = 'write { "cidr": …, "zones": […], "tiers": […] }';
    throw new ProblemsError([{ path: 'plan', value: raw, reason: 'is not an object', remedy }]);
  }
  throwIfAny([
    ...shapeProblems(addressPlanSchema, raw, ''),
    ...addressPlanProblems({
      ...wellFormedFields(addressPlanSchema, raw),
      zones: wellFormedElements(addressPlanSchema, raw, 'zones').filter((zone) => zone !== undefined),
      tiers: wellFormedElements(addressPlanSchema, raw, 'tiers'),
    }),
  ]);
  return addressPlanSchema.parse(raw);
}
