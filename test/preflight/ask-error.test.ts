import { AskError, askError, askRemedy, type AskFailure } from '../../lib/preflight/ask-error';

const error = (name: string, rest: object = {}): Error =>
  Object.assign(new Error(`${name} for the test`), { name, ...rest });

test.each<[string, unknown, AskFailure]>([
  ['a denial', error('AccessDeniedException'), 'denied'],
  ["EC2's denial", error('UnauthorizedOperation'), 'denied'],
  ['no credentials', error('CredentialsProviderError'), 'credentials'],
  ['an expired sign-in', error('ExpiredTokenException'), 'credentials'],
  ['a region that is not enabled', error('OptInRequired'), 'credentials'],
  ['no such host', error('Error', { code: 'ENOTFOUND' }), 'unreachable'],
  ['no connection', error('Error', { code: 'ECONNREFUSED' }), 'unreachable'],
  ['a time-out', error('TimeoutError'), 'unreachable'],
  ['throttling', error('ThrottlingException'), 'throttled'],
  ['throttling by its status', error('SomethingNew', { $metadata: { httpStatusCode: 429 } }), 'throttled'],
  ['anything else', error('InternalError', { $metadata: { httpStatusCode: 500 } }), 'failed'],
  [
    'an error without a name',
    error('Unknown', { message: 'UnknownError', $metadata: { httpStatusCode: 500 } }),
    'silent',
  ],
  ['no error at all', undefined, 'failed'],
])('%s', (_, thrown, failure) => {
  expect(askError(thrown, 'ec2:DescribeVpcs')).toMatchObject({ failure, action: 'ec2:DescribeVpcs' });
});

test('the message says what Node or the service calls it, on one line', () => {
  expect(askError(error('AccessDenied', { message: 'not\n  authorized' }), 'a:B').message).toBe(
    'AccessDenied: not authorized',
  );
  expect(askError(error('Error', { code: 'ENOTFOUND', message: 'getaddrinfo' }), 'a:B').message).toBe(
    'ENOTFOUND: getaddrinfo',
  );
  expect(askError(error('Throttling', { message: '' }), 'a:B').message).toBe('Throttling');
});

test('an error without a name is named by the call and the HTTP status', () => {
  const nameless = (name: string, message: string): string =>
    askError(error(name, { message, $metadata: { httpStatusCode: 503 } }), 'ec2:DescribeVpcs').message;
  const sentence = 'HTTP 503 to ec2:DescribeVpcs, without a reason';
  expect(nameless('Unknown', 'UnknownError')).toBe(sentence);
  expect(nameless('UnknownError', '')).toBe(sentence);
  expect(nameless('Unknown', 'a reason')).toBe('Unknown: a reason');
});

test.each<[AskFailure, RegExp]>([
  ['denied', /^allow ec2:DescribeVpcs, or look yourself$/],
  ['credentials', /^sign in /],
  ['unreachable', /^look whether this machine reaches AWS /],
  ['throttled', /^run it again /],
  ['foreign', /^look what answers in the place of AWS: /],
  ['silent', /^run it again /],
  ['failed', /^see what the message says$/],
])('%s: what to do', (failure, remedy) => {
  expect(askRemedy(new AskError(failure, 'ec2:DescribeVpcs', 'x'))).toMatch(remedy);
});
