import { isThrottlingError } from '@smithy/core/retry';
import { throttledShare } from '../../../lib/stream/producer/outcome';
import { isPassing, isThrottling, isThrottlingCode } from '../../../lib/stream/producer/send-error';
import { serviceError, slowDown } from '../support/memory-firehose';

/** Of the SDK's throttling errors, those of services that are not Firehose. */
const OF_OTHERS = ['EC2ThrottledException', 'PriorRequestNotComplete', 'TransactionInProgressException'];

describe('throttling', () => {
  test.each([
    'BandwidthLimitExceeded',
    'LimitExceededException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'ThrottledException',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
  ])('%s is for the SDK, too', (name) => {
    const error = serviceError(name, 400);
    expect([isThrottlingError(error as Parameters<typeof isThrottlingError>[0]), isThrottling(error)]).toEqual([
      true,
      true,
    ]);
    expect(isPassing(error)).toBe(true);
  });

  test.each<[string, number, boolean]>([
    ['ServiceUnavailableException', 503, true],
    ['Whatever', 429, true],
    ['Whatever', 503, true],
    ['InternalFailure', 500, false],
    ['AccessDeniedException', 400, false],
    ...OF_OTHERS.map((name): [string, number, boolean] => [name, 400, false]),
  ])('%s with HTTP status %d: %p', (name, status, expected) => {
    expect(isThrottling(serviceError(name, status))).toBe(expected);
  });

  test('of the two codes of a record, only one speaks of capacity', () => {
    expect(['ServiceUnavailableException', 'InternalFailure'].map(isThrottlingCode)).toEqual([true, false]);
  });

  test('the share of a request that was throttled is one of bytes', () => {
    const internal = { index: 0, code: 'InternalFailure', message: '' };
    expect(throttledShare({ failures: [slowDown(1)] }, [300, 100])).toBe(0.25);
    expect(throttledShare({ failures: [internal] }, [300, 100])).toBe(0);
    expect(throttledShare({ failures: [slowDown(0), slowDown(1)] }, [0, 0])).toBe(1);
    expect(throttledShare({ error: serviceError('SlowDown', 503) }, [1])).toBe(1);
    expect(throttledShare({ error: new Error('socket hang up') }, [1])).toBeUndefined();
  });
});
