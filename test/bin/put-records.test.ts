import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startFirehose, type FirehoseServer, type FirehoseServerOptions } from '../stream/support/firehose-server';

const ROOT = join(__dirname, '..', '..');
/** Nothing of the machine's own AWS configuration, and no waiting for an instance's metadata. */
const BARE = {
  PATH: process.env.PATH,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const SIGNED_IN = { ...BARE, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'ap-northeast-1' };

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', 'bin/put-records.ts', ...args], { cwd: ROOT, env });
}

async function end(command: ChildProcessWithoutNullStreams): Promise<Ended> {
  const closed = once(command, 'close');
  const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr)]);
  await closed;
  return { exitCode: command.exitCode, stdout, stderr };
}

async function run(
  args: readonly string[],
  { input = '', env = SIGNED_IN }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const command = start(args, env);
  // A command that does not read its input closes it.
  command.stdin.on('error', () => undefined);
  command.stdin.end(input);
  return end(command);
}

describe('put-records', () => {
  let folder = '';
  let file = '';
  let server: FirehoseServer | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'put-records-'));
    file = join(folder, 'events.ndjson');
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    rmSync(folder, { recursive: true });
  });

  async function to(options: FirehoseServerOptions = {}): Promise<string[]> {
    server = await startFirehose(options);
    return ['--stream', 'events', '--endpoint-url', server.url];
  }

  test('--help says what it does and what the exit codes mean', async () => {
    const { exitCode, stdout, stderr } = await run(['--help'], { env: BARE });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('--from-line <n>');
    expect(stdout).toContain('Exit codes: 0 every line was accepted; 1 some were not; 2 wrong usage; 130');
  });

  test.each([
    [[], 'required option "--stream <name>" not specified'],
    [['--stream', 'a b'], '--stream a b is not the name of a delivery stream'],
    [['--stream', 'events', '--from-line', '0'], '--from-line 0 is not a whole number from 1'],
    [['--stream', 'events', '--wait'], 'unknown option "--wait"; use one of: --stream, '],
  ])('wrong usage: %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`put-records: ${message}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('exit code 0 if every line of standard input was accepted', async () => {
    const accepted: string[] = [];
    const args = await to({ onAccepted: (records) => accepted.push(...records.map(String)) });
    const { exitCode, stdout, stderr } = await run([...args, '--json'], { input: '{"a":1}\n\n{"a":2}' });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(accepted).toEqual(['{"a":1}', '{"a":2}']);
    expect(JSON.parse(stdout)).toEqual({
      stream: 'events',
      lines: 3,
      blank: 1,
      accepted: 2,
      resent: 0,
      dead: 0,
      requests: 1,
      bytes: 14,
      seconds: expect.any(Number) as unknown,
      deadLetter: null,
      resumeLine: null,
    });
  });

  test('exit code 1 and a dead-letter file beside the input if a line was not', async () => {
    writeFileSync(file, '{"a":1}\nnope\n');
    const { exitCode, stdout, stderr } = await run([...(await to()), '--file', file]);
    const deadLetter = `${file}.dead-letter.ndjson`;
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toContain('accepted  1\n');
    expect(stdout).toContain(`dead      1 (in ${deadLetter})\n`);
    expect(JSON.parse(readFileSync(deadLetter, 'utf8'))).toMatchObject({ line: 2, record: 'nope' });
  });

  test('access denied names what to allow, and from where to resume', async () => {
    writeFileSync(file, '{"a":1}\n');
    const args = await to({ fault: () => ({ kind: 'error', status: 400, type: 'AccessDeniedException' }) });
    const { exitCode, stderr } = await run([...args, '--file', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/resume with --from-line 1 /);
    expect(stderr).toMatch(/allow firehose:PutRecord and firehose:PutRecordBatch on arn:aws:firehose:ap-northeast-1:/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  test('a dead endpoint: the reason, where to resume, and nothing dead', async () => {
    writeFileSync(file, '1\n2\n3\n');
    const url = 'http://127.0.0.1:9';
    const { exitCode, stdout, stderr } = await run([
      '--stream',
      'events',
      '--endpoint-url',
      url,
      '--file',
      file,
      '--max-attempts',
      '3',
      '--json',
    ]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 0, dead: 0, resumeLine: 1, requests: 3 });
    expect(stderr).toMatch(/resume with --from-line 1 /);
    expect(stderr).toMatch(/^--stream: "events" accepts nothing \(ECONNREFUSED/m);
    expect(existsSync(`${file}.dead-letter.ndjson`)).toBe(false);
  });

  test('an answer in HTML is one sentence', async () => {
    writeFileSync(file, '1\n');
    const args = await to({ fault: () => ({ kind: 'answer', status: 200, body: '<html>Sign in</html>' }) });
    const { exitCode, stderr } = await run([...args, '--file', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^--endpoint-url: .* does not answer as Firehose does \(HTTP 200, and the answer is not Firehose's\);/m,
    );
    expect(stderr).not.toMatch(/SyntaxError|Unexpected token|\$response/);
  });

  test.each([
    ['region', { ...SIGNED_IN, AWS_REGION: undefined }, /^--region: is missing; give it, or set AWS_REGION/],
    ['credentials', { ...BARE, AWS_REGION: 'ap-northeast-1' }, /^credentials: are missing or no longer valid/],
  ])('missing %s', async (_, env, message) => {
    const { exitCode, stderr } = await run(['--stream', 'events', '--dead-letter', join(folder, 'dead')], { env });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each([
    ['--file', 'cannot be read (ENOENT); name a file that exists'],
    ['--dead-letter', 'cannot be written (ENOENT); name a file in a folder that exists'],
  ])('%s in a folder that does not exist', async (option, message) => {
    const { exitCode, stderr } = await run([...(await to()), option, join(folder, 'none', 'events.ndjson')]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('Ctrl-C waits for what is in flight, and says from where to resume', async () => {
    let accepted = 0;
    const args = await to({
      onAccepted: (records) => {
        accepted += records.length;
        if (accepted === 1000) command.kill('SIGINT');
      },
    });
    const command = start([...args, '--json', '--dead-letter', join(folder, 'dead')], SIGNED_IN);
    // Its end stays open: there may always be more to come.
    command.stdin.write('{"a":1}\n'.repeat(1200));
    const { exitCode, stdout, stderr } = await end(command);
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1000, dead: 0, resumeLine: 1001 });
    expect(stderr).toContain('resume with --from-line 1001 ');
  });
});
