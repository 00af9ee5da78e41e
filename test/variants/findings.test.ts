import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from '../support/run';
import { judge, showFinding, tableOf, type Finding } from './findings';
import { ignoredRules } from './ignored-rules';

const FINDING: Finding = {
  gate: 'cfn-lint',
  rule: 'W3005',
  message: 'already\n enforced',
  place: 'Resources/Some',
  stackName: 'dev-Web',
  variants: ['dev', 'batch', 'graviton'],
};
const IGNORED = { rule: 'W3005', reason: 'The CDK writes both where one depends on another' };

test('an ignored rule of cfn-lint is let pass, and of no other gate', () => {
  expect(judge([FINDING], [IGNORED], true)).toEqual({ left: [], faults: [] });
  const other: Finding = { ...FINDING, gate: 'template rules' };
  expect(judge([FINDING, other, { ...FINDING, rule: 'W3010' }], [IGNORED], true).left).toEqual([
    other,
    { ...FINDING, rule: 'W3010' },
  ]);
});

test('a rule that is ignored for nothing, or without a reason, is a fault', () => {
  expect(judge([], [IGNORED], true).faults).toEqual(['.cfnlintrc.yaml: no template breaks W3005; remove it']);
  // What the variants that were left out break is not known.
  expect(judge([], [IGNORED], false).faults).toEqual([]);
  expect(judge([FINDING], [{ ...IGNORED, reason: 'not needed' }], true).faults).toEqual([
    '.cfnlintrc.yaml: W3005 has no reason above it; write one, or remove it',
  ]);
});

test('reasons are the comments above the rules', () => {
  expect(ignoredRules('ignore_checks:\n  # One,\n  # in two lines.\n  - W1\n  - W2\n  # Three.\n  - W3\n')).toEqual([
    { rule: 'W1', reason: 'One, in two lines.' },
    { rule: 'W2', reason: '' },
    { rule: 'W3', reason: 'Three.' },
  ]);
  const ours = ignoredRules(readFileSync(join(ROOT, '.cfnlintrc.yaml'), 'utf8'));
  expect(ours.length).toBeGreaterThan(0);
  for (const { reason } of ours) expect(reason.split(' ').length).toBeGreaterThan(5);
});

test('what is printed', () => {
  expect(showFinding(FINDING)).toBe('dev-Web of dev and 2 more: Resources/Some: cfn-lint W3005: already enforced');
  expect(tableOf([{ name: 'dev' }, { name: 'prod' }], [{ variant: 'dev' }, { variant: 'prod' }], [FINDING])).toBe(
    [
      'variant  templates  cfn-lint  template rules  cdk-nag',
      '-------  ---------  --------  --------------  -------',
      'dev              1         1               0        0',
      'prod             1         0               0        0',
    ].join('\n'),
  );
});

describe('the command', () => {
  const call = (args: string[], env: Record<string, string> = {}): ReturnType<typeof run> =>
    run(process.execPath, ['--import', 'tsx', 'test/variants/check-templates.ts', ...args], { env });

  test('without Python it says how to install it, and is no pass', async () => {
    // A folder with what the script itself runs, and nothing else.
    const bin = mkdtempSync(join(tmpdir(), 'ishizue-'));
    for (const tool of ['bash', 'dirname', 'env']) {
      const { stdout } = spawnSync('/bin/sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' });
      symlinkSync(stdout.trim(), join(bin, tool));
    }
    const missing = await call(['dev'], { PATH: bin, CI: '' });
    rmSync(bin, { recursive: true, force: true });
    expect(missing).toMatchObject({ code: 3, stdout: '' });
    expect(missing.stderr).toMatch(/^check:templates: there is no Python 3\.11 .*; install it/);
  }, 60_000);

  test('a variant that is not there is wrong usage', async () => {
    expect(await call(['atlantis'])).toMatchObject({
      code: 2,
      stderr: 'check:templates: there is no variant atlantis (see check:templates --help)\n',
    });
  }, 60_000);
});
