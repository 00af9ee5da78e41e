import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ESLint } from 'eslint';
import cdkJson from '../../cdk.json';
import { environments } from '../../lib/environments';
import { validateEnvironments } from '../../lib/environments/validate';
import { warningsOf } from '../../lib/environments/warnings';
import { formatProblem } from '../../lib/foundation/problem';
import { ROOT, run, runCdk, runTs, type Finished } from '../support/run';

const KNOWN = environments.map(({ name }) => name);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the CLI gives an app, without the two seconds that it takes to start. */
function synthesizeFixture(fixture: string, name: string, context = {}, env = {}): Promise<Finished> {
  return runTs(fixture, [], {
    env: {
      CDK_OUTDIR: join(folder, name),
      CDK_APP_MODE: 'process',
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, ...context }),
      ...env,
    },
  });
}

describe('cdk synth', () => {
  let broken: Finished;
  let insecure: Finished;

  beforeAll(async () => {
    const synth = (out: string, ...args: string[]): Promise<Finished> =>
      runCdk(['synth', '--no-lookups', '--strict', '--quiet', '--output', join(folder, out), ...args]);
    const app = (fixture: string): string => `node --import tsx test/gates/fixtures/${fixture}.ts`;
    [broken, insecure] = await Promise.all([
      // A context flag on the command line wins over cdk.json, and must not win over the gate.
      synth('broken', '--app', app('broken-template'), '-c', '@aws-cdk/core:validateAgainstDefaultRules=false'),
      // Neither may --ignore-errors.
      synth('insecure', '--app', app('insecure'), '--ignore-errors'),
    ]);
  }, 120_000);

  test('a template that CloudFormation would refuse fails, even in a stage', () => {
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('Additional properties are not allowed');
    expect(broken.stderr).not.toContain('AwsSolutions');
  });

  test('a resource that cdk-nag refuses fails', () => {
    expect(insecure.code).toBe(1);
    expect(insecure.stderr).toContain('AwsSolutions-S1');
    expect(insecure.stderr).toContain('AwsSolutions-S10');
    expect(insecure.stderr).not.toContain('CloudFormation Validate');
  });
});

describe('the app', () => {
  let mistakes: Finished;
  let unknown: Finished;
  let whole: Finished;
  let ungated: Finished;

  beforeAll(async () => {
    [whole, mistakes, unknown, ungated] = await Promise.all([
      synthesizeFixture('bin/app.ts', 'whole'),
      synthesizeFixture('test/gates/fixtures/ten-mistakes.ts', 'mistakes'),
      synthesizeFixture('bin/app.ts', 'unknown', { environments: 'atlantis' }),
      // What the CLI makes of --no-validation.
      synthesizeFixture('bin/app.ts', 'ungated', {}, { CDK_VALIDATION: 'false' }),
    ]);
  }, 120_000);

  test('every stack of every environment passes every gate', () => {
    const warnings = warningsOf(validateEnvironments(environments)).map(
      (warning) => `warning: ${formatProblem(warning)}\n`,
    );
    // Each once, whatever number of environments it is about.
    expect(whole).toEqual({ code: 0, stdout: '', stderr: warnings.join('') });
    expect(new Set(warnings).size).toBe(warnings.length);
    const written = readdirSync(join(folder, 'whole'));
    expect(written).toEqual(expect.arrayContaining(KNOWN.map((name) => `${name}-Network.template.json`)));
    const report = JSON.parse(readFileSync(join(folder, 'whole/validation-report.json'), 'utf8')) as {
      pluginReports: { violations: unknown[] }[];
    };
    expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test('a bad configuration: every mistake, no stack trace, exit code 1, no assembly', () => {
    expect(mistakes).toMatchObject({ code: 1, stdout: '' });
    // The path first in its line: one can be searched for.
    const lines = mistakes.stderr.split('\n').filter((line) => /^(dev|prod)\.[\w.[\]]+: .+; .+$/.test(line));
    expect(lines).toHaveLength(10);
    expect(mistakes.stderr).toContain('\nlib/environments/dev.ts, network: 7 mistakes\n');
    expect(mistakes.stderr).toMatch(/\n10 mistakes in 2 environments\n\n$/);
    expect(mistakes.stderr).not.toMatch(/^ +at /m);
    expect(existsSync(join(folder, 'mistakes'))).toBe(false);
  });

  test('an unknown environment: exit code 1, no assembly', () => {
    expect(unknown).toEqual({
      code: 1,
      stdout: '',
      stderr: `\n-c environments: "atlantis" is not an environment; use one of: ${KNOWN.join(', ')}\n\n`,
    });
    expect(existsSync(join(folder, 'unknown'))).toBe(false);
  });

  test('template validation cannot be switched off', () => {
    expect(ungated.code).toBe(1);
    expect(ungated.stderr).toContain('CDK_VALIDATION: "false" turns off the template validation');
    expect(existsSync(join(folder, 'ungated'))).toBe(false);
  });
});

test('lint keeps pure modules pure, capabilities apart, and AGPL code in the tests', async () => {
  const code =
    "import { Vpc } from 'aws-cdk-lib/aws-ec2';\n" +
    "import { NetworkStack } from './network-stack';\n" +
    "import { secret } from '../web/insides';\n" +
    "import { runSimulation } from '@cloud-copilot/iam-simulate';\n" +
    'export const all = [Vpc, NetworkStack, secret, runSimulation];\n';
  const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
  const args = [
    eslint,
    '--config',
    'eslint.boundaries.mjs',
    '--stdin',
    '--stdin-filename',
    'lib/network/ipv4.ts',
    '--format',
    'json',
  ];
  const { stdout } = await run(process.execPath, args, { input: code });
  const [report] = JSON.parse(stdout) as ESLint.LintResult[];
  const refused = report?.messages.filter(({ ruleId }) => ruleId?.endsWith('no-restricted-imports'));
  expect(refused?.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
}, 60_000);
