import { isUtf8 } from 'node:buffer';
import { constants, existsSync } from 'node:fs';
import { access, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProblemsError } from '../../foundation/problem';
import type { LongLine } from './line-reader';
import { errorFacts } from '../producer';

/** A line that was not accepted. */
export interface DeadLetter {
  readonly line: number;
  readonly reason: string;
  readonly data: Buffer;
}

const LINE_FEED = 0x0a;
const BASE64_GROUP = 3;

/**
 * Keeps what was not accepted, as NDJSON: `{"line":3,"reason":"…","record":"…"}`. A line that is not UTF-8, or too long to
 * hold in memory, has its bytes in `recordBase64` instead, so nothing is ever lost.
 *
 * The file is created with the first entry, and appended to if it exists: a run that resumes adds to what the first kept.
 */
export class DeadLetterFile {
  private file: FileHandle | undefined;
  private size = 0;
  /** Entries must not mix, so each waits for the one before. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly path: string) {}

  /** Whether anything was written. */
  get isWritten(): boolean {
    return this.size > 0;
  }

  /** @throws {ProblemsError} if the file could not be created when it is needed */
  async check(): Promise<void> {
    await this.orProblem(async () => {
      // Opened as it will be for writing, without making one that may not be needed.
      if (existsSync(this.path)) await (await open(this.path, 'a')).close();
      else await access(dirname(this.path), constants.W_OK | constants.X_OK);
    });
  }

  /** @throws {ProblemsError} if it cannot be written; then none of these entries is in the file */
  write(letters: readonly DeadLetter[]): Promise<void> {
    return this.inTurn(() => this.append(letters.map(toEntry).join('')));
  }

  /**
   * An entry for a line too long to hold. Other entries wait until it is ended or discarded.
   *
   * @param reason says it of the number of bytes, which only the end shows
   */
  openLongLine(line: number, reason: (bytes: number) => string): Promise<LongLine> {
    return new Promise<LongLine>((resolve, reject) => {
      const turn = this.inTurn(async () => {
        await this.append('');
        const start = this.size;
        await this.append(`{"line":${line},"recordBase64":"`);
        await new Promise<void>((ended) => {
          resolve(this.longLine(start, reason, ended));
        });
      });
      turn.catch(reject);
    });
  }

  async close(): Promise<void> {
    await this.last;
    await this.file?.close();
  }

  private longLine(start: number, reason: (bytes: number) => string, ended: () => void): LongLine {
    let bytes = 0;
    let rest = Buffer.alloc(0);
    return {
      write: async (piece) => {
        bytes += piece.length;
        // Base64 pieces join without padding only between whole groups.
        const joined = Buffer.concat([rest, piece]);
        const whole = joined.length - (joined.length % BASE64_GROUP);
        rest = Buffer.from(joined.subarray(whole));
        await this.append(joined.toString('base64', 0, whole));
      },
      end: async () => {
        await this.append(`${rest.toString('base64')}","reason":${JSON.stringify(reason(bytes))}}\n`);
        ended();
      },
      discard: async () => {
        await this.cutBackTo(start).finally(ended);
      },
    };
  }

  private inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = this.last.then(write);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async append(text: string): Promise<void> {
    await this.orProblem(async () => {
      this.file ??= await this.openAtEnd();
      const start = this.size;
      try {
        const bytes = Buffer.from(text);
        await this.file.appendFile(bytes);
        this.size += bytes.length;
      } catch (error) {
        // Half an entry (a full disk) would spoil the whole file for programs that read it.
        await this.cutBackTo(start).catch(() => undefined);
        throw error;
      }
    });
  }

  private async cutBackTo(size: number): Promise<void> {
    await this.file?.truncate(size);
    this.size = size;
  }

  private async openAtEnd(): Promise<FileHandle> {
    const file = await open(this.path, 'a+');
    this.size = (await file.stat()).size;
    if (this.size === 0) return file;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, this.size - 1);
    if (buffer[0] === LINE_FEED) return file;
    // A run that was killed left half an entry: ours start on a line of their own.
    await file.appendFile('\n');
    this.size += 1;
    return file;
  }

  private async orProblem(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const { code, message } = errorFacts(error);
      const reason = `cannot be written (${code === '' ? message : code})`;
      const remedy = 'name a file in a folder that exists and may be written to, with --dead-letter';
      throw new ProblemsError([{ path: '--dead-letter', value: this.path, reason, remedy }]);
    }
  }
}

function toEntry({ line, reason, data }: DeadLetter): string {
  const record = isUtf8(data) ? { record: data.toString() } : { recordBase64: data.toString('base64') };
  return `${JSON.stringify({ line, reason, ...record })}\n`;
}
