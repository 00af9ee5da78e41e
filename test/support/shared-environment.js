/* global module, require -- Jest loads it as CommonJS */
// The test environment of Node, and what all test files of a worker share: the resource specification behind pr-diff is
// 130 MiB that take a second to read, and Jest would read them anew in each of a dozen files.
const { TestEnvironment } = require('jest-environment-node');

let specification;

module.exports = class SharedEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.sharedServiceSpec = () => {
      specification ??= require('@aws-cdk/aws-service-spec').loadAwsServiceSpecSync();
      return specification;
    };
  }
};
