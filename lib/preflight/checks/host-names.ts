import { formatProblem } from '../../foundation/problem';
import { fails, ok } from '../check-result';
import type { Expectations } from '../expectations';
import type { Check } from './check';

/** Whether the site's names are its own: the example that the environments came with can be nobody's. */
export function hostNamesCheck({ exampleHostNames }: Expectations): Check {
  return {
    name: 'host names',
    asked: "are the site's host names its own?",
    isOffline: true,
    look: () => {
      if (exampleHostNames.length === 0) return Promise.resolve(ok('none is of an example'));
      const names = exampleHostNames.map(({ value }) => String(value)).join(', ');
      return Promise.resolve(fails(`still an example: ${names}`, exampleHostNames.map(formatProblem).join('\n')));
    },
  };
}
