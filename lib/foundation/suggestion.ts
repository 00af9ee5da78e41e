import { distance } from 'fastest-levenshtein';

/**
 * The known word that was most likely meant, if one is near enough to be worth naming.
 * At most half of the letters may differ, and never more than three: `szie` finds `size`, and `xyz` finds nothing.
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const tolerance = Math.min(3, Math.ceil(word.length / 2));
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= tolerance)
    .sort((a, b) => a.edits - b.edits);
  return nearest?.candidate;
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
