import { lineRecord } from '../../../lib/stream/put-records/line-record';

const record = (data: Buffer): ReturnType<typeof lineRecord> => lineRecord({ number: 7, data });

describe('lineRecord', () => {
  test.each(['{"a":1}', '[1]', '"text"', '1', 'null', ' {"a" : "こんにちは"} '])('%s is sent as it is', (text) => {
    expect(record(Buffer.from(text))).toEqual({ line: 7, data: Buffer.from(text) });
  });

  test.each(['', ' ', '\t \r'])('%j is blank', (text) => {
    expect(record(Buffer.from(text))).toBeUndefined();
  });

  test.each([
    ['{"a":', 'is not JSON (Unexpected end of JSON input)'],
    ['{"a":1} {"b":2}', /^is not JSON \(/],
    ['\u0000', /^is not JSON \(/],
    ['\u00a0', /^is not JSON \(/],
  ])('%j is refused', (text, refusal) => {
    expect(record(Buffer.from(text))?.refusal).toEqual(
      typeof refusal === 'string' ? refusal : expect.stringMatching(refusal),
    );
  });

  test('bytes that are not UTF-8 are refused, though decoding would hide them', () => {
    expect(record(Buffer.from([0x22, 0xff, 0x22]))?.refusal).toBe('is not UTF-8');
  });

  test('1,000 KiB is the most, counted in bytes and before anything is parsed', () => {
    const json = (bytes: number): Buffer => Buffer.from(`"${'é'.repeat((bytes - 2) / 2)}"`);
    expect(record(json(1_024_000))?.refusal).toBeUndefined();
    expect(record(json(1_024_002))?.refusal).toBe('is 1024002 bytes, and a record holds at most 1024000');
    expect(record(Buffer.alloc(1_024_001, 'x'))?.refusal).toBe('is 1024001 bytes, and a record holds at most 1024000');
  });
});
