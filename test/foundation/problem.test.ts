import { formatProblem, ProblemsError, throwIfAny } from '../../lib/foundation/problem';

const PROBLEM = { path: 'dev.network.nat', value: 'two', reason: 'is not known', remedy: 'use one of: none, single' };

test('one line: path, value, reason, remedy', () => {
  expect(formatProblem(PROBLEM)).toBe('dev.network.nat: "two" is not known; use one of: none, single');
});

test('without a value, the reason follows the path', () => {
  expect(formatProblem({ ...PROBLEM, value: undefined })).toBe(
    'dev.network.nat: is not known; use one of: none, single',
  );
});

test.each([
  ['line\nbreak', '"line\\nbreak"'],
  ['x'.repeat(100), `"${'x'.repeat(58)}…`],
  [{ a: [1, null] }, '{"a":[1,null]}'],
  [10n, '10'],
  [Symbol('s'), 'Symbol(s)'],
  [NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [Object.assign(Object.create(null) as object, { x: 1n }), 'an object that cannot be shown'],
])('any value stays on the line: %p', (value, shown) => {
  expect(formatProblem({ ...PROBLEM, value })).toBe(`dev.network.nat: ${shown} is not known; use one of: none, single`);
});

test('all problems are thrown at once, one to a line', () => {
  expect(() => {
    throwIfAny([PROBLEM, { ...PROBLEM, path: 'prod.network.nat' }]);
  }).toThrow(new ProblemsError([PROBLEM, { ...PROBLEM, path: 'prod.network.nat' }]));
  expect(new ProblemsError([PROBLEM, PROBLEM]).message.split('\n')).toHaveLength(2);
});

test('the first twenty, and a count', () => {
  const { message } = new ProblemsError(Array.from({ length: 1_000_020 }, () => PROBLEM));
  expect(message.split('\n')).toHaveLength(21);
  expect(message).toMatch(/\nand 1,000,000 more$/);
  expect(new ProblemsError(Array.from({ length: 20 }, () => PROBLEM)).message).not.toContain('more');
});

test('what is nested too deep to be shown is said to be', () => {
  const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown;
  expect(formatProblem({ ...PROBLEM, value: deep })).toContain(': a list that cannot be shown is not known; ');
});

test('no problem, nothing thrown', () => {
  expect(() => {
    throwIfAny([]);
  }).not.toThrow();
});
