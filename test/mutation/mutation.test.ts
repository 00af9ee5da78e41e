import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTs } from '../support/run';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants';
import { mutationReport } from './mutation-report';
import { room, ROOM_NAMES } from './rooms';
import type { Tested } from './test-mutants';

const FIXTURE = 'test/mutation/fixture/count.ts';

describe('a small program', () => {
  let tested: readonly Tested[];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
    const { stdout, stderr } = await runTs('test/mutation/fixture/run.ts', [folder]);
    expect(stderr).toBe('');
    tested = JSON.parse(stdout) as Tested[];
    rmSync(folder, { recursive: true, force: true });
  }, 600_000);

  function fateOf(original: string, replacement: string): string[] {
    return tested
      .filter(({ mutant }) => mutant.original === original && mutant.replacement === replacement)
      .map(({ fate, mutant }) => `${fate} in line ${mutant.line}`);
  }

  test('what a test notices is killed', () => {
    expect(fateOf('value > 100', 'value <= 100')).toEqual(['killed in line 9']);
    expect(fateOf('steps++', 'steps--')).toEqual(['killed in line 4']);
  });

  test('what none notices survives', () => {
    expect(fateOf('value > 100', 'value >= 100')).toEqual(['survived in line 9']);
  });

  test('what never ends is noticed', () => {
    expect(fateOf('left--', 'left++')).toEqual(['timed out in line 4']);
  });

  test('the report lists what survived, counts the rest, and asks for 85 %', () => {
    const { text, isEnough } = mutationReport(tested, []);
    expect(text).toContain(`${FIXTURE}:9 EqualityOperator: value > 100  →  value >= 100`);
    expect(text).toMatch(/^test\/mutation\/fixture\/count\.ts +\d+ +[1-9]\d* +[1-9]\d* +0 +\d+ %$/m);
    expect(isEnough).toBe(true);
  });
});

const MUTANT = { id: '1', file: 'lib/a.ts', line: 3, mutator: 'M', original: 'a < b', replacement: 'a <= b' };

test('a known equivalent counts neither way, wherever its line is', () => {
  const { file, mutator, original, replacement } = MUTANT;
  const known = [{ file, mutator, original, replacement, reason: 'They are never equal' }];
  const survived = { mutant: { ...MUTANT, line: 30 }, fate: 'survived' as const };
  const killed = { mutant: { ...MUTANT, original: 'c' }, fate: 'killed' as const };
  expect(mutationReport([survived, killed], []).isEnough).toBe(false);
  expect(mutationReport([survived, killed], known).isEnough).toBe(true);
  // One that a test notices is none.
  const stale = mutationReport([{ mutant: MUTANT, fate: 'killed' }], known);
  expect(stale.isEnough).toBe(false);
  expect(stale.text).toContain('remove the entry');
});

test('what no test comes to has survived', () => {
  const { text, isEnough } = mutationReport([{ mutant: MUTANT, fate: 'not covered' }], []);
  expect(isEnough).toBe(false);
  expect(text).toContain('lib/a.ts:3 M (no test comes here): a < b  →  a <= b');
});

test('every room has sources and tests, and every equivalent a reason', () => {
  for (const name of ROOM_NAMES) {
    const { sources, tests } = room(name);
    expect(sources.length).toBeGreaterThan(0);
    expect(tests.length).toBeGreaterThan(0);
  }
  for (const { reason } of EQUIVALENT_MUTANTS) expect(reason.split(' ').length).toBeGreaterThan(4);
});
