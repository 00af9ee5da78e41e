import { groupDigits } from '../../foundation/table';
import type { PutLinesResult } from './put-lines';
import type { PutCounts } from './put-tally';

const MIB = 1024 * 1024;

/** For programs. */
export interface PutSummary extends PutCounts {
  readonly stream: string;
  readonly seconds: number;
  readonly deadLetter: string | null;
  /** The line to resume from with --from-line, if not every line was settled. */
  readonly resumeLine: number | null;
}

export function summarize(stream: string, result: PutLinesResult): PutSummary {
  const { lines, blank, accepted, resent, dead, requests, bytes, deadLetter, resumeLine } = result;
  const seconds = Math.round(result.seconds * 1000) / 1000;
  return { stream, lines, blank, accepted, resent, dead, requests, bytes, seconds, deadLetter, resumeLine };
}

/** For a terminal. */
export function showSummary(summary: PutSummary): string {
  const { lines, blank, accepted, resent, dead, requests, bytes, seconds, deadLetter } = summary;
  const rows: readonly (readonly [string, string])[] = [
    ['lines', `${groupDigits(lines)}${blank > 0 ? ` (${groupDigits(blank)} blank)` : ''}`],
    ['accepted', groupDigits(accepted)],
    ['resent', groupDigits(resent)],
    ['dead', `${groupDigits(dead)}${deadLetter === null ? '' : ` (in ${deadLetter})`}`],
    ['requests', groupDigits(requests)],
    ['bytes', groupDigits(bytes)],
    ['seconds', seconds.toFixed(1)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(8)}  ${value}`).join('\n');
}

/**
 * Where to go on. What follows that line may have been accepted too when the run was cut short: some was in flight.
 */
export function showResume(line: number): string {
  return (
    `Stopped: every line before line ${groupDigits(line)} is accepted or in the dead-letter file; ` +
    `resume with --from-line ${line} (lines after it that were in flight may be sent twice)`
  );
}

/** One line that is written over itself. */
export function showProgress(counts: PutCounts, seconds: number): string {
  const { lines, accepted, resent, dead, bytes } = counts;
  const rate = seconds > 0 ? accepted / seconds : 0;
  return [
    `${groupDigits(lines)} lines`,
    `${groupDigits(accepted)} accepted`,
    `${groupDigits(resent)} resent`,
    `${groupDigits(dead)} dead`,
    `${(bytes / MIB).toFixed(1)} MiB`,
    `${groupDigits(Math.round(rate))} records/s`,
  ].join(', ');
}
