import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/firewall';
import { call } from '../support/call';
import { runTs, type Finished } from '../support/run';

const firewall = (...args: string[]): Promise<Finished> => call('firewall', main, args);

function requestFile(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'firewall-')), 'request.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('explains the rules of an environment, as a process', async () => {
  const { code, stdout, stderr } = await runTs('bin/firewall.ts', ['explain', 'prod']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatchInlineSnapshot(`
"priority  rule               action  WCU  total  what it looks for
--------  -----------------  ------  ---  -----  ----------------------------------------------------------------------------------------
      10  AllowedAddresses   allow     2      2  addresses: none yet
      20  BlockedAddresses   block     2      4  addresses: none yet
      30  RateLimit          block     2      6  over 2,000 requests in 300 s from one address
      40  SizeLimits         block     4     10  larger than uri 512, query 1,024, body 4,096, cookie 4,093 bytes
      50  AdminPaths         block    25     35  /admin /wp-admin, but from nowhere
      60  IncludedFiles      block    25     60  /includes *.bak *.backup *.cfg *.conf *.config *.inc *.ini *.log *.sql, but from nowhere
      70  CrossSiteRequests  block     8     68  sent by another site, to change something
      80  Reputation         block    25     93  AWSManagedRulesAmazonIpReputationList
      90  KnownBadInputs     block   200    293  AWSManagedRulesKnownBadInputsRuleSet
     100  Common             block   700    993  AWSManagedRulesCommonRuleSet
     110  SqlInjection       block   200  1,193  AWSManagedRulesSQLiRuleSet
     120  Linux              block   200  1,393  AWSManagedRulesLinuxRuleSet
     130  Php                block   100  1,493  AWSManagedRulesPHPRuleSet

Whatever no rule decides is allowed.
Capacity: 1,493 WCU of the 1,500 of the base price (7 left); at most 5,000.
"
`);
}, 60_000);

test('explains them to programs', async () => {
  const { stdout } = await firewall('explain', 'dev', '--json');
  const { rules, wcu } = JSON.parse(stdout) as { rules: object[]; wcu: number };
  expect(rules[2]).toEqual({
    priority: 30,
    wcu: 2,
    runningWcu: 6,
    kind: 'rateLimit',
    name: 'RateLimit',
    action: 'count',
    limit: 2000,
    windowSeconds: 300,
  });
  expect(wcu).toBe(1493);
});

test('says what decides on a request, and why', async () => {
  const file = requestFile({ address: '203.0.113.9', path: '/admin', requestsInWindow: 3 });
  const { code, stdout } = await firewall('explain', 'prod', '--request', file);
  expect(code).toBe(0);
  expect(stdout).toContain(
    '50  AdminPaths         matches         /admin is one of the paths, and 203.0.113.9 is not in addresses: block',
  );
  expect(stdout).toMatch(/\nDecision: block, by AdminPaths\.\n$/);
  const json = await firewall('explain', 'prod', '--request', file, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ action: 'block', decidedBy: 'AdminPaths', unless: [] });
});

test('says what only AWS knows', async () => {
  const { stdout } = await firewall('explain', 'prod', '--request', requestFile({ address: '203.0.113.9' }));
  expect(stdout).toMatch(/100 {2}Common +asks AWS/);
  expect(stdout).toMatch(
    /Decision: allow, because no rule of ours decides, unless decided before by: RateLimit, Reputation,/,
  );
});

test('says which rule of a group refuses an upload', async () => {
  const upload = requestFile({
    address: '198.51.100.7',
    method: 'POST',
    path: '/upload',
    headers: { 'content-type': 'multipart/form-data' },
    sizes: { uri: 7, query: 0, body: 2_000_000, cookie: 10 },
  });
  const { stdout } = await firewall('explain', 'dev', '--request', upload);
  expect(stdout).toMatch(
    /100 {2}Common +matches +body has 2,000,000 bytes, over 8,192 \(SizeRestrictions_BODY\): counted, and goes on/,
  );
  const large = requestFile({ address: '198.51.100.7', sizes: { query: 3000 }, path: '/' });
  const json = await firewall('explain', 'prod', '--request', large, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ action: 'block' });
});

test('says that a header of a proxy has no effect', async () => {
  const file = requestFile({ address: '130.176.0.5', headers: { 'X-Forwarded-For': '203.0.113.9, 130.176.0.5' } });
  const { stdout } = await firewall('explain', 'prod', '--request', file);
  expect(stdout).toMatch(/\nNote: X-Forwarded-For has no effect: rules go by 130\.176\.0\.5, which connects; .*\.\n$/);
});

test('names every mistake in a request', async () => {
  const file = requestFile({ address: '10.0.0.0/8', method: 5, header: {} });
  const { code, stderr } = await firewall('explain', 'prod', '--request', file);
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([
    'request.address: "10.0.0.0/8" is not one IPv4 or IPv6 address; for example "198.51.100.7"',
    'request.method: 5 is not a method; for example "GET"',
    'request.header: is not a setting; did you mean "headers"?',
  ]);
});

test.each<[string, string[], number, RegExp]>([
  ['no command', [], 2, /say what to do: explain/],
  ['an unknown command', ['show'], 2, /unknown command "show"; use one of: explain/],
  ['no environment', ['explain'], 2, /missing required argument "environment"/],
  ['two environments', ['explain', 'dev,prod'], 2, /dev,prod: name one environment/],
  ['an unknown environment', ['explain', 'prd'], 1, /environment: "prd" is not an environment; did you mean "prod"/],
  ['an unknown option', ['explain', 'dev', '--jsn'], 2, /--jsn/],
  ['a file that is not there', ['explain', 'dev', '--request', '/nowhere.json'], 1, /--request: "\/nowhere.json"/],
])('refuses %s', async (_, args, expected, message) => {
  const { code, stdout, stderr } = await firewall(...args);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(message);
});

test('--help says what there is', async () => {
  const { code, stdout } = await firewall('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}explain \[options\] <environment> /m);
  const explain = await firewall('explain', '--help');
  expect(explain.stdout).toContain('--request <file>');
  expect(explain.stdout).toContain('requestsInWindow stands for');
});
