import { formatProblem, ProblemsError } from '../../lib/foundation/problem';
import { readAddressPlan, tierParts } from '../../lib/network/read-address-plan';

const GOOD = { cidr: '10.0.0.0/16', zones: ['a'], tiers: [{ name: 'app', prefixLength: 24 }] };

function messages(raw: unknown): string[] {
  try {
    readAddressPlan(raw);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(formatProblem);
  }
}

test('fills in what is left out', () => {
  expect(readAddressPlan(GOOD)).toEqual({ ...GOOD, maxZones: 4, allowPublic: false });
});

test.each<[string, unknown, string[]]>([
  ['no object', 7, ['plan: 7 is not an object; write { "cidr": …, "zones": […], "tiers": […] }']],
  ['a list', [], ['plan: [] is not an object; write { "cidr": …, "zones": […], "tiers": […] }']],
  ['a mistake of shape', { ...GOOD, zones: [] }, ['zones: [] is not a list of zones; for example ["ap-northeast-1a"]']],
  ['a block that is none', { ...GOOD, cidr: 7 }, ['cidr: 7 is not an IPv4 CIDR block; for example "10.0.0.0/16"']],
  ['no zones at all', { ...GOOD, maxZones: 0 }, ['maxZones: 0 is not a whole number from 1; for example 4']],
  [
    'a zone without a name',
    { ...GOOD, zones: [''] },
    ['zones[0]: "" is not the name of a zone; for example "ap-northeast-1a"'],
  ],
  [
    'no tiers',
    { ...GOOD, tiers: [] },
    ['tiers: [] is not a list of tiers; for example [{"name":"app","hostsPerZone":250}]'],
  ],
  [
    'a tier without a name',
    { ...GOOD, tiers: [{ name: '', prefixLength: 24 }] },
    ['tiers[0].name: "" is not a name; for example "app"'],
  ],
  [
    'a tier for nobody',
    { ...GOOD, tiers: [{ name: 'a', hostsPerZone: 0 }] },
    ['tiers[0].hostsPerZone: 0 is not a whole number of addresses from 1; for example 250'],
  ],
  [
    'half a prefix length',
    { ...GOOD, tiers: [{ name: 'a', prefixLength: 24.5 }] },
    ['tiers[0].prefixLength: 24.5 is not a whole number from 16 to 28; for example 24'],
  ],
  [
    'a kind that there is not',
    { ...GOOD, tiers: [{ name: 'a', prefixLength: 24, kind: 'dmz' }] },
    ['tiers[0].kind: "dmz" is not one of public, app, data; use one of: public, app, data'],
  ],
  ['a word that there is not', { ...GOOD, maxZone: 3 }, ['maxZone: is not a setting; did you mean "maxZones"?']],
  [
    'a word of a tier that there is not',
    { ...GOOD, tiers: [{ name: 'a', prefixLength: 24, x: 1 }] },
    ['tiers[0].x: is not a setting; remove it; known here: name, hostsPerZone, prefixLength, kind, retired'],
  ],
  [
    'mistakes of shape and of meaning, all at once',
    { ...GOOD, cidr: '10.0.0.1/16', zones: ['a', 'a'], allowPublic: 'yes', tiers: [{ name: 'x' }] },
    ['allowPublic', 'cidr', 'zones[1]', 'tiers[0]'],
  ],
])('refuses %s', (_, raw, expected) => {
  expect(messages(raw)).toEqual(expected.map((start) => expect.stringMatching(startOf(start)) as string));
});

/** The whole message, or all that comes before its colon. */
function startOf(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(text.includes(': ') ? `^${escaped}$` : `^${escaped}: `);
}

test('of something that is no tier, its size is not asked for as well', () => {
  expect(tierParts('app')).toEqual({ hostsPerZone: null });
  expect(messages({ ...GOOD, tiers: ['app'] })).toHaveLength(1);
});
