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

test.each<[AskFailure, RegExp]>([
  ['denied', /^allow ec2:DescribeVpcs, or look yourself$/],
  ['credentials', /^sign in /],
  ['unreachable', /^look whether this machine reaches AWS /],
  ['throttled', /^run it again /],
  ['failed', /^see what the message says$/],
])('%s: what to do', (failure, remedy) => {
  expect(askRemedy(new AskError(failure, 'ec2:DescribeVpcs', 'x'))).toMatch(remedy);
});
