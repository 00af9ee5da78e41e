import { suggest, suggestOneOf } from '../../lib/foundation/suggestion';

const KNOWN = ['none', 'single', 'perZone', 'regional'];

test.each([
  ['singel', 'single'],
  ['perzone', 'perZone'],
  ['PERZONE', 'perZone'],
  ['regionl', 'regional'],
  ['non', 'none'],
  ['double', undefined],
  ['xyz', undefined],
  ['', undefined],
])('%j was meant as %p', (word, meant) => {
  expect(suggest(word, KNOWN)).toBe(meant);
});

test('the remedy names the likely word, and always all known ones', () => {
  expect(suggestOneOf('singel', KNOWN)).toBe('did you mean "single"? Known: none, single, perZone, regional');
  expect(suggestOneOf('xyz', KNOWN)).toBe('use one of: none, single, perZone, regional');
});
