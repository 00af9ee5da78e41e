import { distance } from 'fastest-levenshtein';

/**
 * The known word that was most likely meant, if one is near enough to be worth naming: less than a third of the letters are
 * wrong, two neighbours that changed places count as one, and never more than three. `szie` finds `size`, `remove` does not
 * find `move`. In a word of three letters one may be wrong, but not the first: `prd` finds `prod`, `one` does not find `none`.
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  return nearestOf(word, known)[0];
}

/** Those that are as near as the nearest. */
function nearestOf(word: string, known: readonly string[]): string[] {
  const lower = word.toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, edits: edits(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= tolerance(lower, candidate.toLowerCase()));
  const least = Math.min(...near.map(({ edits }) => edits));
  return near.filter(({ edits }) => edits === least).map(({ candidate }) => candidate);
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
/** Of more that are as near, none is likely. */
const MOST_SUGGESTIONS = 3;

/** A remedy for an unknown name: the likely ones if there are any, and those that are known. */
export function suggestOneOf(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  const all = known.join(', ');
  if (nearest.length === 0 || nearest.length > MOST_SUGGESTIONS) return `use one of: ${all}`;
  const last = nearest.at(-1) ?? '';
  const others = nearest.slice(0, -1).map((each) => `"${each}"`);
  const meant = others.length === 0 ? `"${last}"` : `${others.join(', ')} or "${last}"`;
  return `did you mean ${meant}?${known.length > MOST_WORDS_BESIDE_A_SUGGESTION ? '' : ` Known: ${all}`}`;
}
