import type { App } from 'aws-cdk-lib/core';
import { createGatedApp, prepareGates } from '../foundation/constructs/gated-app';
import { formatProblem } from '../foundation/problem';
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
  const selected = selectEnvironments(valid, app.node.tryGetContext('environments'));
  for (const environment of selected) createEnvironment(app, environment);
  for (const warning of warningsOf(selected)) warn?.(`warning: ${formatProblem(warning)}`);
  prepareGates(app);
  return app;
}
