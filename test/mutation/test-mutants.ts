import { JestProcess } from './jest-process';
import { instrument, type Mutant } from './instrument';
import type { Room } from './rooms';

export type Fate = 'killed' | 'timed out' | 'survived' | 'not covered';

export interface Tested {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

export interface TestMutantsOptions {
  readonly root: string;
  /** For the instrumented copies. */
  readonly folder: string;
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/** A test file that reaches mutants, and how long it takes without one. */
interface Reaching {
  readonly test: string;
  /** Milliseconds. */
  readonly took: number;
  readonly hits: Readonly<Record<string, number>>;
}

/** A mutant may be run through so many times as often as the code that it replaces; a loop that ends is far below. */
const HITS = { times: 100, least: 10_000 };
/** Milliseconds that a test file is given beyond five times what it took. */
const SLACK = 30_000;
const LONGEST_DRY_RUN = 300_000;

/**
 * Which mutants of a room its tests notice. All mutants are in one instrumented copy of the code; a first run of each test
 * file tells which it reaches, and each mutant is then shown to those files only, the quickest first, until one fails.
 *
 * @throws {Error} if a test fails without any mutant
 */
export async function testMutants(room: Room, { root, folder, onProgress }: TestMutantsOptions): Promise<Tested[]> {
  const mutants = await instrument(root, room.sources, folder);
  const jest = new JestProcess(folder);
  try {
    const reaching = await dryRun(room.tests, jest, root, folder);
    const tested: Tested[] = [];
    for (const mutant of mutants) {
      tested.push({ mutant, fate: await fateOf(mutant, reaching, jest, root, folder) });
      onProgress?.(tested.length, mutants.length);
    }
    return tested;
  } finally {
    jest.stop();
  }
}

async function dryRun(tests: readonly string[], jest: JestProcess, root: string, folder: string): Promise<Reaching[]> {
  const reaching: Reaching[] = [];
  for (const test of tests) {
    const question = { root, folder, test, mutant: undefined, hitLimit: undefined };
    const answer = await jest.ask(question, LONGEST_DRY_RUN);
    if (answer?.passed !== true)
      throw new Error(`${test} fails without a mutant: ${answer?.defect ?? answer?.failure ?? 'no answer'}`);
    if (Object.keys(answer.hits).length === 0) continue;
    // Once more: the first run compiled what it loaded.
    const again = await jest.ask(question, LONGEST_DRY_RUN);
    reaching.push({ test, hits: answer.hits, took: again?.took ?? answer.took });
  }
  return reaching.sort((a, b) => a.took - b.took);
}

async function fateOf(
  { id }: Mutant,
  reaching: readonly Reaching[],
  jest: JestProcess,
  root: string,
  folder: string,
): Promise<Fate> {
  const covering = reaching.filter(({ hits }) => id in hits);
  for (const { test, took, hits } of covering) {
    const hitLimit = Math.max(HITS.least, HITS.times * (hits[id] ?? 0));
    const question = { root, folder, test, mutant: id, hitLimit };
    const limit = 5 * took + SLACK;
    // Asked again, of a fresh process: what ended the first may have been something else.
    const answer = (await jest.ask(question, limit)) ?? (await jest.ask(question, limit));
    if (answer === undefined) return 'timed out';
    if (answer.defect !== undefined) throw new Error(`${test} could not be run: ${answer.defect}`);
    if (!answer.passed) return answer.failure?.includes('Hit count limit reached') ? 'timed out' : 'killed';
  }
  return covering.length === 0 ? 'not covered' : 'survived';
}
