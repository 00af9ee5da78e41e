import type { Expectations } from '../expectations';
import { fails, ok } from '../check-result';
import type { Check } from './check';

/** Whether the account has the zones: newer accounts lack some that older ones have. */
export function zonesCheck({ environment, region, availabilityZones }: Expectations): Check {
  return {
    name: 'zones',
    asked: `are ${availabilityZones.join(', ')} zones of ${region} in this account?`,
    look: async (aws) => {
      const states = new Map((await aws.zones()).map(({ name, state }) => [name, state]));
      const missing = availabilityZones.filter((name) => !states.has(name));
      if (missing.length > 0) {
        return fails(
          `${missing.join(', ')} not among ${[...states.keys()].join(', ')}`,
          `choose others under availabilityZones in lib/environments/${environment}.ts, before the first deployment`,
        );
      }
      const troubled = availabilityZones.filter((name) => states.get(name) !== 'available');
      if (troubled.length > 0) {
        const found = troubled.map((name) => `${name} is ${states.get(name) ?? ''}`).join(', ');
        return fails(found, 'wait until AWS says that they are available, or choose others');
      }
      return ok(`${availabilityZones.join(', ')} available`);
    },
  };
}
