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
  return `${path}: ${subject}${reason}; ${remedy}`;
}

/** All the mistakes found, at once: a person corrects them in one go. */
export class ProblemsError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ProblemsError';
  }
}

/** @throws {ProblemsError} if there are any problems. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

function showValue(value: unknown): string {
  const text = toJson(value) ?? String(value);
  return text.length > LONGEST_VALUE_SHOWN ? `${text.slice(0, LONGEST_VALUE_SHOWN - 1)}…` : text;
}

/** Undefined for what JSON has no form for: functions, symbols, big integers, cycles. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
