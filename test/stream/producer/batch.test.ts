import { Batch } from '../../../lib/stream/producer/batch';

const attempt = (bytes: number): { record: { data: Buffer }; sent: number; failures: number } => ({
  record: { data: Buffer.alloc(bytes) },
  sent: 0,
  failures: 0,
});

describe('Batch', () => {
  test('takes 500 records', () => {
    const batch = new Batch();
    const taken = Array.from({ length: 501 }, () => batch.add(attempt(1)));
    expect(taken.filter(Boolean)).toHaveLength(500);
    expect(batch).toMatchObject({ isFull: true, bytes: 500 });
  });

  test('takes 4 MiB to the byte', () => {
    const batch = new Batch();
    for (const bytes of [1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_304])
      expect(batch.add(attempt(bytes))).toBe(true);
    expect(batch).toMatchObject({ isFull: false, bytes: 4_194_304 });
    expect(batch.add(attempt(1))).toBe(false);
    expect(batch).toMatchObject({ isFull: true, bytes: 4_194_304 });
  });

  test('keeps only so much that is refused', () => {
    const many = new Batch();
    while (!many.isFull) many.refuse({ record: { data: Buffer.alloc(1) }, reason: 'is not JSON' });
    expect(many.refused).toHaveLength(5000);
    const large = new Batch();
    while (!large.isFull) large.refuse({ record: { data: Buffer.alloc(2_097_152) }, reason: 'is not JSON' });
    expect(large.refused).toHaveLength(2);
    expect(large.attempts).toEqual([]);
  });
});
