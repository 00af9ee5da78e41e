import { fieldsOf } from '../foundation/settings';
import { count, EnvironmentMistakes, type Mistake, type Part } from './mistakes';
import { environmentSchema, type Environment } from './schema';
import { selectOne } from './select';
import { findMistakes, nameOf } from './validate';

/** Places of mistakes that a note names; of more, it says how many. */
const MOST_PLACES_SHOWN = 3;

/**
 * The parts of one environment that a command looks at. Mistakes elsewhere, in other parts or other environments, do not
 * stand in its way.
 *
 * @param inputs all environments, as written
 * @param wanted the name that was given to the command
 * @param note is told, in one line, that there are mistakes elsewhere
 * @throws {UsageError} if several environments are named
 * @throws {ProblemsError} for a name that no environment has
 * @throws {EnvironmentMistakes} with the mistakes in these parts
 */
export function lookUp<Looked extends Part>(
  inputs: readonly unknown[],
  wanted: string,
  parts: readonly Looked[],
  note: (line: string) => void,
): Pick<Environment, Looked | 'name'> {
  const known = inputs.flatMap((input, index) => {
    const name = nameOf(input);
    // Of a name that is there twice the first: that it is a mistake, its own problem says.
    const isFirst = inputs.findIndex((other) => nameOf(other) === name) === index;
    return name !== undefined && isFirst ? [{ name, input }] : [];
  });
  const { name, input } = selectOne(known, wanted);

  const { mistakes, labels } = findMistakes(inputs);
  const own = labels.filter((_, index) => nameOf(inputs[index]) === name);
  const looked: readonly string[] = [...parts, 'name'];
  const concerns = ({ label, part }: Mistake): boolean => own.includes(label) && looked.includes(part);
  const here = mistakes.filter(concerns);
  const elsewhere = noteOf(mistakes.filter((mistake) => !concerns(mistake)));
  if (here.length > 0) throw new EnvironmentMistakes(here, labels, elsewhere);
  if (elsewhere !== undefined) note(elsewhere);
  // There is no mistake in these parts, so each of them is there.
  return fieldsOf(environmentSchema, input) as Environment;
}

/** `note: 3 mistakes elsewhere (dev.web, prod.delivery): npm run synth shows them`; undefined if there are none. */
function noteOf(mistakes: readonly Mistake[]): string | undefined {
  if (mistakes.length === 0) return undefined;
  const places = [...new Set(mistakes.map(({ label, part }) => (part === '' ? label : `${label}.${part}`)))];
  const shown = places.slice(0, MOST_PLACES_SHOWN).join(', ');
  const more = places.length > MOST_PLACES_SHOWN ? ` and ${places.length - MOST_PLACES_SHOWN} more places` : '';
  return `note: ${count(mistakes.length)} elsewhere (${shown}${more}): npm run synth shows them`;
}
