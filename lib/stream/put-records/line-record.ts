import { isUtf8 } from 'node:buffer';
import { type OutgoingRecord, tooLarge } from '../producer';
import type { Line } from './line-reader';

/** A line as a record to send, or to refuse. */
export interface LineRecord extends OutgoingRecord {
  readonly line: number;
  readonly data: Buffer;
}

const SPACE = 0x20;

/** A line's record; undefined for a blank line, which is none. */
export function lineRecord({ number, data }: Line): LineRecord | undefined {
  if (isBlank(data)) return undefined;
  const refusal = tooLarge(data.length) ?? notJson(data);
  return refusal === undefined ? { line: number, data } : { line: number, data, refusal };
}

function isBlank(data: Buffer): boolean {
  // No JSON text starts with a byte up to space but JSON's own white space, so control characters are looked at by notJson.
  return (data[0] ?? SPACE) <= SPACE && /^[ \t\r]*$/.test(data.toString('latin1'));
}

function notJson(data: Buffer): string | undefined {
  // RFC 8259, 8.1: JSON that systems exchange is UTF-8. Decoding would replace what is not, and hide it.
  if (!isUtf8(data)) return 'is not UTF-8';
  try {
    JSON.parse(data.toString());
    return undefined;
  } catch (error) {
    return `is not JSON (${(error as Error).message.replace(/\s+/g, ' ')})`;
  }
}
