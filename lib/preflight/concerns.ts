import type { Expectations, StackKind } from './expectations';

/** Which stacks a check is about: their deployment fails if it does, and what they have made is theirs. A test looks for both. */
const CONCERNS = {
  account: 'every',
  toolkit: 'every',
  stacks: 'every',
  zones: ['Network'],
  vpcs: ['Network'],
  addresses: ['Network'],
  'session preferences': ['Access'],
  platform: ['Web'],
  certificate: ['Web'],
  'host names': ['Web'],
  connection: ['Connect'],
  interfaces: ['Connect'],
} as const satisfies Readonly<Record<string, 'every' | readonly StackKind[]>>;

export type CheckName = keyof typeof CONCERNS;

export function concerns(check: CheckName, { stacks }: Pick<Expectations, 'stacks'>): boolean {
  return stacksOf(check, { stacks }).length > 0;
}

/** The names of the stacks that a check is about, among those that are to be deployed. */
export function stacksOf(check: CheckName, { stacks }: Pick<Expectations, 'stacks'>): readonly string[] {
  const kinds: 'every' | readonly StackKind[] = CONCERNS[check];
  return stacks.filter(({ kind }) => kinds === 'every' || kinds.includes(kind)).map(({ name }) => name);
}
