import { fstatSync, statSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ProblemsError } from '../../foundation/problem';
import { errorFacts } from '../producer';

/** Large enough that reading is not what takes the time, small beside a batch. */
const READ_AHEAD = 256 * 1024;

/**
 * A file to read, or standard input for `-`.
 *
 * @throws {ProblemsError} if it cannot be opened
 */
export async function openInput(path: string): Promise<Readable> {
  if (path === '-') return process.stdin;
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    }
    return file.createReadStream({ highWaterMark: READ_AHEAD });
  } catch (error) {
    const { code, message } = errorFacts(error);
    const reason = `cannot be read (${code === '' ? message : code})`;
    throw new ProblemsError([{ path: '--file', value: path, reason, remedy: 'name a file that exists' }]);
  }
}

/** Beside the input; for standard input in the working directory, named after the delivery stream. */
export function defaultDeadLetterPath(file: string, stream: string): string {
  if (file === '-') return `${stream}.dead-letter.ndjson`;
  return join(dirname(file), `${basename(file)}.dead-letter.ndjson`);
}

/** @throws {ProblemsError} if dead letters would be appended to what is being read, without end */
export function refuseSameFile(file: string, deadLetter: string): void {
  const [input, output] = [statOf(file), statOf(deadLetter)];
  // By what they are and not by their names: links lead to the input, too.
  if (input?.isFile() !== true || input.dev !== output?.dev || input.ino !== output.ino) return;
  const remedy = 'name another file, or leave it out to write beside the input';
  throw new ProblemsError([{ path: '--dead-letter', value: deadLetter, reason: 'is the input itself', remedy }]);
}

/** Undefined for what is not there. */
function statOf(path: string): Stats | undefined {
  try {
    return path === '-' ? fstatSync(process.stdin.fd) : statSync(path);
  } catch {
    return undefined;
  }
}
