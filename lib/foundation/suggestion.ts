import { distance } from 'fastest-levenshtein';

/**
 * The known word that was most likely meant, if one is near enough to be worth naming: less than a third of the letters are
 * wrong, two neighbours that changed places count as one, and never more than three. `szie` finds `size`, `remove` does not
 * find `move`. In a word of three letters one may be wrong, but not the first: `prd` finds `prod`, `one` does not find `none`.
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: edits(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= tolerance(lower, candidate.toLowerCase()))
    .sort((a, b) => a.edits - b.edits);
  return nearest?.candidate;
}

function tolerance(word: string, candidate: string): number {
  if (word.length === 3 && candidate.startsWith(word.charAt(0))) return 1;
  return Math.min(3, Math.max(0, Math.ceil(word.length / 3) - 1));
}

/** Letters put in, left out or replaced, and neighbours that changed places, once. */
function edits(word: string, candidate: string): number {
  const swapped = Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => {
    const [before, pair, after] = [word.slice(0, index), word.slice(index, index + 2), word.slice(index + 2)];
    return `${before}${pair.charAt(1)}${pair.charAt(0)}${after}`;
  });
  return Math.min(distance(word, candidate), ...swapped.map((each) => distance(each, candidate) + 1));
}

/** A longer list is not shown where one word was probably meant. */
const MOST_WORDS_BESIDE_A_SUGGESTION = 8;

/** A remedy for an unknown name: the likely one if there is one, and those that are known. */
export function suggestOneOf(word: string, known: readonly string[]): string {
  const nearest = suggest(word, known);
  const all = known.join(', ');
  if (nearest === undefined) return `use one of: ${all}`;
  return `did you mean "${nearest}"?${known.length > MOST_WORDS_BESIDE_A_SUGGESTION ? '' : ` Known: ${all}`}`;
}
