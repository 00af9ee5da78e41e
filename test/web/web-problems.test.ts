import { validateEnvironments } from '../../lib/environments/validate';
import { formatProblem } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';
import { secretWithoutKey } from '../../lib/web/arn-or-parameter';
import { webProblems, type WebSurroundings } from '../../lib/web/web-problems';
import { webSchema } from '../../lib/web/web-settings';
import { webWarnings } from '../../lib/web/web-warnings';

const GOOD = {
  platform: 'php-8.5',
  instances: { least: 1, most: 2 },
  deployment: 'rolling',
  updates: { window: 'Tue:18:00', level: 'minor' },
  logs: { retentionDays: 30 },
};
const AROUND: WebSurroundings = {
  region: 'ap-northeast-1',
  protectData: false,
  zones: 2,
  nat: 'single',
  hasPublicTier: true,
  hasAppTier: true,
  hasFirewall: true,
  hasAccess: true,
};
const CERTIFICATE = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d';
const SECRET = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf';

function messages(change: object, around: Partial<WebSurroundings> = {}): string[] {
  const raw = { ...GOOD, ...change };
  return [...shapeProblems(webSchema, raw, 'dev.web'), ...webProblems(raw, { ...AROUND, ...around }, 'dev')].map(
    formatProblem,
  );
}

test.each<[string, object, Partial<WebSurroundings>]>([
  ['HTTP where data is not protected', {}, {}],
  [
    'HTTPS with a parameter',
    { certificateArn: 'ssm:/prod/web/certificate-arn', hostNames: ['www.example.com'] },
    { protectData: true },
  ],
  ['HTTPS with an ARN', { certificateArn: CERTIFICATE, hostNames: ['*.example.com'] }, {}],
  ['variables that are no secrets', { variables: { SITE_NAME: 'Ishizue', TOKENIZER: 'a', DB_HOST: 'db:3306' } }, {}],
  [
    'references to secrets',
    {
      secrets: {
        DB_PASSWORD: 'ssm:/dev/web/db',
        API_KEY: `${SECRET}:key`,
        OTHER: 'arn:aws:ssm:ap-northeast-1:123456789012:parameter/x',
      },
    },
    {},
  ],
  [
    'surroundings that are malformed, and say so themselves',
    {},
    {
      region: undefined,
      protectData: undefined,
      zones: 0,
      nat: undefined,
      hasPublicTier: undefined,
      hasAppTier: undefined,
    },
  ],
])('accepts %s', (_, change, around) => {
  expect(messages(change, around)).toEqual([]);
});

describe('surroundings', () => {
  test.each<[string, Partial<WebSurroundings>, string]>([
    [
      'no firewall',
      { hasFirewall: false },
      'dev.firewall: is missing, and web needs it: its load balancer serves nothing without a web ACL; add firewall, or remove web',
    ],
    [
      'no access',
      { hasAccess: false },
      'dev.access: is missing, and web needs it: its instances are managed through Session Manager; add access, or remove web',
    ],
    [
      'no public tier',
      { hasPublicTier: false },
      'dev.network.tiers: have none of kind public, where web puts its load balancer; add a tier of kind public, or remove web',
    ],
    [
      'no app tier',
      { hasAppTier: false },
      'dev.network.tiers: have none of kind app, where web puts its instances; add a tier of kind app, or remove web',
    ],
    [
      'no NAT',
      { nat: 'none' },
      'dev.network.nat: "none" leaves the instances of web no way to Elastic Beanstalk and to what the application is built from; choose single, perZone or regional, or remove web',
    ],
    [
      'one zone',
      { zones: 1 },
      'dev.availabilityZones: are 1, and the load balancer of web needs 2; add a zone, or remove web',
    ],
    [
      'no certificate where data is protected',
      { protectData: true },
      "dev.web.certificateArn: is missing: an environment with protectData is not served over HTTP, in the clear; give the ARN of an ACM certificate, or 'ssm:/path' of a parameter that holds it",
    ],
  ])('refuse %s', (_, around, message) => {
    expect(messages({}, around)).toEqual([message]);
  });
});

