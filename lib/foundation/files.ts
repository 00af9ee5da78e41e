import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ProblemsError } from './problem';

/**
 * Reads a text file, or standard input for `-`.
 *
 * @param setting what named the file, for the error
 * @throws {ProblemsError} if it cannot be read
 */
export function readText(path: string, setting: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new ProblemsError([
      { path: setting, value: path, reason: `cannot be read (${errorCode(error)})`, remedy: 'name a file that exists' },
    ]);
  }
}

/**
 * Reads a JSON file, or standard input for `-`.
 *
 * @throws {ProblemsError} if it cannot be read or is not JSON
 */
export function readJson(path: string, setting: string): unknown {
  const text = readText(path, setting);
  try {
    // Editors on Windows put a mark at the start of a file that is no part of the JSON.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const reason = `is not JSON (${(error as Error).message.replace(/\s+/g, ' ')})`;
    throw new ProblemsError([{ path: setting, value: path, reason, remedy: 'correct it where the message says' }]);
  }
}

/**
 * Writes a file whole or not at all: an older one stays until the new one is complete.
 *
 * @throws {ProblemsError} if it cannot be written
 */
export function writeWhole(path: string, content: string, setting: string): void {
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

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
