import { z } from 'zod';
import { retentionDaysSchema } from '../foundation/retention';
import { oneOf, setting } from '../foundation/settings';

/** A build needs a few minutes; CodeBuild refuses less than 5. Source: `TimeoutInMinutes`, CodeBuild API Reference. */
const SHORTEST_MINUTES = 5;
/** Longer is a build that hangs. */
const LONGEST_MINUTES = 120;

/** Git's rules for names of branches are longer; these are what people use. Source: "Quotas", CodeCommit User Guide (256). */
const branch = setting(
  z.string().regex(/^(?!.*\.\.)[A-Za-z0-9][\w./-]{0,254}\w$|^[A-Za-z0-9]$/),
  'the name of a branch (without refs/heads/)',
  'main',
);

export const reviewSchema = z.strictObject({
  /** The CodeCommit repository whose pull requests are reviewed; of this account and region, and there already. */
  repository: setting(
    z
      .string()
      .regex(/^[\w.-]{1,100}$/)
      .refine((name) => !name.endsWith('.git')),
    'the name of a CodeCommit repository (letters, digits, ".", "_", "-"; 100 at most; not its address)',
    'ishizue',
  ),
  /** Pull requests into these are looked at. Their code is trusted: whoever may merge into them decides what a review says. */
  branches: setting(
    z
      .array(branch)
      .min(1)
      .refine((list) => new Set(list).size === list.length),
    'a list of branches, each once',
    ['main'],
  ).default(['main']),
  /** The least danger that is not approved. There is no `never`: it would approve whatever it sees. */
  failOn: oneOf(['data-loss', 'destructive', 'broadening', 'any']).default('destructive'),
  /** How long the logs of builds and executions are kept. */
  logs: z.strictObject({ retentionDays: retentionDaysSchema }),
  /** Minutes until either of the two builds is stopped. */
  timeoutMinutes: setting(
    z.int().min(SHORTEST_MINUTES).max(LONGEST_MINUTES),
    `a whole number of minutes from ${SHORTEST_MINUTES} to ${LONGEST_MINUTES}`,
    20,
  ).default(20),
});

export type ReviewSettings = z.output<typeof reviewSchema>;
