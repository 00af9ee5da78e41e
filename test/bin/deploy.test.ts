import { main } from '../../bin/deploy';
import { environments } from '../../lib/environments';
import { AskError } from '../../lib/preflight/ask-error';
import type { AwsAccount } from '../../lib/preflight/aws-account';
import type { SdkAccountOptions } from '../../lib/preflight/sdk-account';
import { READY } from '../preflight/support/aws-replies';
import { startAws } from '../preflight/support/aws-server';
import { readyAccount } from '../preflight/support/memory-account';
import { call } from '../support/call';
import { run, runTs, type Finished } from '../support/run';

/** Nothing of the machine's own AWS configuration; `run` takes its AWS_ variables away. */
const SIGNED_OUT = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const [DEV, PROD] = environments.map(({ name }) => name) as [string, string];

interface Deployed extends Finished {
  /** What `cdk` was called with. */
  readonly cdk: readonly (readonly string[])[];
  readonly opened: readonly SdkAccountOptions[];
}

/** The command in this process, against an account in memory, with a CDK that answers 7. */
async function deploy(args: string[], changes: Partial<AwsAccount> = {}): Promise<Deployed> {
  const cdk: (readonly string[])[] = [];
  const opened: SdkAccountOptions[] = [];
  const finished = await call(
    'deploy',
    (given) =>
      main(
        given,
        (options) => {
          opened.push(options);
          return readyAccount(changes);
        },
        (passed) => {
          cdk.push(passed);
          return Promise.resolve(7);
        },
      ),
    args,
  );
  return { ...finished, cdk, opened };
}

test('an account that is ready: the CDK gets the arguments as they are, and its exit code is ours', async () => {
  const args = [`${DEV}-Network`, '--require-approval', 'never', '--exclusively', '-c', `environments=${DEV}`];
  const { code, stdout, stderr, cdk } = await deploy(args);
  expect(cdk).toEqual([['deploy', '--no-lookups', '--strict', ...args]]);
  expect([code, stdout]).toEqual([7, '']);
  expect(stderr).toMatch(/: nothing stands in the way of a deployment\n\n$/);
});

test('something would fail: nothing is deployed, and what to do is said', async () => {
  const { code, stdout, stderr, cdk } = await deploy([`${DEV}-Network`], { zones: () => Promise.resolve([]) });
  expect([code, stdout, cdk]).toEqual([1, '', []]);
  expect(stderr).toContain('zones: choose others under availabilityZones');
  expect(stderr).toMatch(/\nNothing was deployed\. --no-preflight deploys all the same\.\n$/);
});

test('what does not concern the stack is not in its way', async () => {
  const zones = jest.fn(() => Promise.resolve([]));
  const { code, cdk } = await deploy([`${DEV}-Stream`], { zones });
  expect([code, cdk.length]).toEqual([7, 1]);
  expect(zones).not.toHaveBeenCalled();
});

test('what a stack depends on is asked for, unless it is deployed alone', async () => {
  const changes = { zones: () => Promise.resolve([]) };
  const solutionStacks = (): Promise<string[]> => Promise.resolve(['64bit Amazon Linux 2 v3.8.4 running PHP 8.0']);
  expect(await deploy([`${DEV}-Web`], { ...changes, solutionStacks })).toMatchObject({ code: 1, cdk: [] });
  expect(await deploy([`${DEV}-Web`, '-e'], { ...changes, solutionStacks })).toMatchObject({ code: 7 });
});

test('several environments are all asked before anything is deployed', async () => {
  const stack: AwsAccount['stack'] = (name) =>
    Promise.resolve({
      status: name === `${PROD}-Stream` ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE',
      isProtected: true,
      outputs: { BootstrapVersion: '28' },
    });
  const { code, stderr, cdk } = await deploy(['*-Stream'], { stack });
  expect([code, cdk]).toEqual([1, []]);
  expect(stderr).toContain(`${DEV} in `);
  expect(stderr).toContain(`--no-enable-termination-protection --stack-name ${PROD}-Stream`);
});

