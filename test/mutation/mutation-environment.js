/* global module, require -- Jest loads it as CommonJS */
// The environment of the tests, in which the switches between mutants are those of the process that runs Jest.
const SharedEnvironment = require('../support/shared-environment.js');

module.exports = class MutationEnvironment extends SharedEnvironment {
  async setup() {
    await super.setup();
    this.global.__stryker__ = globalThis.__stryker__;
  }
};
