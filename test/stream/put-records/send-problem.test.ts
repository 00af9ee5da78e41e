import { formatProblem } from '../../../lib/foundation/problem';
import { describeError, isPassing, NothingAcceptedError } from '../../../lib/stream/producer';
import { sendProblem, type SendContext } from '../../../lib/stream/put-records/send-problem';
import { serviceError } from '../support/memory-firehose';

const TOKYO: SendContext = { stream: 'events', region: 'ap-northeast-1', endpointUrl: undefined };

function explain(error: unknown, context = TOKYO): string {
  const problem = sendProblem(error, context);
  if (problem === undefined) throw new Error('not explained');
  return formatProblem(problem);
}

function named(name: string, message: string, rest: object = {}): Error {
  return Object.assign(new Error(message), { name, ...rest });
}

describe('isPassing', () => {
  test.each(
    [
      serviceError('ThrottlingException', 400),
      serviceError('LimitExceededException', 400),
      serviceError('ServiceUnavailableException', 503),
      serviceError('InternalFailure', 500),
      serviceError('SomethingNew', 500),
      serviceError('SomethingNew', 429),
      named('TimeoutError', 'timed out'),
      named('Error', 'socket hang up', { code: 'ECONNRESET' }),
      named('Error', 'connect', { code: 'ECONNREFUSED' }),
    ].map((error) => [describeError(error), error] as const),
  )('%s passes', (_, error) => {
    expect(isPassing(error)).toBe(true);
  });

  test.each(
    [
      serviceError('AccessDeniedException', 400),
      serviceError('ResourceNotFoundException', 400),
      serviceError('InvalidArgumentException', 400),
      named('CredentialsProviderError', 'none'),
      named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }),
      new TypeError('a defect'),
      undefined,
    ].map((error) => [describeError(error), error] as const),
  )('%s does not', (_, error) => {
    expect(isPassing(error)).toBe(false);
  });
});

test('describeError says what Node or the service calls it, on one line', () => {
  expect(describeError(named('Error', 'socket hang up', { code: 'ECONNRESET' }))).toBe('ECONNRESET: socket hang up');
  expect(describeError(named('ThrottlingException', 'Rate\n exceeded'))).toBe('ThrottlingException: Rate exceeded');
  expect(describeError(named('ThrottlingException', ''))).toBe('ThrottlingException');
});

describe('sendProblem', () => {
  test('access denied names the actions and the ARN to allow', () => {
    expect(explain(serviceError('AccessDeniedException', 400))).toBe(
      '--stream: "events" refuses this caller (AccessDeniedException: AccessDeniedException for the test); ' +
        'allow firehose:PutRecord and firehose:PutRecordBatch on ' +
        "arn:aws:firehose:ap-northeast-1:<account>:deliverystream/events: the stack's producer policy output grants it",
    );
  });

  test('access denied names the account if AWS does', () => {
    const arn = 'arn:aws:firehose:ap-northeast-1:123456789012:deliverystream/events';
    const message = `User: arn:aws:iam::123456789012:user/x is not authorized to perform: firehose:PutRecordBatch on resource: ${arn} because no identity-based policy allows it`;
    expect(explain(named('AccessDeniedException', message))).toContain(`firehose:PutRecordBatch on ${arn}: the stack`);
  });

  test.each([
    ['cn-north-1', 'arn:aws-cn:firehose:cn-north-1:<account>:'],
    ['us-gov-west-1', 'arn:aws-us-gov:firehose:us-gov-west-1:<account>:'],
  ])('in %s the ARN is of its partition', (region, arn) => {
    expect(explain(serviceError('AccessDeniedException', 400), { ...TOKYO, region })).toContain(arn);
  });

  const explained: readonly (readonly [Error, RegExp])[] = [
    [serviceError('ResourceNotFoundException', 400), /^--stream: "events" is not in ap-northeast-1 \(.*--region$/],
    [named('CredentialsProviderError', 'Could not load'), /^credentials: are missing .*Could not load.*; sign in/],
    [serviceError('ExpiredTokenException', 400), /^credentials: are missing or no longer valid/],
    [new Error('Region is missing'), /^--region: is missing; give it, or set AWS_REGION/],
    [named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), /^--region: "ap-northeast-1" has no such host \(ENOTFOUND/],
    [serviceError('InvalidArgumentException', 400), /^--stream: "events" cannot be sent to \(InvalidArgumentException/],
    [new NothingAcceptedError('failed 10 times (SlowDown)'), /^--stream: "events" accepts nothing \(.*SlowDown/],
  ];
  test.each(explained.map(([error, expected]) => [describeError(error), error, expected] as const))(
    '%s',
    (_, error, expected) => {
      expect(explain(error)).toMatch(expected);
    },
  );

  test('a defect of ours keeps its stack trace', () => {
    expect(sendProblem(new TypeError('x is not a function'), TOKYO)).toBeUndefined();
  });
});
