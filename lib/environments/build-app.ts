import type { App } from 'aws-cdk-lib/core';
import { createGatedApp, prepareGates } from '../foundation/constructs/gated-app';
import { formatProblem, throwIfAny, type Problem } from '../foundation/problem';
import { suggest } from '../foundation/suggestion';
import { createEnvironment } from './create-environment';
import { selectEnvironments } from './select';
import { validateEnvironments } from './validate';
import { warningsOf } from './warnings';

/**
 * The app of the environments that `-c environments=…` selects, or of all. All are validated, because an environment
 * that is not wanted now can still be in another's way.
 *
 * @param warn is told, in a line each, of what is allowed and better known before it is deployed. (The CDK's own warnings
 *   would fail a strict synthesis.)
 * @throws {ProblemsError} with every problem of every environment
 */
export function buildApp(environments: readonly unknown[], warn?: (line: string) => void): App {
  const valid = validateEnvironments(environments);
  const app = createGatedApp();
  throwIfAny(misspeltContext(app));
  const selected = selectEnvironments(valid, app.node.tryGetContext(SELECTION));
  for (const environment of selected) createEnvironment(app, environment);
  for (const warning of warningsOf(selected)) warn?.(`warning: ${formatProblem(warning)}`);
  prepareGates(app);
  return app;
}

/** The one key of `-c` that this app reads. Misspelt, it would select every environment without a word. */
const SELECTION = 'environments';

function misspeltContext(app: App): Problem[] {
  const keys = Object.keys(app.node.getAllContext() as Record<string, unknown>);
  return keys
    .filter((key) => key !== SELECTION && suggest(key, [SELECTION]) !== undefined)
    .map((key) => ({ path: `-c ${key}`, reason: 'is not read', remedy: `did you mean "-c ${SELECTION}=…"?` }));
}
