import { formatProblem } from '../../lib/foundation/problem';
import { defaultsToChange } from '../../lib/web/defaults-to-change';
import { webSchema } from '../../lib/web/web-settings';

const READY = {
  platform: 'php-8.5',
  instances: { least: 1, most: 2 },
  deployment: 'rolling',
  updates: { window: 'Tue:18:00', level: 'minor' },
  logs: { retentionDays: 30 },
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d',
  hostNames: ['www.ishizue.jp'],
};
const PARAMETER = 'ssm:/prod/web/certificate-arn';

function found(change: object): string[] {
  return defaultsToChange(webSchema.parse({ ...READY, ...change }), 'prod').map(
    ({ what, path }) => `${what} ${path.replace('prod.web.', '')}`,
  );
}

// The names are those of RFC 2606 (sections 2 and 3), and some that only look like them.
test.each([
  [['www.example.com'], ['hostNames[0]']],
  [
    ['example.net', 'www.ishizue.jp', '*.example.org'],
    ['hostNames[0]', 'hostNames[2]'],
  ],
  [['site.test', 'site.example', 'site.invalid', 'app.localhost'], [0, 1, 2, 3].map((index) => `hostNames[${index}]`)],
  [['notexample.com', 'example.com.ishizue.jp', 'test.ishizue.jp', 'example.dev'], []],
])('%p: %p belong to nobody', (hostNames, paths) => {
  expect(found({ hostNames })).toEqual(paths.map((path) => `reservedHostName ${path}`));
});

test.each<[string, object, string[]]>([
  ['nothing', {}, []],
  ['a retired platform', { platform: 'php-8.0' }, ['retiredPlatform platform']],
  ['no certificate', { certificateArn: undefined, hostNames: [] }, ['noCertificate certificateArn']],
  // Whether that parameter exists is a question for preflight.
  ['a parameter for names of its own', { certificateArn: PARAMETER }, []],
  [
    'a parameter for some names of its own',
    { certificateArn: PARAMETER, hostNames: ['www.example.com', 'a.jp'] },
    ['reservedHostName hostNames[0]'],
  ],
  [
    'a parameter for examples',
    { certificateArn: PARAMETER, hostNames: ['www.example.com'] },
    ['reservedHostName hostNames[0]', 'certificateToMake certificateArn'],
  ],
])('to change: %s', (_, change, expected) => {
  expect(found(change)).toEqual(expected);
});

test('each says what is wrong and what to do', () => {
  const settings = webSchema.parse({ ...READY, certificateArn: PARAMETER, hostNames: ['www.example.com'] });
  expect(defaultsToChange(settings, 'prod').map(formatProblem)).toEqual([
    'prod.web.hostNames[0]: "www.example.com" is a name for examples: nobody can point it at this site, or get a certificate for it; write the host name that the site is to have',
    'prod.web.certificateArn: "ssm:/prod/web/certificate-arn" names a parameter that somebody has to make: without it the deployment of Web fails; request an ACM certificate for the site\'s own host names, and put its ARN into the parameter (aws ssm put-parameter --type String --name … --value …)',
  ]);
});
