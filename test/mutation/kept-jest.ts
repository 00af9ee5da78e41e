// A process that runs one test file after the other, each with the mutant that is asked for, and keeps Jest loaded.
import { createRequire } from 'node:module';
import { runCLI } from 'jest';

/** Jest's settings for `npm test`: plain JavaScript, which has no types. */
const base = createRequire(__filename)('../../jest.config.js') as Record<string, unknown>;

export interface Question {
  readonly root: string;
  readonly folder: string;
  readonly test: string;
  readonly mutant: string | undefined;
  /** How often the mutant may be run through: more is a loop. */
  readonly hitLimit: number | undefined;
}

export interface Answer {
  readonly passed: boolean;
  /** Milliseconds. */
  readonly took: number;
  /** How often each mutant was run through, by its ID; only without a mutant. */
  readonly hits: Readonly<Record<string, number>>;
  readonly failure: string | undefined;
  /** What went wrong in Jest itself, which says nothing of the mutant. */
  readonly defect?: string | undefined;
}

interface Switches {
  activeMutant?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> } | undefined;
}

const switches: Switches = {};
Object.assign(globalThis, { __stryker__: switches });

async function answer({ root, folder, test, mutant, hitLimit }: Question): Promise<Answer> {
  Object.assign(switches, {
    activeMutant: mutant,
    hitCount: hitLimit === undefined ? undefined : 0,
    hitLimit,
    mutantCoverage: { static: {}, perTest: {} },
  });
  const begun = performance.now();
  const config = {
    ...base,
    rootDir: root,
    // The file is given: it need not be one that `npm test` would find.
    testMatch: ['**/*.ts'],
    testEnvironment: `${__dirname}/mutation-environment.js`,
    transform: { '^.+\\.ts$': [`${__dirname}/instrumented-transform.js`, { folder }] },
    // Jest would wrap what a test's globals hold, once more after each file: also what is shared with this process, which
    // ends in a stack overflow after some hundred.
    testEnvironmentOptions: { globalsCleanup: 'off' },
    // What tests leave in the temporary directory goes with the folder of the instrumented copies.
    globalSetup: undefined,
    globalTeardown: undefined,
    cacheDirectory: `${root}/node_modules/.cache/ishizue/mutation`,
    reporters: [],
  };
  const { results } = await runCLI(
    {
      ...{
        $0: 'jest',
        _: [test],
        runTestsByPath: true,
        runInBand: true,
        watchman: false,
        silent: true,
        passWithNoTests: true,
      },
      ...{ ci: true, reporters: [], config: JSON.stringify(config), testTimeout: 20_000 },
    },
    [root],
  );
  const failed = results.testResults.find(({ failureMessage }) => Boolean(failureMessage));
  return {
    passed: results.success && results.numTotalTests > 0,
    took: performance.now() - begun,
    hits: mutant === undefined ? (switches.mutantCoverage?.static ?? {}) : {},
    failure: failed?.failureMessage ?? undefined,
  };
}

process.on('message', (question: Question) => {
  answer(question).then(
    (found) => process.send?.(found),
    (error: unknown) => {
      const defect = String((error as Error).stack);
      process.send?.({ passed: false, took: 0, hits: {}, failure: undefined, defect } satisfies Answer);
    },
  );
});
