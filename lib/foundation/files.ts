import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { repeatedKeys } from './repeated-keys';
import { ProblemsError, throwIfAny } from './problem';

/**
 * Reads a text file, or standard input for `-`.
 *
 * @param setting what named the file, for the error
 * @throws {ProblemsError} if it cannot be read
 */
export function readText(path: string, setting: string): string {
  try {
    return path === '-' ? readFileSync(0, 'utf8') : readRegular(path).toString('utf8');
  } catch (error) {
    throw new ProblemsError([
      { path: setting, value: path, reason: cannotBeRead(error), remedy: 'name a file that exists' },
    ]);
  }
}

/** What a process was started with: a pipe there has somebody at its other end. */
const STARTED_WITH = /^\/(dev\/stdin|(dev|proc\/self)\/fd\/\d+)$/;

/**
 * Reads a file whole. A named pipe that nobody writes to would block the process for ever, where it hears no signal, and a
 * device may have no end: what is not a file is refused, except what a process was started with.
 *
 * @throws {Error} with a code, as Node's own: ENOTREG for what is not a file
 */
export function readRegular(path: string): Buffer {
  const stats = statSync(path);
  if (!stats.isFile() && !stats.isDirectory() && !STARTED_WITH.test(path)) {
    throw Object.assign(new Error('a named pipe or a device, not a file'), { code: 'ENOTREG' });
  }
  return readFileSync(path);
}

/**
 * Reads a JSON file, or standard input for `-`.
 *
 * @throws {ProblemsError} if it cannot be read, is not JSON, or names a key twice in one object: the last would win, silently
 */
export function readJson(path: string, setting: string): unknown {
  const text = readText(path, setting);
  // Editors on Windows put a mark at the start of a file that is no part of the JSON.
  const json = text.replace(/^\uFEFF/, '');
  try {
    const value = JSON.parse(json) as unknown;
    const remedy = 'keep one of them';
    throwIfAny(repeatedKeys(json).map((where) => ({ path: setting, value: path, reason: `has ${where}`, remedy })));
    return value;
  } catch (error) {
    if (error instanceof ProblemsError) throw error;
    const reason = `is not JSON (${(error as Error).message.replace(/\s+/g, ' ')})`;
    throw new ProblemsError([{ path: setting, value: path, reason, remedy: 'correct it where the message says' }]);
  }
}

/**
 * Writes a file whole or not at all: an older one stays until the new one is complete.
 *
 * @throws {ProblemsError} if it cannot be written
 */
export function writeWhole(path: string, content: string | Uint8Array, setting: string): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new ProblemsError([
      {
        path: setting,
        value: path,
        reason: `cannot be written (${errorCode(error)})`,
        remedy: 'name a file in a folder that exists and may be written to',
      },
    ]);
  }
}

function cannotBeRead(error: unknown): string {
  const code = errorCode(error);
  return code === 'ENOTREG' ? 'is a named pipe or a device' : `cannot be read (${code})`;
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
