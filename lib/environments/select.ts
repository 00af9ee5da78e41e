import { throwIfAny } from '../foundation/problem';
import { suggestOneOf } from '../foundation/suggestion';
import { UsageError } from '../foundation/usage-error';

/** All that choosing needs of an environment. */
interface Named {
  readonly name: string;
}

/**
 * The environments that `-c environments=dev,prod` names; all of them if it is not given.
 *
 * @param path where the names were given, for errors
 * @throws {ProblemsError} for each name that no environment has, and if no name is left
 */
export function selectEnvironments<Environment extends Named>(
  all: readonly Environment[],
  wanted: unknown,
  path = '-c environments',
): readonly Environment[] {
  if (wanted === undefined) return all;
  const known = all.map(({ name }) => name);
  const names = (typeof wanted === 'string' ? wanted : JSON.stringify(wanted))
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  throwIfAny(
    names.length === 0
      ? [{ path, value: wanted, reason: 'names no environment', remedy: `name some of: ${known.join(', ')}` }]
      : names
          .filter((name) => !known.includes(name))
          .map((name) => ({ path, value: name, reason: 'is not an environment', remedy: suggestOneOf(name, known) })),
  );
  return all.filter(({ name }) => names.includes(name));
}

/**
 * The one environment that a command is about.
 *
 * @throws {UsageError} if several are named
 * @throws {ProblemsError} for a name that no environment has
 */
export function selectOne<Environment extends Named>(all: readonly Environment[], wanted: string): Environment {
  const [environment, ...others] = selectEnvironments(all, wanted, 'environment');
  if (environment === undefined || others.length > 0) throw new UsageError(`${wanted}: name one environment`);
  return environment;
}
