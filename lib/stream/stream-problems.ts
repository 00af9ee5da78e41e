import type { Problem } from '../foundation/problem';
import { fieldsOf } from '../foundation/settings';
import { streamSchema } from './stream-settings';

/** Source: "Dynamic partitioning", Amazon Data Firehose Developer Guide. */
const LEAST_PARTITIONED_MIB = 64;
const LEAST_PARTITIONED_SECONDS = 60;

/** What is wrong with the meaning of an environment's stream settings. */
export function streamProblems(raw: unknown, environment: string): Problem[] {
  const path = `${environment}.stream.buffer`;
  const { buffer, partitionKey } = fieldsOf(streamSchema, raw);
  if (!buffer || !partitionKey) return [];
  const least = [
    { name: 'mebibytes', value: buffer.mebibytes, least: LEAST_PARTITIONED_MIB },
    { name: 'seconds', value: buffer.seconds, least: LEAST_PARTITIONED_SECONDS },
  ];
  return least
    .filter((limit) => limit.value < limit.least)
    .map((limit) => ({
      path: `${path}.${limit.name}`,
      value: limit.value,
      reason: `is too little for partitionKey, which needs ${limit.least} or more`,
      remedy: `raise it to ${limit.least}, or remove partitionKey`,
    }));
}