test('--all, and only some environments', async () => {
  const { opened, stderr } = await deploy(['--all', '-c', `environments=${DEV}`]);
  expect(opened).toHaveLength(1);
  expect(stderr).not.toContain(`${PROD}-`);
});

test('the defaults that cannot work unchanged are named, each with what to do', async () => {
  const { code, stderr, cdk } = await deploy([`${PROD}-Web`], { parameter: () => Promise.resolve(undefined) });
  expect([code, cdk]).toEqual([1, []]);
  expect(stderr).toMatch(/^ {2}platform: choose another platform under web /m);
  expect(stderr).toMatch(/^ {2}certificate: aws ssm put-parameter .* --name \/prod\/web\/certificate-arn /m);
  expect(stderr).toMatch(/^ {2}host names: prod\.web\.hostNames\[0\]: "www\.example\.com" /m);
});

test('what may not be asked keeps nothing back, and is said', async () => {
  const quota = (): Promise<never> => Promise.reject(new AskError('denied', 'servicequotas:GetServiceQuota', 'denied'));
  const { code, stderr } = await deploy([`${DEV}-Network`], { quota });
  expect(code).toBe(7);
  expect(stderr).toContain('allow servicequotas:GetServiceQuota, or look yourself');
});

test('--no-preflight asks nothing, and the CDK does not see it', async () => {
  const { code, stderr, cdk, opened } = await deploy(['--no-preflight', `${DEV}-Network`, '--ci']);
  expect({ code, stderr, cdk, opened }).toEqual({
    code: 7,
    stderr: '',
    cdk: [['deploy', '--no-lookups', '--strict', `${DEV}-Network`, '--ci']],
    opened: [],
  });
});

test('--profile is the profile that is asked with', async () => {
  const { opened } = await deploy([`${DEV}-Stream`, '--profile', 'hanako']);
  expect(opened).toMatchObject([{ profile: 'hanako' }]);
});

test.each([
  [[`${DEV}-Web`, '--exclusivly', '--no-preflight'], 2, 'unknown option "--exclusivly"; did you mean "exclusively"?'],
  [[`${DEV}-Netwrk`], 1, `did you mean "${DEV}-Network"?`],
  [['staging-*', '--no-preflight'], 1, 'matches no stack'],
  [[`${DEV}-Network`, '-c', 'environments=atlantis'], 1, 'is not an environment'],
  [[], 2, '(see deploy --help)'],
  [['--ci'], 2, 'say which stacks, or --all'],
])('%j: exit code %p, and the CDK is not called', async (args, code, message) => {
  const finished = await deploy(args);
  expect(finished).toMatchObject({ code, stdout: '', cdk: [], opened: [] });
  expect(finished.stderr).toContain(message);
});

test('--help asks and deploys nothing', async () => {
  const { code, stdout, cdk, opened } = await deploy([`${DEV}-Web`, '--help']);
  expect([code, cdk, opened]).toEqual([0, [], []]);
  expect(stdout).toContain('--no-preflight');
});

describe('as a process', () => {
  test('without credentials: exit code 3, and what is missing', async () => {
    const { code, stdout, stderr } = await runTs('bin/deploy.ts', [`${DEV}-Stream`], { env: SIGNED_OUT });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('sign in (aws sso login), or set AWS_PROFILE');
    expect(stderr).toContain('Nothing was deployed.');
  }, 60_000);

  test('an account that is ready: the CDK itself is run, from the package’s script', async () => {
    const aws = await startAws((request) => READY[request.operation]?.(request));
    const env = { ...SIGNED_OUT, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: aws.url };
    const script = ['run', '-s', 'deploy', '--', `${DEV}-Stream`, '--app', '/nowhere/cdk.out', '--no-notices'];
    const { code, stderr } = await run('npm', script, { env });
    await aws.close();
    expect(stderr).toContain('nothing stands in the way of a deployment');
    // In the CDK's own words.
    expect(stderr).toContain('/nowhere/cdk.out');
    expect(code).not.toBe(0);
  }, 60_000);
});
