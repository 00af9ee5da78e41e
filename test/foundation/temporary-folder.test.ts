import { tmpdir } from 'node:os';
import { App } from 'aws-cdk-lib/core';
import { run } from '../support/run';

// test/support/remove-temporary-folder.ts takes all of it away, and fails if something stays.
const OF_THIS_RUN = /\/ishizue-tests-\w{6}(\/|\s|$)/;

test('whatever a test leaves in the temporary directory goes at the end of the run', async () => {
  expect(tmpdir()).toMatch(OF_THIS_RUN);
  expect(new App().outdir).toMatch(OF_THIS_RUN);
  const { stdout } = await run(process.execPath, ['-p', 'os.tmpdir()']);
  expect(stdout).toMatch(OF_THIS_RUN);
});
