import type { Mutant } from './instrument';

/** A change that no test can notice, because the program does the same with it. Lines may move; the texts may not change. */
export interface EquivalentMutant {
  readonly file: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  readonly reason: string;
}

export const EQUIVALENT_MUTANTS: readonly EquivalentMutant[] = [];

export function isEquivalent(mutant: Mutant, known: readonly EquivalentMutant[]): boolean {
  return known.some((entry) => isOf(entry, mutant));
}

export function isOf(entry: EquivalentMutant, { file, mutator, original, replacement }: Mutant): boolean {
  return (
    entry.file === file && entry.mutator === mutator && entry.original === original && entry.replacement === replacement
  );
}