describe('settings', () => {
  test.each<[string, object, string]>([
    [
      'an unknown platform',
      { platform: 'php-8.1' },
      'dev.web.platform: "php-8.1" is not one of php-8.0, php-8.3, php-8.4, php-8.5, php-8.0-docker; use one of: php-8.0, php-8.3',
    ],
    [
      'bounds the wrong way round',
      { instances: { least: 3, most: 2 } },
      'dev.web.instances.least: 3 is more than instances.most (2); lower it, or raise instances.most',
    ],
    [
      'batches where there are none',
      { deployment: 'immutable', batchPercent: 50 },
      "dev.web.batchPercent: 50 has no meaning in an immutable deployment, which has no batches; remove it, or choose deployment 'rolling'",
    ],
    [
      'a window that is no time',
      { updates: { window: 'Tue:24:00', level: 'minor' } },
      'dev.web.updates.window: "Tue:24:00" is not a day and a time in UTC; for example "Tue:18:00"',
    ],
    [
      'a retention that CloudWatch Logs knows and Beanstalk does not',
      { logs: { retentionDays: 1096 } },
      'dev.web.logs.retentionDays: 1096 is not a retention that Elastic Beanstalk knows',
    ],
    [
      'an instance type that is none',
      { instanceType: 't3' },
      'dev.web.instanceType: "t3" is not an EC2 instance type; for example "t3.small"',
    ],
    [
      'a certificate for nobody',
      { certificateArn: CERTIFICATE },
      "dev.web.hostNames: are missing: there is a certificate, and none is to be had for the name that Elastic Beanstalk gives; list the names that the certificate is for, for example ['www.example.com']",
    ],
    [
      'a certificate of another region',
      { certificateArn: CERTIFICATE.replace('ap-northeast-1', 'us-east-1'), hostNames: ['www.example.com'] },
      'is in us-east-1, and the environment in ap-northeast-1; name one in ap-northeast-1',
    ],
    [
      'a certificate that is none',
      { certificateArn: SECRET, hostNames: ['www.example.com'] },
      "is not a reference to an ACM certificate; give its ARN (arn:aws:acm:…:certificate/…), or 'ssm:/path' of a parameter that holds it",
    ],
    [
      'a host name that is an address',
      { hostNames: ['https://www.example.com'] },
      'dev.web.hostNames[0]: "https://www.example.com" is not a host name in lower case; for example "www.example.com"',
    ],
    [
      'five host names',
      { hostNames: ['a.jp', 'b.jp', 'c.jp', 'd.jp', 'e.jp'] },
      'dev.web.hostNames: ["a.jp","b.jp","c.jp","d.jp","e.jp"] is not a list of at most 4 host names, each once',
    ],
    [
      'a key of another region',
      { secretKeys: ['arn:aws:kms:us-east-1:123456789012:key/0a1b'] },
      'dev.web.secretKeys[0]: "arn:aws:kms:us-east-1:123456789012:key/0a1b" is in us-east-1, and the environment in ap-northeast-1',
    ],
    [
      'a variable that is a number',
      { variables: { PORT: 80 } },
      'dev.web.variables.PORT: 80 is not a text, in quotes; for example "text"',
    ],
  ])('refuse %s', (_, change, message) => {
    expect(messages(change)).toEqual([expect.stringContaining(message)]);
  });
});

