import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One change to one place of the code. */
export interface Mutant {
  readonly id: string;
  /** From the root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

/**
 * Writes a copy of each file with all its mutants in it, each behind a switch, to where `instrumented-transform.js` looks.
 *
 * @param root what `files` are relative to
 */
export async function instrument(root: string, files: readonly string[], folder: string): Promise<Mutant[]> {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const quiet = (): void => undefined;
  const instrumenter = new Instrumenter({
    ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
    ...{
      isTraceEnabled: no,
      isDebugEnabled: no,
      isInfoEnabled: no,
      isWarnEnabled: no,
      isErrorEnabled: no,
      isFatalEnabled: no,
    },
  });
  const sources = files.map((file) => ({
    name: join(root, file),
    content: readFileSync(join(root, file), 'utf8'),
    mutate: true,
  }));
  const result = await instrumenter.instrument(sources, { plugins: null, excludedMutations: [], ignorers: [] });
  mkdirSync(folder, { recursive: true });
  for (const { name, content } of result.files) {
    writeFileSync(join(folder, `${createHash('sha256').update(name).digest('hex')}.ts`), content);
  }
  return result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => {
    const index = sources.findIndex(({ name }) => name === fileName);
    return {
      id,
      file: files[index] ?? fileName,
      // The instrumenter counts from 0.
      line: location.start.line + 1,
      mutator: mutatorName,
      original: oneLine(textAt(sources[index]?.content ?? '', location)),
      replacement: oneLine(replacement),
    };
  });
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function textAt(text: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column : 0, index === last ? end.column : undefined))
    .join('\n');
}

const no = (): boolean => false;

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
