import type { Expectations } from '../expectations';
import { fails, ok } from '../check-result';
import type { Check } from './check';

/** Whether the parameter that CloudFormation will read holds the ARN of a certificate in this region. */
export function certificateCheck({ region }: Expectations, parameterName: string): Check {
  return {
    name: 'certificate',
    asked: `does ${parameterName} hold a certificate of ${region}?`,
    look: async (aws) => {
      const parameter = await aws.parameter(parameterName);
      const remedy =
        `aws ssm put-parameter --region ${region} --type String --overwrite --name ${parameterName} ` +
        '--value <ARN of a certificate of ACM in this region>';
      if (parameter === undefined) return fails(`there is no ${parameterName}`, remedy);
      // A reference of the form {{resolve:ssm:…}} reads no other type.
      if (parameter.type !== 'String') return fails(`${parameterName} is a ${parameter.type}, not a String`, remedy);
      const [, service, place] = /^arn:[\w-]+:(\w+):([\w-]+):\d{12}:certificate\/[\w-]+$/.exec(parameter.value) ?? [];
      if (service !== 'acm') return fails(`${parameterName} holds no ARN of a certificate`, remedy);
      return place === region
        ? ok(`${parameterName} holds the ARN of one`)
        : fails(`${parameterName} names a certificate of ${place ?? ''}`, remedy);
    },
  };
}
