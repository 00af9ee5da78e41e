/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/shared-environment.js',
  // One fewer than there are processors by default, which on two leaves half the machine idle.
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Types are checked once for the whole tree by `npm run check:types`, not again in every test file.
  transform: { '^.+\\.ts$': 'ts-jest' },
  globalSetup: '<rootDir>/test/support/make-temporary-folder.ts',
  globalTeardown: '<rootDir>/test/support/remove-temporary-folder.ts',
  // In milliseconds. Tests that start processes take many times as long on a busy machine; five seconds are not enough then.
  testTimeout: 60_000,
  setupFiles: ['<rootDir>/test/support/environment.ts'],
};
