import type { Finding } from '../../lib/preflight/finding';
import { exitCodeFor, preflightJson, showFindings } from '../../lib/preflight/preflight-report';
import { startProgress } from '../../lib/preflight/preflight-progress';
import { EXPECTED } from './support/memory-account';

const OK: Finding = { check: 'zones', status: 'ok', asked: 'are they?', found: 'they are', remedy: null };
const FAILS: Finding = { check: 'vpcs', status: 'fails', asked: 'room?', found: '5 of 5 in use', remedy: 'delete one' };
const UNKNOWN: Finding = {
  check: 'platform',
  status: 'unknown',
  asked: 'offered?',
  found: 'AccessDenied',
  remedy: 'allow x:Y',
};

test.each([
  [[OK], 0],
  [[OK, UNKNOWN], 3],
  [[OK, FAILS], 1],
  [[UNKNOWN, FAILS, OK], 1],
])('exit code', (findings, code) => {
  expect(exitCodeFor(findings)).toBe(code);
});

test('for people: what was found, what could not be, and what to do', () => {
  expect(showFindings(EXPECTED, [OK, FAILS, UNKNOWN])).toBe(
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
  const text = showFindings(EXPECTED, [UNKNOWN, { ...UNKNOWN, check: 'toolkit' }]);
  expect(text).toContain('\n  platform, toolkit: allow x:Y\n');
  expect(text.split('allow x:Y')).toHaveLength(2);
});

test.each([
  [[OK], 'dev in ap-northeast-1: nothing stands in the way of a deployment'],
  [[OK, UNKNOWN], 'dev in ap-northeast-1: 1 of 2 could not be checked'],
  [[FAILS], 'dev in ap-northeast-1: 1 will fail'],
])('for people: the last line', (findings, line) => {
  expect(showFindings(EXPECTED, findings).split('\n').at(-1)).toBe(line);
});

test('for programs', () => {
  expect(preflightJson(EXPECTED, [OK, FAILS])).toEqual({
    environment: 'dev',
    region: 'ap-northeast-1',
    ok: 1,
    fails: 1,
    unknown: 0,
    findings: [OK, FAILS],
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
