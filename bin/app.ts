#!/usr/bin/env node
// First, because it saves a second.
import '../lib/foundation/constructs/start-validation-thread';
import { environments } from '../lib/environments';
import { buildApp } from '../lib/environments/build-app';
import { runApp } from '../lib/foundation/run-app';
import { installSourceMaps } from '../lib/foundation/source-maps';

// Registers source-map-support, and tells it where tsx keeps its maps.
installSourceMaps();

runApp(() => {
  buildApp(environments, (line) => process.stderr.write(`${line}\n`));
});