describe('variables', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a name with a hyphen', { 'SITE-NAME': 'a' }, 'is not a name for a variable'],
    ['a name in lower case', { site: 'a' }, 'is not a name for a variable'],
    ['what the stack sets', { DELIVERY_STREAM: 'a' }, 'is set by the stack itself'],
    ['what the stack sets', { AWS_REGION: 'a' }, 'is set by the stack itself'],
    ['credentials', { AWS_SECRET_ACCESS_KEY: 'a' }, 'would take the place of the credentials of the instance role'],
    ['what programs are started by', { LD_PRELOAD: 'a' }, 'changes how every program on an instance runs'],
    ['nothing', { EMPTY: '' }, 'is empty, and Elastic Beanstalk would drop it'],
    ['a long value', { LONG: 'x'.repeat(257) }, 'has 257 characters, and Elastic Beanstalk takes 256'],
    ['a password', { DB_PASSWORD: 'hunter2' }, 'looks like a secret'],
    ['a token', { SLACK_TOKEN: 'xoxb' }, 'looks like a secret'],
    ['an API key', { MAPS_API_KEY: 'abc' }, 'looks like a secret'],
    ['an access key', { UPLOADER: 'AKIAIOSFODNN7EXAMPLE' }, 'looks like a secret'],
    ['a password by another name', { DB_PASS: 'hunter2' }, 'looks like a secret'],
    ['a password without an underscore', { DBPASSWORD: 'hunter2' }, 'looks like a secret'],
    ['credentials of Composer', { COMPOSER_AUTH: '{"http-basic":{}}' }, 'looks like a secret'],
    ['a token of GitHub', { GITHUB: 'ghp_0123456789abcdef' }, 'looks like a secret'],
    ['a key of Stripe', { PAYMENTS: 'sk_live_0123456789' }, 'looks like a secret'],
    [
      'a secret that CloudFormation would resolve',
      { DB: '{{resolve:secretsmanager:prod/db}}' },
      'would be resolved by',
    ],
    ['a line break', { MOTD: 'hello\nworld' }, 'has a line break or another control character'],
    ['what the CDK would take for a token', { ODD: 'a${Token[X.1]}' }, 'has a line break or another control character'],
    ['a password in an address', { DATABASE_URL: 'mysql://app:hunter2@db/site' }, 'looks like a secret'],
  ])('refuse %s', (_, variables, reason) => {
    const [only, ...others] = messages({ variables });
    expect(others).toEqual([]);
    expect(only).toContain(`dev.web.variables.${Object.keys(variables).join()}: ${reason}`);
    // A message is read aloud in logs: it does not repeat what may be a secret.
    for (const value of Object.values(variables)) if (value.length > 3) expect(only).not.toContain(value);
  });

  /** Every alternative of every pattern, and what only resembles it. */
  test.each([
    ...['PATH', 'HOME', 'LD_PRELOAD', 'LD_LIBRARY_PATH'].map((name) => [name, 'changes how every program'] as const),
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map(
      (name) => [name, 'would take the place of the credentials'] as const,
    ),
    ...[
      ...['PASSWORD', 'DB_PASSWORD', 'PASSWORD_HASH', 'PASSWD', 'PASSPHRASE', 'SECRET', 'TOKEN', 'CREDENTIAL'],
      ...['CREDENTIALS', 'PASS', 'DB_PASS', 'PASS_1', 'PWD', 'AUTH', 'APIKEY', 'API_KEY', 'PRIVATEKEY', 'PRIVATE_KEY'],
      ...['ACCESSKEY', 'ACCESS_KEY', 'APPKEY', 'APP_KEY', 'X_API_KEY_Y'],
    ].map((name) => [name, 'looks like a secret'] as const),
  ])('refuse %s, which %s', (name, reason) => {
    expect(messages({ variables: { [name]: 'a' } })).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    'PATHS',
    'HOMEPAGE',
    'LD_PATH',
    'AWS_PROFILE',
    'TOKENS_PER_DAY',
    'SECRETARY',
    'PASSWORDLESS',
    'COMPASS',
    'PASSAGE',
    'AUTHOR',
    'MONKEY',
    'APP_KEYS',
    '_HIDDEN',
    'A1',
  ])('accept %s', (name) => {
    expect(messages({ variables: { [name]: 'a' } })).toEqual([]);
  });

  test.each([
    'AKIAIOSFODNN7EXAMPLE',
    'ASIAIOSFODNN7EXAMPLE',
    'key AKIAIOSFODNN7EXAMPLE.',
    'ghp_0',
    'gho_0',
    'github_pat_0',
    'glpat-0',
    'sk_live_0',
    'rk_live_0',
    ...['a', 'b', 'p', 'r', 's'].map((kind) => `xox${kind}-0`),
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----',
    'mysql://app:hunter2@db/site',
    'https://user:x@example.com',
  ])('refuse the value %s', (value) => {
    expect(messages({ variables: { PLAIN: value } })).toEqual([expect.stringContaining('looks like a secret')]);
  });

  test.each([
    'AKIAIOSFODNN7EXAMPL',
    'AKIAIOSFODNN7EXAMPLES',
    'XAKIAIOSFODNN7EXAMPLE',
    'sk_test_0',
    'xoxc-0',
    '-----BEGIN PUBLIC KEY-----',
    'https://example.com:8443/a@b',
    'https://user@example.com',
    'mysql://db:3306/site',
  ])('accept the value %s', (value) => {
    expect(messages({ variables: { PLAIN: value } })).toEqual([]);
  });

  test.each([
    ['1A', false],
    ['A-B', false],
    ['a', false],
    ['Aa', false],
    ['', false],
    ['A'.repeat(128), true],
    ['A'.repeat(129), false],
  ])('the name %s: %p', (name, isName) => {
    expect(messages({ variables: { [name]: 'a' } })).toEqual(
      isName ? [] : [expect.stringContaining('is not a name for a variable')],
    );
  });

  test('a value has 256 characters at most', () => {
    expect(messages({ variables: { LONG: 'x'.repeat(256) } })).toEqual([]);
    expect(messages({ variables: { LONG: 'x'.repeat(257) } })).toHaveLength(1);
  });

  test('together they have 3,968 bytes at most, in UTF-8, names and equals signs among them', () => {
    /** 15 of 256 bytes, each with three more for its name, and the rest. */
    const together = (rest: number): object =>
      Object.fromEntries<string>([
        ...Array.from({ length: 15 }, (_, i): [string, string] => [String.fromCharCode(65 + i) + 'X', 'x'.repeat(253)]),
        ['Z', 'x'.repeat(rest)],
      ]);
    expect(messages({ variables: together(126) })).toEqual([]);
    expect(messages({ variables: together(127) })).toEqual([
      'dev.web.variables: are 3969 bytes together, and there is room for 3968; keep long ones in parameters, and name those in secrets',
    ]);
    const japanese = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`V${i}`, 'あ'.repeat(140)]));
    expect(messages({ variables: japanese })).toEqual([expect.stringContaining('are 4230 bytes together')]);
  });

  test('refuse more than Beanstalk has room for', () => {
    const variables = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`V${i}`, 'x'.repeat(200)]));
    expect(messages({ variables })).toEqual([expect.stringContaining('dev.web.variables: are 4070 bytes together')]);
  });
});

