import { Argument, Option } from '@commander-js/extra-typings';
import { suggestOneOf } from './suggestion';
import { UsageError } from './usage-error';

/** An option with a value, which it need not be given. */
type Valued<Flags extends string, Value> = Option<Flags, undefined, undefined, undefined, false, Value>;

/** An option that takes one of a few words; they are shown in help, and completed. */
export function choiceOption<Flags extends string, const Words extends readonly string[]>(
  flags: Flags,
  description: string,
  words: Words,
): Valued<Flags, Words[number]> {
  const option = checkedOption(flags, description, (text, flag) => oneOf(text, flag, words));
  // For help and completion. Commander's own `choices` would replace the reader, and its words.
  option.argChoices = [...words];
  return option;
}

/** An argument that is one of a few words. */
export function choiceArgument<const Words extends readonly string[]>(
  name: '<shell>',
  description: string,
  words: Words,
): Argument<'<shell>', undefined, Words[number]> {
  const argument = new Argument(name, description);
  const read = argument.argParser((text) => oneOf(text, argument.name(), words));
  read.argChoices = [...words];
  return read;
}

/** An option that takes a whole number, of `from` or more. */
export function countOption<Flags extends string>(
  flags: Flags,
  description: string,
  from: number,
): Valued<Flags, number> {
  return checkedOption(flags, description, (text, flag) => {
    const count = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= from) return count;
    throw new UsageError(`${flag} ${text} is not a whole number from ${from}`);
  });
}

/** An option whose text has a form. */
export function formOption<Flags extends string>(
  flags: Flags,
  description: string,
  form: RegExp,
): Valued<Flags, string> {
  return checkedOption(flags, description, (text, flag) => {
    if (form.test(text)) return text;
    throw new UsageError(`${flag} ${JSON.stringify(text)} is not what it should be`);
  });
}

/**
 * An option whose text is made into something else.
 *
 * @param read throws a UsageError if it cannot; it is given the option's name for that
 */
export function checkedOption<Flags extends string, Value>(
  flags: Flags,
  description: string,
  read: (text: string, flag: string) => Value,
): Valued<Flags, Value> {
  const option = new Option(flags, description);
  return option.argParser((text) => read(text, option.long ?? flags));
}

function oneOf<const Words extends readonly string[]>(text: string, name: string, words: Words): Words[number] {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new UsageError(`${name} ${text}: ${suggestOneOf(text, words)}`);
  return word;
}
