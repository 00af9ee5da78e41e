import { settle, type Circumstances } from '../../../lib/stream/producer/settle';
import { serviceError, slowDown } from '../support/memory-firehose';

const QUIET: Circumstances = { othersAccepted: false, wasLast: false, maxAttempts: 3 };
const attempts = (count: number, failures = 2): { record: number; sent: number; failures: number }[] =>
  Array.from({ length: count }, (_, record) => ({ record, sent: failures, failures }));
const internal = (index: number): { index: number; code: string; message: string } => ({
  index,
  code: 'InternalFailure',
  message: '',
});

describe('settle', () => {
  test('a record that failed often enough while others were accepted is rejected, with its reason', () => {
    expect(settle(attempts(2), { failures: [slowDown(1)] }, QUIET)).toEqual({
      accepted: [0],
      rejected: [{ record: 1, reason: 'failed 3 times (ServiceUnavailableException: Slow down.)' }],
      again: [],
      reason: 'ServiceUnavailableException: Slow down.',
    });
  });

  test('one failure fewer, and it is sent again', () => {
    const { rejected, again } = settle(attempts(2, 1), { failures: [internal(1)] }, QUIET);
    expect([rejected, again]).toEqual([[], [{ record: 1, sent: 2, failures: 2 }]]);
  });

  test.each([
    ['most of the request is refused', 4, { failures: [0, 1, 2].map(slowDown) }, QUIET],
    ['all of it is', 2, { failures: [0, 1].map(slowDown) }, QUIET],
    [
      'all of it is, while others are accepted',
      2,
      { failures: [0, 1].map(slowDown) },
      { ...QUIET, othersAccepted: true },
    ],
    ['the request fails', 2, { error: new Error('socket hang up') }, QUIET],
    ['the last request fails', 2, { error: new Error('socket hang up') }, { ...QUIET, wasLast: true }],
    ['the request is throttled', 2, { error: serviceError('SlowDown', 503) }, { ...QUIET, othersAccepted: true }],
  ])('nothing is rejected if %s', (_, count, outcome, circumstances) => {
    expect(settle(attempts(count), outcome, circumstances).rejected).toEqual([]);
  });

  test.each([
    ['they fail for reasons of their own while others are accepted', [0, 1].map(internal), { othersAccepted: true }],
    ['nothing but what failed before is left', [0, 1].map(slowDown), { wasLast: true }],
  ])('all of a request is rejected if %s', (_, failures, circumstances) => {
    expect(settle(attempts(2), { failures }, { ...QUIET, ...circumstances }).rejected).toHaveLength(2);
  });

  test('the last records are not rejected if one of them never failed before', () => {
    const mixed = [...attempts(1), ...attempts(1, 0)];
    expect(settle(mixed, { failures: [0, 1].map(slowDown) }, { ...QUIET, wasLast: true }).rejected).toEqual([]);
  });
});
