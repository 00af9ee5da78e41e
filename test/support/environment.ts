// The template validator costs a second or two in every test file. One test of the whole assembly, and `cdk synth`, run it.
process.env.CDK_VALIDATION = 'false';

// Read once for all test files of a worker: see shared-environment.js.
jest.mock('@aws-cdk/aws-service-spec', () => ({
  loadAwsServiceSpecSync: () => (globalThis as unknown as { sharedServiceSpec: () => unknown }).sharedServiceSpec(),
}));
