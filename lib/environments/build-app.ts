import type { App } from 'aws-cdk-lib/core';
import { createGatedApp, prepareGates } from '../foundation/constructs/gated-app';
import { createEnvironment } from './create-environment';
import { selectEnvironments } from './select';
import { validateEnvironments } from './validate';

/**
 * The app of the environments that `-c environments=…` selects, or of all. All are validated, because an environment
 * that is not wanted now can still be in another's way.
 *
 * @throws {ProblemsError} with every problem of every environment
 */
export function buildApp(environments: readonly unknown[]): App {
  const valid = validateEnvironments(environments);
  const app = createGatedApp();
  for (const environment of selectEnvironments(valid, app.node.tryGetContext('environments'))) {
    createEnvironment(app, environment);
  }
  prepareGates(app);
  return app;
}
