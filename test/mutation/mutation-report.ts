import { renderTable } from '../../lib/foundation/table';
import { isEquivalent, isOf, type EquivalentMutant } from './equivalent-mutants';
import type { Fate, Tested } from './test-mutants';

/** The share of mutants, in percent, that the tests of each file must notice. */
export const THRESHOLD = 85;

export interface FileScore {
  readonly file: string;
  readonly noticed: number;
  /** Those of them that made the code run on for ever, or its process end. */
  readonly timedOut: number;
  readonly survived: number;
  readonly equivalent: number;
  /** Percent of those that could be noticed; 100 if there are none. */
  readonly score: number;
}

const NOTICED: readonly Fate[] = ['killed', 'timed out'];

export function scores(tested: readonly Tested[], known: readonly EquivalentMutant[]): FileScore[] {
  const files = [...new Set(tested.map(({ mutant }) => mutant.file))].sort();
  return files.map((file) => {
    const here = tested.filter(({ mutant }) => mutant.file === file);
    const noticed = here.filter(({ fate }) => NOTICED.includes(fate)).length;
    const timedOut = here.filter(({ fate }) => fate === 'timed out').length;
    const equivalent = here.filter(({ fate, mutant }) => !NOTICED.includes(fate) && isEquivalent(mutant, known)).length;
    const all = here.length - equivalent;
    const score = all === 0 ? 100 : (100 * noticed) / all;
    return { file, noticed, timedOut, survived: all - noticed, equivalent, score };
  });
}

/** What is told of a run, and whether it is good enough. */
export function mutationReport(
  tested: readonly Tested[],
  known: readonly EquivalentMutant[],
): { readonly text: string; readonly isEnough: boolean } {
  const files = scores(tested, known);
  const survivors = tested
    .filter(({ fate, mutant }) => !NOTICED.includes(fate) && !isEquivalent(mutant, known))
    .map(({ mutant: { file, line, mutator, original, replacement }, fate }) => {
      const note = fate === 'not covered' ? ' (no test comes here)' : '';
      return `${file}:${line} ${mutator}${note}: ${shorten(original)}  →  ${shorten(replacement)}`;
    });
  const low = files.filter(({ score }) => score < THRESHOLD);
  const looked = new Set(files.map(({ file }) => file));
  // It is noticed now, or its place has changed: the reason has to be thought over.
  const stale = known.filter(
    (entry) =>
      looked.has(entry.file) && !tested.some(({ fate, mutant }) => !NOTICED.includes(fate) && isOf(entry, mutant)),
  );
  const lines = [
    ...survivors,
    '',
    renderTable(
      ['file', 'noticed', 'timed out', 'survived', 'equivalent', 'score'],
      files.map(({ file, noticed, timedOut, survived, equivalent, score }) => [
        ...[file, noticed, timedOut, survived, equivalent],
        `${score.toFixed(0)} %`,
      ]),
    ),
    ...low.map(({ file, score }) => `${file}: ${score.toFixed(1)} % are noticed, less than ${THRESHOLD} %`),
    ...stale.map(({ file, original, replacement }) => {
      const what = `${shorten(original)} → ${shorten(replacement)}`;
      return `equivalent-mutants.ts: nothing survives in ${file} as ${what}; remove the entry`;
    }),
  ];
  return { text: lines.join('\n'), isEnough: low.length + stale.length === 0 };
}

const LONGEST = 100;

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
