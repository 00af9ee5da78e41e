import picomatch from 'picomatch';
import { UsageError } from '../foundation/usage-error';
import { throwIfAny } from '../foundation/problem';
import { suggestOneOf } from '../foundation/suggestion';
import type { DeployArguments } from './deploy-arguments';

interface SelectableStack {
  readonly name: string;
  /** The names of the stacks that are deployed before it. */
  readonly dependsOn: readonly string[];
}

/**
 * The stacks that the CDK will deploy: those that are named, matched (`dev-*`, `!prod-*`) or all, and what they depend on, in
 * the order of `all`. The patterns are those of the library that the CDK uses for them.
 *
 * @throws {UsageError} if none is named
 * @throws {ProblemsError} for each name or pattern that no stack has
 */
export function selectStacks<Stack extends SelectableStack>(
  all: readonly Stack[],
  wanted: Pick<DeployArguments, 'patterns' | 'all' | 'exclusively' | 'ignoreNoStacks'>,
): Stack[] {
  if (wanted.all) return [...all];
  const names = all.map(({ name }) => name);
  if (wanted.patterns.length === 0) throw new UsageError(`say which stacks, or --all; there are ${names.join(', ')}`);
  const patterns = wanted.patterns.map((pattern) => ({
    pattern,
    matches: picomatch(pattern),
    ...picomatch.scan(pattern),
    // Not that of the scan, which takes `!!dev-*` for one.
    negated: picomatch.parse(pattern).negated,
  }));
  const [excluding, including] = [
    patterns.filter(({ negated }) => negated),
    patterns.filter(({ negated }) => !negated),
  ];
  throwIfAny(
    including
      .filter(({ matches }) => !names.some((name) => matches(name)) && !wanted.ignoreNoStacks)
      .map(({ pattern, isGlob }) => ({
        path: 'deploy',
        value: pattern,
        reason: isGlob ? 'matches no stack' : 'is not a stack',
        remedy: suggestOneOf(pattern, names),
      })),
  );
  const selected = new Set(
    names
      .filter((name) => including.length === 0 || including.some(({ matches }) => matches(name)))
      .filter((name) => excluding.every(({ matches }) => matches(name))),
  );
  if (!wanted.exclusively) addDependencies(all, selected);
  return all.filter(({ name }) => selected.has(name));
}

function addDependencies(all: readonly SelectableStack[], selected: Set<string>): void {
  // A set is gone through in the order of its additions, those meanwhile included.
  for (const name of selected) {
    for (const other of all.find((stack) => stack.name === name)?.dependsOn ?? []) selected.add(other);
  }
}
