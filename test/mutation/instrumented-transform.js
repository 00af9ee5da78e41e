/* global module, require -- Jest loads it as CommonJS */
// The transform of the tests, which gives the instrumented text of a file in place of the file's own.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { default: tsJest } = require('ts-jest');

module.exports = {
  createTransformer({ folder }) {
    const inner = tsJest.createTransformer();
    const textOf = (text, path) => {
      const instrumented = join(folder, `${createHash('sha256').update(path).digest('hex')}.ts`);
      return existsSync(instrumented) ? readFileSync(instrumented, 'utf8') : text;
    };
    return {
      ...inner,
      canInstrument: false,
      process: (text, path, options) => inner.process(textOf(text, path), path, options),
      getCacheKey: (text, path, options) => inner.getCacheKey(textOf(text, path), path, options),
    };
  },
};
