import { readFailures, type Answer } from '../../../lib/stream/producer/answer';

const ok = { RecordId: 'a' };
const bad = { ErrorCode: 'InternalFailure', ErrorMessage: 'no' };

describe('readFailures', () => {
  test('says which records failed', () => {
    expect(readFailures({ FailedPutCount: 1, RequestResponses: [ok, bad] }, 2)).toEqual([
      { index: 1, code: 'InternalFailure', message: 'no' },
    ]);
    expect(readFailures({ FailedPutCount: 0, RequestResponses: [ok, ok] }, 2)).toEqual([]);
  });

  test.each<[Answer, string]>([
    [{ FailedPutCount: 2, RequestResponses: [ok, ok] }, 'its FailedPutCount is 2, and 0 records are marked as failed'],
    [{ FailedPutCount: 0, RequestResponses: [ok, bad] }, 'its FailedPutCount is 0, and 1 records are marked as failed'],
    [{ RequestResponses: [ok, ok] }, 'its FailedPutCount is missing, and 0 records are marked as failed'],
    [{ FailedPutCount: 0, RequestResponses: [ok] }, 'it speaks of 1 records, and 2 were sent'],
    [{ FailedPutCount: 0, RequestResponses: [ok, ok, ok] }, 'it speaks of 3 records, and 2 were sent'],
    [{ FailedPutCount: 0 }, 'it speaks of 0 records, and 2 were sent'],
    [{ FailedPutCount: 0, RequestResponses: [ok, {}] }, 'it says neither yes nor no to record 2 of 2'],
  ])('%j is no acceptance', (answer, message) => {
    expect(() => readFailures(answer, 2)).toThrow(message);
  });
});