describe('secrets', () => {
  test.each<[string, object, string]>([
    ['the secret itself', { secrets: { DB_PASSWORD: 'hunter2!' } }, 'is not a reference to a secret or a parameter'],
    ['an ARN of something else', { secrets: { A: CERTIFICATE } }, 'is not a reference to a secret or a parameter'],
    [
      'a secret of another region',
      { secrets: { A: SECRET.replace('ap-northeast-1', 'us-east-1') } },
      'is in us-east-1, and the environment in ap-northeast-1',
    ],
    ['one that is a variable, too', { secrets: { A: SECRET }, variables: { A: 'x' } }, 'is a plain variable, too'],
    [
      'any on a platform that cannot fetch them',
      { platform: 'php-8.0', secrets: { A: SECRET } },
      'need a platform version of 26 March 2025 or later, and php-8.0 has none',
    ],
  ])('refuse %s', (_, change, reason) => {
    const found = messages(change);
    expect(found).toEqual([expect.stringContaining(reason)]);
    expect(found.join()).not.toContain('hunter2');
  });
});

test('there is room for 30 secrets', () => {
  const secrets = (count: number): object => ({
    secrets: Object.fromEntries(Array.from({ length: count }, (_, i) => [`S${i}`, `ssm:/s/${i}`])),
  });
  expect(messages(secrets(30))).toEqual([]);
  expect(messages(secrets(31))).toEqual([
    'dev.web.secrets: are 31, and the policy of the instances has room for 30; keep several values in one secret, as keys of its JSON',
  ]);
});

