import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportSpec, synthesizeSpec, type BuildSpecification } from '../../lib/review/build-specs';
import { run, type Finished } from '../support/run';

/** Programs that write down how they were called, and end as the test says: by the first word that fits. */
const STUB = `#!/bin/bash
line="$(basename "$0") $*"
echo "$line" >> "$CALLS"
case "$line" in *synth*) echo "$line: \${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI-none} \${AWS_REGION-none}" >> "$SEEN";; esac
for rule in $FAIL; do
  case "$line" in *"\${rule%=*}"*) echo "$line says no" >&2; exit "\${rule#*=}";; esac
done
exit 0
`;

const VARIABLES = {
  BUCKET: 'bucket',
  ARTIFACTS: 'assemblies/run',
  SOURCE_COMMIT: 'a'.repeat(40),
  DESTINATION_COMMIT: 'b'.repeat(40),
  PULL_REQUEST_ID: '7',
  REVISION_ID: 'r1',
  REPOSITORY: 'ishizue',
  REVIEWER_ROLE: 'role',
  FAIL_ON: 'destructive',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/credentials',
  AWS_REGION: 'ap-northeast-1',
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  mkdirSync(join(folder, 'tmp'));
  for (const program of ['npm', 'aws', 'git']) {
    writeFileSync(join(folder, program), STUB);
    chmodSync(join(folder, program), 0o755);
  }
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ran extends Finished {
  readonly calls: string[];
}

/** Runs a build as CodeBuild would, but for the programs it calls. */
async function build(spec: BuildSpecification, fail: readonly string[], variables = {}): Promise<Ran> {
  const [command = '', ...more] = spec.phases.build.commands;
  expect(more).toEqual([]);
  const env = {
    ...VARIABLES,
    ...variables,
    PATH: `${folder}:${process.env.PATH ?? ''}`,
    CALLS: join(folder, 'calls'),
    SEEN: join(folder, 'seen'),
    FAIL: fail.join(' '),
    TMPDIR: join(folder, 'tmp'),
  };
  const finished = await run('bash', ['-c', command], { cwd: folder, env });
  const calls = existsSync(env.CALLS) ? readFileSync(env.CALLS, 'utf8').trim().split('\n') : [];
  return { ...finished, calls: calls.map((call) => call.replaceAll(/\S*\/tmp\/tmp\.\w+/g, 'WORK')) };
}

const PUT = 'aws s3api put-object --bucket bucket --key assemblies/run';

describe('Synthesize', () => {
  test('merges, installs without scripts, synthesizes without credentials, and makes one object', async () => {
    const { code, calls } = await build(synthesizeSpec(), []);
    expect(code).toBe(0);
    expect(calls).toEqual([
      `git -c user.name=review -c user.email=review@example.invalid merge --no-edit ${'b'.repeat(40)}`,
      'npm ci --ignore-scripts --no-audit --no-fund',
      'npm run -s synth -- --no-notices --output WORK/head',
      'npm run -s review-assembly -- pack WORK/head WORK/head.json.gz',
      `${PUT}/head.json.gz --body WORK/head.json.gz --if-none-match *`,
    ]);
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toMatch(/: none none\n$/);
  });

  test.each([['merge'], ['npm ci'], ['no-notices'], ['pack']])('fails if %s does, and says why', async (step) => {
    const { code, calls, stdout } = await build(synthesizeSpec(), [`${step.replace('npm ', '')}=9`]);
    expect(code).toBe(9);
    expect(stdout).toContain('says no');
    expect(calls.at(-1)).toBe(`${PUT}/synthesis.log --body WORK/synthesis.log --if-none-match *`);
    expect(calls.join('\n')).not.toContain('head.json.gz --body');
  });

  test('fails if there is such an object already: it is not ours', async () => {
    expect((await build(synthesizeSpec(), ['put-object=254'])).code).toBe(254);
  });
});

describe('Report', () => {
  const outcome = ({ calls }: Ran): string =>
    /--synthesis \S+ --exit-code \S+/.exec(calls.find((call) => call.includes('review-comment')) ?? '')?.[0] ?? 'none';
  const report = (fail: readonly string[] = [], SYNTHESIS = 'SUCCEEDED'): Promise<Ran> =>
    build(reportSpec(), fail, { SYNTHESIS });

  test('synthesizes the base itself, and the head comes as data', async () => {
    const ran = await report();
    expect(ran.code).toBe(0);
    expect(ran.calls.slice(0, 5)).toEqual([
      'npm ci --ignore-scripts --no-audit --no-fund',
      'aws s3api get-object --bucket bucket --key assemblies/run/head.json.gz WORK/head.json.gz',
      `npm run -s synth -- --no-notices --output ${'b'.repeat(40)}`,
      `npm run -s review-assembly -- unpack WORK/head.json.gz ${'a'.repeat(40)}`,
      `npm run -s pr-diff -- --base-assembly ${'b'.repeat(40)} --head-assembly ${'a'.repeat(40)} --fail-on destructive --max-length 10000 --output WORK/report.md`,
    ]);
    expect(outcome(ran)).toBe('--synthesis SUCCEEDED --exit-code 0');
    expect(ran.calls.at(-1)).toBe(
      `npm run -s review-comment -- --pull-request 7 --revision r1 --repository ishizue --source-commit ${'a'.repeat(40)} --destination-commit ${'b'.repeat(40)} --role role --synthesis SUCCEEDED --exit-code 0 --report WORK/report.md --log WORK/synthesis.log`,
    );
  });

  test.each([
    ['pr-diff=1', '1'],
    ['pr-diff=3', '3'],
    ['pr-diff=134', '134'],
    ['get-object=255', 'none'],
    ['no-notices=1', 'none'],
    ['unpack=1', 'none'],
  ])('%s is told as exit code %s', async (rule, code) => {
    const ran = await report([rule]);
    expect(ran.code).toBe(0);
    expect(outcome(ran)).toBe(`--synthesis SUCCEEDED --exit-code ${code}`);
  });

  test.each([['FAILED'], [''], ['succeeded']])('compares nothing after a synthesis that is %p', async (synthesis) => {
    const { calls } = await report([], synthesis);
    expect(calls.some((call) => /pr-diff|head\.json/.test(call))).toBe(false);
    expect(calls.at(-1)).toContain('--exit-code none');
    expect(calls[1]).toBe('aws s3api get-object --bucket bucket --key assemblies/run/synthesis.log WORK/synthesis.log');
  });

  test('a log that is not there does not keep it from saying so', async () => {
    const { code, calls } = await report(['get-object=255'], 'FAILED');
    expect(code).toBe(0);
    expect(calls.at(-1)).toContain('review-comment');
  });

  test.each([['ci'], ['review-comment']])(
    'fails if %s does: the state machine tries again, then an alarm',
    async (step) => {
      expect((await report([`${step}=1`])).code).toBe(1);
    },
  );
});
