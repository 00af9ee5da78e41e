import type { Finding } from './finding';
import type { StackPair } from './stack-pair';
import type { Resource } from './template';

/** The fields of a finding that say which resource it is about. */
export function identify(
  { id }: Pick<StackPair, 'id'>,
  { logicalId, path, type }: Resource,
): Pick<Finding, 'stack' | 'logicalId' | 'path' | 'type'> {
  return { stack: id, logicalId, ...(path === undefined ? {} : { path }), type };
}