describe('what is kept elsewhere', () => {
  const ssm = 'arn:aws:ssm:ap-northeast-1:123456789012';
  const secret = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret';
  test.each<[string, boolean]>([
    ['ssm:/a', true],
    ['ssm:/a/b-c/d_e.f', true],
    ['ssm:a', false],
    ['ssm:/', false],
    ['ssm:/a/', false],
    ['ssm://a', false],
    ['ssm:/a b', false],
    ['xssm:/a', false],
    [`${ssm}:parameter/a/b`, true],
    [`${ssm}:parameter/`, false],
    [`${ssm}:document/a`, false],
    [`${ssm}:parameter/*`, false],
    [`${ssm}:parameter/a?`, false],
    ['arn:aws-us-gov:ssm:ap-northeast-1:123456789012:parameter/a', true],
    ['arn:aws:ssm:ap-northeast-1:12345678901:parameter/a', false],
    ['arn:aws:ssm:ap-northeast-1:1234567890123:parameter/a', false],
    [`x${ssm}:parameter/a`, false],
    [`${secret}:name-AbCdEf`, true],
    [`${secret}:a/b+c=.@-AbCd12:key`, true],
    [`${secret}:name`, false],
    [`${secret}:name-AbCdE`, false],
    [`${secret}:name-AbCdEfG`, false],
    ['arn:aws:secretsmanager:ap-northeast-1:123456789012:policy:name-AbCdEf', false],
    ['arn:aws:s3:::bucket', false],
  ])('%s is a secret or a parameter: %p', (text, isOne) => {
    expect(messages({ secrets: { A: text } })).toEqual(
      isOne ? [] : [expect.stringContaining('is not a reference to a secret or a parameter')],
    );
  });

  test.each<[string, boolean]>([
    [CERTIFICATE, true],
    ['ssm:/a', true],
    [CERTIFICATE.replace(':acm:', ':iam:'), false],
    [CERTIFICATE.replace(':certificate/', ':certificate-authority/'), false],
    [CERTIFICATE.replace('123456789012', '12345678901'), false],
    [CERTIFICATE.replace('arn:aws:acm', 'acm'), false],
    // Of another service, whatever stands behind it.
    ['arn:aws:elasticbeanstalk:ap-northeast-1:123456789012:certificate/0a1b2c3d', false],
    ['www.example.com', false],
    ['', false],
  ])('%s is a certificate: %p', (certificateArn, isOne) => {
    expect(messages({ certificateArn, hostNames: ['www.example.com'] })).toEqual(
      isOne ? [] : [expect.stringContaining('is not a reference to an ACM certificate')],
    );
  });

  test('permissions are given on the secret, whatever key of its JSON is used', () => {
    expect(secretWithoutKey(`${SECRET}:key`)).toBe(SECRET);
    expect(secretWithoutKey(SECRET)).toBe(SECRET);
    expect(secretWithoutKey(`${SECRET}:key:AWSCURRENT:`)).toBe(SECRET);
  });
});

describe('batches', () => {
  test.each<[string, object, number]>([
    ['rolling with a share', { deployment: 'rolling', batchPercent: 50 }, 0],
    ['rolling without', { deployment: 'rolling' }, 0],
    ['immutable without', { deployment: 'immutable' }, 0],
    ['immutable with one', { deployment: 'immutable', batchPercent: 50 }, 1],
    ['1 %', { batchPercent: 1 }, 0],
    ['100 %', { batchPercent: 100 }, 0],
    ['0 %', { batchPercent: 0 }, 1],
    ['101 %', { batchPercent: 101 }, 1],
  ])('%s', (_, change, count) => {
    expect(messages(change)).toHaveLength(count);
  });
});

