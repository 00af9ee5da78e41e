/** One line of the input, without its line break. */
export interface Line {
  /** Counted from 1, blank lines included: what an editor shows. */
  readonly number: number;
  readonly data: Buffer;
}

/** Takes a line that is too long to hold, piece by piece. */
export interface LongLine {
  write(piece: Buffer): Promise<void>;
  /** The line is whole. */
  end(): Promise<void>;
  /** The input ended by an error or a stop: what was written is not the whole line. */
  discard(): Promise<void>;
}

export interface LineReaderOptions {
  /** The first line to read; those before it are only counted. */
  readonly fromLine: number;
  /** The longest line to hold in memory, in bytes. */
  readonly longestHeld: number;
  /** Where a longer one goes. */
  readonly openLongLine: (number: number) => Promise<LongLine>;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits bytes into lines, as bytes: a character cut in two by a chunk's end is whole again in its line.
 *
 * Lines are handed over as they came, a chunk's worth at a time: one asynchronous step for each line would cost more
 * than the rest of the work. Memory is bounded by a chunk and the longest line held.
 */
export class LineReader {
  private lineNumber = 0;
  private held: Buffer[] = [];
  private heldBytes = 0;
  private longLine: LongLine | undefined;

  constructor(private readonly options: LineReaderOptions) {}

  /** The last line that was read to its end; 0 before the first. */
  get lastLine(): number {
    return this.lineNumber;
  }

  async *read(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Line[], void, undefined> {
    try {
      for await (const chunk of chunks) yield* this.split(asBuffer(chunk));
      // The last line needs no line break.
      if (this.longLine !== undefined) await this.endLongLine(this.longLine);
      else if (this.heldBytes > 0) yield [this.take(Buffer.alloc(0))];
    } finally {
      await this.longLine?.discard();
    }
  }

  private async *split(chunk: Buffer): AsyncGenerator<readonly Line[], void, undefined> {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const piece = chunk.subarray(start, end);
      start = end + 1;
      if (this.longLine !== undefined) {
        await this.longLine.write(piece);
        await this.endLongLine(this.longLine);
      } else if (this.lineNumber + 1 < this.options.fromLine) {
        this.lineNumber += 1;
      } else {
        lines.push(this.take(piece));
      }
    }
    // The lines before a long one go first: it is dealt with only when they have been taken.
    if (lines.length > 0) yield lines;
    await this.hold(chunk.subarray(start));
  }

  private take(end: Buffer): Line {
    this.lineNumber += 1;
    let data = this.held.length === 0 ? end : Buffer.concat([...this.held, end]);
    this.held = [];
    this.heldBytes = 0;
    if (data.at(-1) === CARRIAGE_RETURN) data = data.subarray(0, -1);
    if (this.lineNumber === 1 && data.subarray(0, 3).equals(BYTE_ORDER_MARK)) data = data.subarray(3);
    return { number: this.lineNumber, data };
  }

  private async hold(piece: Buffer): Promise<void> {
    if (piece.length === 0 || this.lineNumber + 1 < this.options.fromLine) return;
    if (this.longLine !== undefined) return this.longLine.write(piece);
    this.held.push(piece);
    this.heldBytes += piece.length;
    if (this.heldBytes <= this.options.longestHeld) return;
    this.longLine = await this.options.openLongLine(this.lineNumber + 1);
    for (const part of this.held.splice(0)) await this.longLine.write(part);
    this.heldBytes = 0;
  }

  private async endLongLine(longLine: LongLine): Promise<void> {
    await longLine.end();
    this.longLine = undefined;
    this.lineNumber += 1;
  }
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
