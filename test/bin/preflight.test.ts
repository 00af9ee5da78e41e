import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { main } from '../../bin/preflight';
import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import type { AwsAccount } from '../../lib/preflight/aws-account';
import { READY } from '../preflight/support/aws-replies';
import { startAws, type AwsServer } from '../preflight/support/aws-server';
import { readyAccount } from '../preflight/support/memory-account';
import { call } from '../support/call';
import { runTs, type Finished } from '../support/run';

const [FIRST] = validateEnvironments(environments) as [Environment];

/** Nothing of the machine's own AWS configuration; `run` takes its AWS_ variables away. */
const BARE = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
const SIGNED_IN = { ...BARE, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

const run = (args: string[], env: Record<string, string>): Promise<Finished> =>
  runTs('bin/preflight.ts', args, { env });

/** The command in this process, against an account in memory. */
async function ask(args: string[], changes: Partial<AwsAccount> = {}): Promise<Finished & { regions: string[] }> {
  const regions: string[] = [];
  const finished = await call(
    'preflight',
    (given) =>
      main(given, ({ region }) => {
        regions.push(region);
        // An account that used the retired platform of this environment before.
        const solutionStacks = () => Promise.resolve(['64bit Amazon Linux 2 v3.8.4 running PHP 8.0']);
        return readyAccount({ solutionStacks, ...changes });
      }),
    args,
  );
  return { ...finished, regions };
}

describe('against an account in memory', () => {
  test('an account that is ready: exit code 0, in the environment’s region', async () => {
    const { code, stdout, stderr, regions } = await ask([FIRST.name]);
    expect([code, stderr, regions]).toEqual([0, '', [FIRST.region]]);
    expect(stdout).toContain(`\n${FIRST.name} in ${FIRST.region}: nothing stands in the way of a deployment\n`);
    expect(stdout).not.toContain('To do');
  });

  test('something will fail: exit code 1, and what to do', async () => {
    const { code, stdout, stderr } = await ask([FIRST.name], { zones: () => Promise.resolve([]) });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^fails +zones /m);
    expect(stdout).toContain(`\n  zones: choose others under availabilityZones in lib/environments/${FIRST.name}.ts`);
  });

  test('--json', async () => {
    const { code, stdout } = await ask(['--json', FIRST.name]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { ok: number; results: Record<string, unknown>[] };
    expect(report).toMatchObject({ environment: FIRST.name, region: FIRST.region, fails: 0, unknown: 0 });
    expect(report.results).toHaveLength(report.ok);
    expect(Object.keys(report.results[0] ?? {}).sort()).toEqual(['asked', 'check', 'found', 'remedy', 'status']);
  });

  test('--help asks nothing', async () => {
    const { code, stdout, stderr, regions } = await ask(['--help']);
    expect([code, stderr, regions]).toEqual([0, '', []]);
    expect(stdout).toContain('preflight [options] <environment>');
    expect(stdout).toContain('Exit codes: 0 nothing stands in the way; 1 something will fail, or bad input');
  });

  test('an environment that there is not', async () => {
    const known = environments.map(({ name }) => name).join(', ');
    expect(await ask(['atlantis'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `environment: "atlantis" is not an environment; use one of: ${known}\n`,
      regions: [],
    });
  });

  test.each([[[]], [['dev', 'prod']], [[environments.map(({ name }) => name).join(',')]], [[FIRST.name, '--jsn']]])(
    'wrong usage: %j',
    async (args) => {
      const { code, stdout, stderr, regions } = await ask(args);
      expect([code, stdout, regions]).toEqual([2, '', []]);
      expect(stderr).toMatch(/^preflight: [^\n]+ \(see preflight --help\)\n$/);
    },
  );
});

describe('as a process', () => {
  let server: AwsServer;
  let silent: AwsServer;
  let ready: Finished;
  let bare: Finished;
  let unreachable: Finished;
  let seconds: number;

  beforeAll(async () => {
    server = await startAws((request) => READY[request.operation]?.(request));
    silent = await startAws(() => undefined);
    const closed = await closedUrl();
    const started = performance.now();
    const bareRun = run([FIRST.name], { ...BARE, AWS_EC2_METADATA_SERVICE_ENDPOINT: silent.url });
    void bareRun.then(() => {
      seconds = (performance.now() - started) / 1000;
    });
    [ready, bare, unreachable] = await Promise.all([
      run([FIRST.name, '--json'], { ...SIGNED_IN, AWS_ENDPOINT_URL: server.url }),
      bareRun,
      run([FIRST.name], { ...SIGNED_IN, AWS_ENDPOINT_URL: closed }),
    ]);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([server.close(), silent.close()]);
  });

  test('asks AWS, and only reads', () => {
    expect(ready).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ready.stdout)).toMatchObject({ fails: 0, unknown: 0 });
    const operations = new Set(server.seen.map(({ operation }) => operation));
    expect([...operations].filter((operation) => !/^(Get|Describe|List)[A-Z]/.test(operation))).toEqual([]);
    expect(operations).toContain('DescribeVpcs');
  });

  test('without credentials: exit code 3, what could not be checked, and how to give them', () => {
    expect(bare).toMatchObject({ code: 3, stderr: '' });
    expect(bare.stdout).toMatch(/^unknown +account +are there credentials\? CredentialsProviderError: /m);
    expect(bare.stdout).toMatch(/^unknown +zones +are .* not asked: no valid credentials$/m);
    expect(bare.stdout).toContain('sign in (aws sso login), or set AWS_PROFILE');
    expect(bare.stdout).toMatch(/: 8 of 9 could not be checked\n$/);
  });

  test('without a network: exit code 3', () => {
    expect(unreachable).toMatchObject({ code: 3, stderr: '' });
    expect(unreachable.stdout).toMatch(/^unknown +account +are there credentials\? ECONNREFUSED/m);
    expect(unreachable.stdout).toContain('look whether this machine reaches AWS');
  });

  test("an instance's metadata that never answers are not waited for", () => {
    expect(silent.seen).not.toEqual([]);
    // Without a limit it would be minutes. Generous, because tests run beside others.
    expect(seconds).toBeLessThan(20);
  });
});

/** Where nobody listens any more. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://127.0.0.1:${port}`;
}