test('the bounds of scaling may be one number, from 1 to 10,000', () => {
  const bounds = (least: number, most: number): number => messages({ instances: { least, most } }).length;
  expect([bounds(1, 1), bounds(10_000, 10_000), bounds(2, 1)]).toEqual([0, 0, 1]);
  expect([bounds(0, 1), bounds(1, 10_001)]).toEqual([1, 1]);
});

test('four host names are possible, each once', () => {
  const names = (...hostNames: string[]): number => messages({ hostNames }).length;
  expect([names('a.jp', 'b.jp', 'c.jp', 'd.jp'), names('a.jp', 'a.jp')]).toEqual([0, 1]);
});

test('every mistake at once', () => {
  const raw = {
    platform: 'php8',
    instances: { least: 5, most: 2 },
    deployment: 'immutable',
    batchPercent: 10,
    updates: { window: 'Tue 18', level: 'minor' },
    logs: { retentionDays: 31 },
    variables: { DB_PASSWORD: 'x', lower: 'y' },
    secrets: { TOKEN: 'z' },
    certificateArn: 'x',
  };
  const paths = messages(raw, { hasFirewall: false, nat: 'none' }).map((message) => message.split(': ')[0]);
  expect(paths.sort()).toEqual(
    [
      'dev.firewall',
      'dev.network.nat',
      'dev.web.platform',
      'dev.web.instances.least',
      'dev.web.batchPercent',
      'dev.web.updates.window',
      'dev.web.logs.retentionDays',
      'dev.web.variables.DB_PASSWORD',
      'dev.web.variables.lower',
      'dev.web.secrets.TOKEN',
      'dev.web.certificateArn',
      'dev.web.hostNames',
    ].sort(),
  );
});

describe('warnings', () => {
  const warnings = (change: object): string[] =>
    webWarnings(webSchema.parse({ ...GOOD, ...change }), 'dev').map(formatProblem);
  const HTTPS = { certificateArn: CERTIFICATE, hostNames: ['www.ishizue.jp'] };

  test('of a retired platform: what, since when, and the word that ends it', () => {
    expect(warnings({ ...HTTPS, platform: 'php-8.0' })).toEqual([
      'dev.web.platform: "php-8.0" is PHP 8.0 on Amazon Linux 2, which AWS retired on 10 October 2024: no more updates, and only accounts that used it before can create it (elsewhere: "No Solution Stack named …"); use \'php-8.5\', or \'php-8.0-docker\' to keep PHP 8.0 in any account',
    ]);
  });

  test('of HTTP', () => {
    expect(warnings({})).toEqual([
      "dev.web.certificateArn: is missing: the site is served over HTTP, in the clear; give the ARN of an ACM certificate, or 'ssm:/path' of a parameter that holds it, and hostNames",
    ]);
  });

  test('of a PHP that nobody mends any more, whatever runs it', () => {
    expect(warnings({ ...HTTPS, platform: 'php-8.0-docker' })).toEqual([
      'dev.web.platform: "php-8.0-docker" runs PHP 8.0, which has had no security fixes since 26 November 2023; use \'php-8.5\' as soon as the application runs on it',
    ]);
  });

  test.each(['php-8.3', 'php-8.5'])('none for %s with HTTPS', (platform) => {
    expect(warnings({ ...HTTPS, platform })).toEqual([]);
  });
});

test('an environment with web and without access is refused whole', () => {
  const environment = {
    name: 'dev',
    region: 'ap-northeast-1',
    availabilityZones: ['ap-northeast-1a'],
    protectData: false,
    network: {
      cidr: '10.0.0.0/16',
      tiers: [{ name: 'app', prefixLength: 24 }],
      nat: 'regional',
      flowLogs: { retentionDays: 30 },
    },
    web: { ...GOOD, instances: { least: 2, most: 1 } },
  };
  const build = (): unknown => validateEnvironments([environment]);
  for (const path of ['dev.access', 'dev.network.tiers', 'dev.availabilityZones', 'dev.web.instances.least']) {
    expect(build).toThrow(path);
  }
});
