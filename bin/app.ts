#!/usr/bin/env node
import { environments } from '../lib/environments';
import { createEnvironment } from '../lib/environments/create-environment';
import { selectEnvironments } from '../lib/environments/select';
import { validateEnvironments } from '../lib/environments/validate';
import { createGatedApp } from '../lib/foundation/constructs/gated-app';
import { runApp } from '../lib/foundation/run-app';
import { installSourceMaps } from '../lib/foundation/source-maps';

// source-map-support, taught where tsx keeps its maps.
installSourceMaps();

runApp(() => {
  const valid = validateEnvironments(environments);
  const app = createGatedApp();
  for (const environment of selectEnvironments(valid, app.node.tryGetContext('environments'))) {
    createEnvironment(app, environment);
  }
});
