#!/usr/bin/env node
import 'source-map-support/register';
import { environments } from '../lib/environments';
import { createEnvironment } from '../lib/environments/create-environment';
import { selectEnvironments } from '../lib/environments/select';
import { validateEnvironments } from '../lib/environments/validate';
import { runApp } from '../lib/foundation/run-app';
import { createGatedApp } from '../lib/foundation/constructs/gated-app';

runApp(() => {
  const valid = validateEnvironments(environments);
  const app = createGatedApp();
  for (const environment of selectEnvironments(valid, app.node.tryGetContext('environments'))) {
    createEnvironment(app, environment);
  }
});
