import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '../../lib/foundation/problem';
import { readAssembly } from '../../lib/review/assembly';
import { compareAssemblies } from '../../lib/review/compare';
import { renderMarkdown } from '../../lib/review/render-markdown';
import { makeReport } from '../../lib/review/report';

/**
 * Pairs of small assemblies, each with what a reviewer must be told about it: findings.json and report.md beside them.
 * To write these anew, on purpose, and read what changed: UPDATE_CORPUS=1 npx jest test/review/corpus
 */
const CORPUS = join(__dirname, 'corpus');
const CASES = readdirSync(CORPUS).sort();

function compare(name: string): { findings: string; markdown: string } {
  try {
    const [base, head] = (['base', 'head'] as const).map((side) => readAssembly(join(CORPUS, name, side), side));
    if (base === undefined || head === undefined) throw new Error('a side is missing');
    const comparison = compareAssemblies(base, head);
    const sides = { base: { name: 'base' }, head: { name: 'head' }, failOn: 'destructive', allowProblems: [] } as const;
    const { findings, prices, hidden } = comparison;
    return {
      findings: `${JSON.stringify({ findings, prices, hidden }, undefined, 2)}\n`,
      markdown: renderMarkdown(makeReport(comparison, sides)),
    };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const findings = `${JSON.stringify({ error: error.message.split('\n') }, undefined, 2)}\n`;
    return { findings, markdown: `${error.message}\n` };
  }
}

test('there are enough of them', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(60);
});

describe.each(CASES)('%s', (name) => {
  const result = compare(name);
  test.each([
    ['findings.json', result.findings],
    ['report.md', result.markdown],
  ])('%s', (file, actual) => {
    const path = join(CORPUS, name, file);
    if (process.env.UPDATE_CORPUS === '1') writeFileSync(path, actual);
    // A case without an expectation has not been looked at.
    expect(existsSync(path)).toBe(true);
    expect(actual).toBe(readFileSync(path, 'utf8'));
  });
});
