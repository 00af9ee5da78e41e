import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeWhole } from './files';

/** A text file to be written. */
export interface TextFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Writes several files, all or none: if one cannot be written, those before it are as they were.
 *
 * @param setting what the files are for, for the error
 * @throws {ProblemsError} if one of them cannot be written
 */
export function writeTogether(files: readonly TextFile[], setting: string): void {
  const written: { path: string; before: Buffer | undefined }[] = [];
  try {
    for (const { path, content } of files) {
      const before = existsSync(path) ? readFileSync(path) : undefined;
      writeWhole(path, content, setting);
      written.push({ path, before });
    }
  } catch (error) {
    for (const { path, before } of written) {
      try {
        if (before === undefined) rmSync(path, { force: true });
        else writeWhole(path, before, setting);
      } catch {
        // The others are to be tried all the same, and what went wrong first is what to tell.
      }
    }
    throw error;
  }
}
