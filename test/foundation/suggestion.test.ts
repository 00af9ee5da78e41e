import { suggest, suggestOneOf } from '../../lib/foundation/suggestion';

const KNOWN = ['none', 'single', 'perZone', 'regional'];

test.each([
  ['singel', 'single'],
  ['perzone', 'perZone'],
  ['PERZONE', 'perZone'],
  ['regionl', 'regional'],
  ['non', 'none'],
  ['dvw', undefined],
  ['one', undefined],
  ['nnoe', 'none'],
  ['snigel', undefined],
  ['regoinla', undefined],
  ['double', undefined],
  ['xyz', undefined],
  ['', undefined],
])('%j was meant as %p', (word, meant) => {
  expect(suggest(word, KNOWN)).toBe(meant);
});

// What is dangerous to propose: the opposite of what was written.
test.each([
  ['one', 'none'],
  ['remove', 'move'],
  ['allow', 'all'],
])('%s does not find %s', (word, known) => {
  expect(suggest(word, [known])).toBeUndefined();
});

test.each([
  ['prd', 'prod'],
  ['szie', 'size'],
  ['tiers', 'tiers'],
  ['teirs', 'tiers'],
  ['destructiv', 'destructive'],
])('%s finds %s', (word, known) => {
  expect(suggest(word, [known])).toBe(known);
});

test('the remedy names the likely word, and always all known ones', () => {
  expect(suggestOneOf('singel', KNOWN)).toBe('did you mean "single"? Known: none, single, perZone, regional');
  expect(suggestOneOf('xyz', KNOWN)).toBe('use one of: none, single, perZone, regional');
});

test('of names that are as near, all are named, unless they are many', () => {
  expect(suggestOneOf('php-8.6', ['php-8.0', 'php-8.5', 'php-8.0-docker'])).toMatch(
    /^did you mean "php-8\.0" or "php-8\.5"\? Known: /,
  );
  expect(suggestOneOf('az', ['ab', 'ac'])).toBe('use one of: ab, ac');
  expect(suggestOneOf('zone-9', ['zone-1', 'zone-2', 'zone-3', 'zone-4'])).toMatch(/^use one of: /);
});
