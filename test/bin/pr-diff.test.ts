import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/pr-diff';
import { call } from '../support/call';
import { ROOT, type Finished } from '../support/run';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Compares a pair of the corpus. */
function compare(name: string, ...args: string[]): Promise<Finished> {
  const of = (side: string): string => join(ROOT, 'test/review/corpus', name, side);
  return prDiff('--base-assembly', of('base'), '--head-assembly', of('head'), ...args);
}

function prDiff(...args: string[]): Promise<Finished> {
  return call('pr-diff', main, args);
}

test('help', async () => {
  const { code, stdout, stderr } = await prDiff('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('pr-diff --base origin/main');
});

test.each<[string, string, number]>([
  ['bucket-deleted', 'never', 0],
  ['bucket-deleted', 'data-loss', 1],
  ['bucket-deleted', 'any', 1],
  ['bucket-deleted-retained', 'data-loss', 0],
  ['bucket-deleted-retained', 'destructive', 1],
  ['iam-broadened-by-action', 'destructive', 0],
  ['iam-broadened-by-action', 'broadening', 1],
  ['iam-narrowed', 'broadening', 0],
  ['iam-narrowed', 'any', 1],
  ['asset-changed', 'any', 0],
  ['nothing-changed', 'any', 0],
])('%s, --fail-on %s: exit code %i', async (name, level, expected) => {
  const { code, stderr } = await compare(name, '--fail-on', level);
  expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
});

test.each([
  ['markdown', /^<!-- pr-diff -->\n## Infrastructure changes: 1 data loss\n/],
  ['html', /^<!doctype html>/],
  ['json', /^\{\n {2}"version": 1,/],
  ['text', /^Infrastructure changes: 1 data loss\n/],
])('--format %s', async (format, start) => {
  const { code, stdout } = await compare('bucket-deleted', '--format', format);
  expect(code).toBe(0);
  expect(stdout).toMatch(start);
});

test('--output writes a file', async () => {
  const file = join(folder, 'report.html');
  const { stdout } = await compare('bucket-deleted', '--format', 'html', '--output', file);
  expect(stdout).toBe('');
  expect(readFileSync(file, 'utf8')).toContain('</html>');
});

test('--output that cannot be written is a line, and no report of a failure', async () => {
  const finished = await compare('bucket-deleted', '--output', '/nonexistent/x');
  expect(finished).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^--output: "[^\n]+\n$/) as unknown });
});

test('--all shows what is noise', async () => {
  const { stdout } = await compare('asset-changed', '--all', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ change: 'update', logicalId: 'Fn' }] });
});

test('--allow accepts a change; one more entry is an error', async () => {
  const file = join(folder, 'allow.json');
  const entry = {
    stack: 'app-Data',
    logicalId: 'Bucket',
    change: 'delete',
    reason: 'It was empty all along',
    danger: 'data-loss',
    expires: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  };
  writeFileSync(file, JSON.stringify([entry]));
  expect((await compare('bucket-deleted', '--fail-on', 'any', '--allow', file)).code).toBe(0);
  writeFileSync(file, JSON.stringify([entry, { ...entry, stack: 'other' }]));
  const stale = await compare('bucket-deleted', '--fail-on', 'any', '--allow', file);
  expect(stale.code).toBe(1);
  expect(stale.stdout).toContain('accepts a change that is not made here');
  writeFileSync(file, '[{"stack":1}]');
  const malformed = await compare('bucket-deleted', '--allow', file);
  expect(malformed.code).toBe(1);
  expect(malformed.stderr.split('\n').length).toBeGreaterThan(3);
});

test.each(['malformed-template', 'manifest-missing', 'malformed-resource'])('%s: exit code 3', async (name) => {
  const { code, stdout, stderr } = await compare(name, '--fail-on', 'any');
  expect(code).toBe(3);
  expect(stdout).toContain('could not be compared');
  expect(stderr).not.toBe('');
});

test.each([
  [[]],
  [['--base', 'main', '--base-assembly', 'x']],
  [['--base', 'main', '--head', '.', '--head-assembly', 'x']],
  [['--base', '.']],
  [['--against', 'dev']],
  [['--base', 'main', '--format', 'xml']],
  [['--base', 'main', '--fail-on', 'destructiv']],
  [['--base', 'main', '--max-length', '10']],
  [['--base', 'main', '--max-length', 'all']],
  [['--bas', 'main']],
  [['main']],
])('wrong usage: %j', async (args) => {
  const { code, stdout, stderr } = await prDiff(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^pr-diff: [^\n]+ \(see pr-diff --help\)\n$/);
});
