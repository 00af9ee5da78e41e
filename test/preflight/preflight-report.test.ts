import type { CheckResult } from '../../lib/preflight/check-result';
import { exitCodeFor, preflightJson, showResults } from '../../lib/preflight/preflight-report';
import { startProgress } from '../../lib/preflight/preflight-progress';
import { EXPECTED } from './support/memory-account';

const OK: CheckResult = { check: 'zones', status: 'ok', asked: 'are they?', found: 'they are', remedy: null };
const FAILS: CheckResult = {
  check: 'vpcs',
  status: 'fails',
  asked: 'room?',
  found: '5 of 5 in use',
  remedy: 'delete one',
};
const WARNS: CheckResult = {
  check: 'session preferences',
  status: 'warns',
  asked: 'in force?',
  found: 'they are not',
  remedy: 'put them in force\n  aws ssm …',
};
const UNKNOWN: CheckResult = {
  check: 'platform',
  status: 'unknown',
  asked: 'offered?',
  found: 'AccessDenied',
  remedy: 'allow x:Y',
};

test.each([
  [[OK], 0],
  [[OK, WARNS], 0],
  [[WARNS, UNKNOWN], 3],
  [[OK, UNKNOWN], 3],
  [[OK, FAILS], 1],
  [[UNKNOWN, FAILS, OK], 1],
])('exit code', (results, code) => {
  expect(exitCodeFor(results)).toBe(code);
});

test('for people: what was found, what could not be, and what to do', () => {
  expect(showResults(EXPECTED, [OK, FAILS, UNKNOWN])).toBe(
    [
      'status   check     found',
      '-------  --------  ---------------------',
      'ok       zones     they are',
      'fails    vpcs      5 of 5 in use',
      'unknown  platform  offered? AccessDenied',
      '',
      'To do:',
      '  vpcs: delete one',
      '  platform: allow x:Y',
      '',
      'dev in ap-northeast-1: 1 will fail, 1 of 3 could not be checked',
    ].join('\n'),
  );
});

test('for people: the same remedy is given once', () => {
  const text = showResults(EXPECTED, [UNKNOWN, { ...UNKNOWN, check: 'toolkit' }]);
  expect(text).toContain('\n  platform, toolkit: allow x:Y\n');
  expect(text.split('allow x:Y')).toHaveLength(2);
});

test('for people: commands are lines of their own, below what they are for', () => {
  expect(showResults(EXPECTED, [OK, WARNS])).toContain(
    '\nTo do:\n  session preferences: put them in force\n      aws ssm …\n\n',
  );
});

test.each([
  [[OK], 'dev in ap-northeast-1: nothing stands in the way of a deployment'],
  [[OK, UNKNOWN], 'dev in ap-northeast-1: 1 of 2 could not be checked'],
  [[OK, WARNS], 'dev in ap-northeast-1: nothing stands in the way of a deployment, 1 to be seen to'],
  [[WARNS, FAILS], 'dev in ap-northeast-1: 1 will fail, 1 to be seen to'],
  [[FAILS], 'dev in ap-northeast-1: 1 will fail'],
])('for people: the last line', (results, line) => {
  expect(showResults(EXPECTED, results).split('\n').at(-1)).toBe(line);
});

test('for programs', () => {
  expect(preflightJson(EXPECTED, [OK, FAILS])).toEqual({
    environment: 'dev',
    region: 'ap-northeast-1',
    ok: 1,
    warns: 0,
    fails: 1,
    unknown: 0,
    results: [OK, FAILS],
  });
});

test('progress is for terminals only', () => {
  const written: string[] = [];
  const write = (text: string): number => written.push(text);
  const quiet = startProgress({ write });
  quiet.show(1, 2);
  quiet.end();
  expect(written).toEqual([]);
  const seen = startProgress({ isTTY: true, write });
  seen.show(1, 2);
  seen.end();
  expect(written).toEqual(['Asking AWS…', 'Asking AWS… 1 of 2 answered', ''].map((text) => `\r\u001b[2K${text}`));
});
