import { startProgress } from '../../../lib/stream/put-records/put-progress';
import { showProgress, showResume, showSummary, summarize } from '../../../lib/stream/put-records/put-report';

const COUNTS = { lines: 12_345, blank: 1, accepted: 12_000, resent: 40, dead: 344, requests: 26, bytes: 2_097_152 };

describe('the report', () => {
  test('for a terminal', () => {
    const result = { ...COUNTS, seconds: 2.34567, deadLetter: 'dead.ndjson', resumeLine: null };
    expect(showSummary(summarize('events', result)).split('\n')).toEqual([
      'lines     12,345 (1 blank)',
      'accepted  12,000',
      'resent    40',
      'dead      344 (in dead.ndjson)',
      'requests  26',
      'bytes     2,097,152',
      'seconds   2.3',
    ]);
  });

  test('for programs it holds no error, and milliseconds', () => {
    const result = { ...COUNTS, seconds: 2.34567, deadLetter: null, resumeLine: 7, failure: new Error('no') };
    expect(summarize('events', result)).toEqual({
      ...COUNTS,
      stream: 'events',
      seconds: 2.346,
      deadLetter: null,
      resumeLine: 7,
    });
  });

  test('where to resume can be pasted', () => {
    expect(showResume(12_346)).toContain('before line 12,346 ');
    expect(showResume(12_346)).toContain('--from-line 12346 ');
  });
});

describe('the progress', () => {
  test('counts, and how fast', () => {
    expect(showProgress(COUNTS, 4)).toBe(
      '12,345 lines, 12,000 accepted, 40 resent, 344 dead, 2.0 MiB, 3,000 records/s',
    );
  });

  test.each([
    [true, 2],
    [false, 0],
  ])('is shown if a person is looking (%s), and not at every step', (isTTY, writes) => {
    const written: string[] = [];
    const progress = startProgress({ isTTY, write: (text) => written.push(text) });
    for (let step = 0; step < 100; step++) progress.show(COUNTS);
    progress.end();
    expect(written).toHaveLength(writes);
  });
});
