import { fails, ok } from '../check-result';
import type { ExpectedParameter, Expectations } from '../expectations';
import type { Check } from './check';

/** What a parameter has to hold, by what it is for. */
const FORMS: Readonly<Record<ExpectedParameter['holds'], { readonly form: RegExp; readonly words: string }>> = {
  connection: { form: /^dx(con|lag)-[a-z0-9]+$/, words: 'the ID of a connection or LAG (dxcon-…, dxlag-…)' },
  address: { form: /^\d+\.\d+\.\d+\.\d+$/, words: 'a public IPv4 address' },
};

/** Whether the parameters that CloudFormation will read for the connection hold what they are for. */
export function parametersCheck({ region }: Expectations, parameters: readonly ExpectedParameter[]): Check {
  return {
    name: 'connection',
    asked: `do ${parameters.map(({ name }) => name).join(', ')} hold what they are for?`,
    look: async (aws) => {
      const faults = await Promise.all(
        parameters.map(async ({ name, holds }) => {
          const { form, words } = FORMS[holds];
          const parameter = await aws.parameter(name);
          if (parameter === undefined) return { name, fault: `there is no ${name}`, words };
          // A reference of the form {{resolve:ssm:…}} reads no other type.
          if (parameter.type !== 'String')
            return { name, fault: `${name} is a ${parameter.type}, not a String`, words };
          return form.test(parameter.value) ? undefined : { name, fault: `${name} does not hold ${words}`, words };
        }),
      );
      const found = faults.filter((fault) => fault !== undefined);
      if (found.length === 0) return ok('each does');
      return fails(
        found.map(({ fault }) => fault).join('; '),
        found
          .map(
            ({ name, words }) =>
              `aws ssm put-parameter --region ${region} --type String --overwrite --name ${name} --value <${words}>`,
          )
          .join('\n'),
      );
    },
  };
}
