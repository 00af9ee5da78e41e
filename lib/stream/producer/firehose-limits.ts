/**
 * What one request may hold, in records and in bytes before base64. Firehose cannot raise these.
 * Source: API reference, PutRecordBatch and Record, read November 2026.
 */
export const FIREHOSE_LIMITS = {
  recordsPerRequest: 500,
  bytesPerRequest: 4 * 1024 * 1024,
  bytesPerRecord: 1000 * 1024,
} as const;

/** Why a record of that many bytes can never be sent; undefined if it can. */
export function tooLarge(bytes: number): string | undefined {
  if (bytes <= FIREHOSE_LIMITS.bytesPerRecord) return undefined;
  return `is ${bytes} bytes, and a record holds at most ${FIREHOSE_LIMITS.bytesPerRecord}`;
}
