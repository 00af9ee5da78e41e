import type { Readable } from 'node:stream';
import { ProblemsError } from '../../foundation/problem';
import { groupDigits } from '../../foundation/table';
import { DeadLetterFile } from './dead-letter-file';
import { FIREHOSE_LIMITS, putRecords, type PutRecordsOptions, tooLarge } from '../producer';
import { LineReader, type Line, type LongLine } from './line-reader';
import { lineRecord, type LineRecord } from './line-record';
import { PutTally, type PutCounts } from './put-tally';

export interface PutLinesOptions extends Omit<PutRecordsOptions, 'clock' | 'random'> {
  /** The first line to send, from 1. */
  readonly fromLine: number;
  /** Created only if a line is not accepted. */
  readonly deadLetterPath: string;
  /** Called whenever something was settled. */
  readonly onProgress?: (counts: PutCounts) => void;
}

export interface PutLinesResult extends PutCounts {
  /** The line to resume from, if not every line was settled. */
  readonly resumeLine: number | null;
  /** The dead-letter file, if this run wrote to it. */
  readonly deadLetter: string | null;
  readonly seconds: number;
  /** What ended the run before its time, if anything did. */
  readonly failure?: unknown;
}

/**
 * Sends newline-delimited JSON, and keeps the lines that were not accepted in a dead-letter file.
 * Never throws for what happens on the way: the result says how far it came, whatever stopped it.
 *
 * @param input is destroyed at the end
 */
export async function putLines(input: Readable, options: PutLinesOptions): Promise<PutLinesResult> {
  const { fromLine, deadLetterPath, onProgress, ...producer } = options;
  const started = performance.now();
  const failures: unknown[] = [];
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(producer.stop === undefined ? [] : [producer.stop])]);
  stop.addEventListener('abort', () => input.destroy());

  const letters = new DeadLetterFile(deadLetterPath);
  const tally = new PutTally(fromLine);
  const reader = new LineReader({
    fromLine,
    longestHeld: FIREHOSE_LIMITS.bytesPerRequest,
    openLongLine: (line) => openDeadLine(line, letters, tally),
  });
  const progress = { isReadWhole: false };

  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* input as AsyncIterable<Uint8Array>;
    // A stop ends the input early, and half a line must not pass for the last one.
    stop.throwIfAborted();
  }

  async function* records(): AsyncGenerator<readonly LineRecord[], void, undefined> {
    for await (const lines of reader.read(chunks())) yield toRecords(lines, tally);
    progress.isReadWhole = true;
  }

  try {
    for await (const settlement of putRecords(records(), { ...producer, stop })) {
      tally.addReply(settlement);
      const dead = settlement.rejected.map(({ record: { line, data }, reason }) => ({ line, reason, data }));
      const lines = dead.map(({ line }) => line);
      try {
        if (dead.length > 0) await letters.write(dead);
        tally.addDead(lines);
      } catch (cause) {
        // What cannot be kept is not settled. Replies to what is in flight still count, so the run stops cleanly.
        tally.addUnsettled(lines);
        failures.push(cause);
        failed.abort();
      }
      onProgress?.(tally.counts(reader.lastLine));
    }
    // Right behind the last line is where a run resumes that was stopped when it had sent everything.
    if (progress.isReadWhole && fromLine > reader.lastLine + 1) failures.push(beyondTheEnd(fromLine, reader.lastLine));
  } catch (cause) {
    failures.push(cause);
  }
  input.destroy();
  await letters.close();
  return {
    ...tally.counts(reader.lastLine),
    resumeLine: progress.isReadWhole && tally.isSettled ? null : tally.resumeLine,
    deadLetter: tally.hasDead ? deadLetterPath : null,
    seconds: (performance.now() - started) / 1000,
    ...(failures.length > 0 ? { failure: failures[0] } : {}),
  };
}

function beyondTheEnd(fromLine: number, lastLine: number): ProblemsError {
  const reason = `is beyond the end of the input, which has ${groupDigits(lastLine)} lines`;
  return new ProblemsError([
    { path: '--from-line', value: fromLine, reason, remedy: 'name a line that the input has' },
  ]);
}

/** A line too long to hold is too large to send, so it goes straight to the dead-letter file. */
async function openDeadLine(line: number, letters: DeadLetterFile, tally: PutTally): Promise<LongLine> {
  const entry = await letters.openLongLine(line, (bytes) => String(tooLarge(bytes)));
  const end = async (): Promise<void> => {
    await entry.end();
    tally.addDead([line]);
  };
  return { ...entry, end };
}

function toRecords(lines: readonly Line[], tally: PutTally): LineRecord[] {
  const records: LineRecord[] = [];
  for (const line of lines) {
    const record = lineRecord(line);
    if (record === undefined) tally.addBlank();
    else records.push(record);
  }
  return records;
}
