/** One mistake in something a person wrote: where it is, what is wrong with it, and what to do. */
export interface Problem {
  /** The setting, as a person would look for it: `dev.network.tiers[1].hostsPerZone`. */
  readonly path: string;
  /** The value as given. Leave it out when there is none to show (a missing setting). */
  readonly value?: unknown;
  /** Follows the value: `is not a whole number`, `overlaps …`. */
  readonly reason: string;
  /** What to do about it, in the imperative. */
  readonly remedy: string;
}

const LONGEST_VALUE_SHOWN = 60;

/** `path: value reason; remedy`, on one line whatever the value holds. */
export function formatProblem({ path, value, reason, remedy }: Problem): string {
  const subject = value === undefined ? '' : `${showValue(value)} `;
  return escapeControls(`${path}: ${subject}${reason}; ${remedy}`);
}

/** All the mistakes found, at once: a person corrects them in one go. */
export class ProblemsError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(showProblems(problems));
    this.name = 'ProblemsError';
  }
}

/** As many as a person reads at once. */
const MOST_SHOWN = 20;

function showProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, MOST_SHOWN).map(formatProblem);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])].join('\n');
}

/** @throws {ProblemsError} if there are any problems. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

function showValue(value: unknown): string {
  const text = toText(value);
  return text.length > LONGEST_VALUE_SHOWN ? `${text.slice(0, LONGEST_VALUE_SHOWN - 1)}…` : text;
}

function toText(value: unknown): string {
  // JSON has no form for these numbers, and would show null.
  if (typeof value === 'number') return String(value);
  try {
    const json: unknown = JSON.stringify(value);
    return typeof json === 'string' ? json : String(value);
  } catch {
    // Big integers, cycles, things nested too deep, things whose own conversion throws.
    if (typeof value === 'object')
      return Array.isArray(value) ? 'a list that cannot be shown' : 'an object that cannot be shown';
    return typeof value === 'bigint' ? String(value) : Object.prototype.toString.call(value);
  }
}

/** Keys, names and answers come from whoever wrote them: none may break the line or speak to the terminal. */
export function escapeControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) =>
    JSON.stringify(character).slice(1, -1),
  );
}
