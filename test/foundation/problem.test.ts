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
  [Object.assign(Object.create(null) as object, { x: 1n }), '[object Object]'],
])('any value stays on the line: %p', (value, shown) => {
  expect(formatProblem({ ...PROBLEM, value })).toBe(`dev.network.nat: ${shown} is not known; use one of: none, single`);
});

test('all problems are thrown at once, one to a line', () => {
  expect(() => {
    throwIfAny([PROBLEM, { ...PROBLEM, path: 'prod.network.nat' }]);
  }).toThrow(new ProblemsError([PROBLEM, { ...PROBLEM, path: 'prod.network.nat' }]));
  expect(new ProblemsError([PROBLEM, PROBLEM]).message.split('\n')).toHaveLength(2);
});

test('no problem, nothing thrown', () => {
  expect(() => {
    throwIfAny([]);
  }).not.toThrow();
});
