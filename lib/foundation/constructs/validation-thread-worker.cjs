// Validates templates in a thread of its own, with the plugin of aws-cdk-lib: see validation-thread.ts.
const process = require('node:process');
const { parentPort, workerData } = require('node:worker_threads');

/** @type {import('aws-cdk-lib/core').CloudFormationValidatePlugin | undefined} */
let plugin;

// Whatever ends this thread, the main one must not go on waiting for it.
process.on('exit', () => {
  Atomics.store(workerData.done, 0, 1);
  Atomics.notify(workerData.done, 0);
});

parentPort.on('message', ({ context, answer }) => {
  let message;
  try {
    if (plugin === undefined) {
      const { CloudFormationValidatePlugin } = require('aws-cdk-lib/core');
      plugin = new CloudFormationValidatePlugin();
    }
    message = { report: plugin.validate(context), version: plugin.version };
  } catch (error) {
    message = { error: error instanceof Error ? error.message : String(error) };
  }
  // Nobody waits for a preparation; what goes wrong in it goes wrong again in earnest.
  if (!answer) return;
  workerData.port.postMessage(message);
  Atomics.store(workerData.done, 0, 1);
  Atomics.notify(workerData.done, 0);
});
