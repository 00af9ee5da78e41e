import fc from 'fast-check';
import { addressListProblems } from '../../lib/foundation/address-list';
import { formatProblem } from '../../lib/foundation/problem';

const messages = (texts: (string | undefined)[], families?: ('IPV4' | 'IPV6')[]): string[] =>
  addressListProblems(texts, 'dev.list', families && { families }).map(formatProblem);

test('both families, single addresses and blocks beside each other are fine', () => {
  expect(messages(['192.0.2.0/25', '192.0.2.128/25', '192.0.3.0', '2001:db8::/32', '2001:db9::1', undefined])).toEqual(
    [],
  );
});

test.each<[string, string[], string]>([
  ['an address twice', ['192.0.2.1', '192.0.2.1/32'], '[1]: "192.0.2.1/32" is already list[0]; list each block once'],
  [
    'an IPv6 address twice, written otherwise',
    ['2001:db8::1', '2001:DB8:0::1'],
    '[1]: "2001:DB8:0::1" is already list[0]; list each block once',
  ],
  [
    'a block in a wider one behind it',
    ['192.0.2.7', '192.0.2.0/24'],
    '[0]: "192.0.2.7" is already in list[1], 192.0.2.0/24; list only one of them',
  ],
  [
    'a block in a wider one before it',
    ['2001:db8::/32', '2001:db8:1::/48'],
    '[1]: "2001:db8:1::/48" is already in list[0], 2001:db8::/32; list only one of them',
  ],
  [
    'host bits',
    ['192.0.2.1/24'],
    '[0]: "192.0.2.1/24" has host bits set: 192.0.2.1 is inside a /24, not its start; write 192.0.2.0/24',
  ],
])('refuses %s', (_, texts, message) => {
  expect(messages(texts)).toEqual([`dev.list${message}`]);
});

test('refuses the family that is not meant, and nothing of the one that is', () => {
  expect(messages(['2001:db8::/32', '192.0.2.1'], ['IPV4'])).toEqual([
    'dev.list[0]: "2001:db8::/32" is IPv6, and this list is of IPv4; write IPv4 addresses and CIDR blocks',
  ]);
  expect(messages(['2001:db8::/32', '192.0.2.1'], ['IPV6'])).toEqual([
    'dev.list[1]: "192.0.2.1" is IPv4, and this list is of IPv6; write IPv6 addresses and CIDR blocks',
  ]);
});

test('says all mistakes at once, in the order of the list', () => {
  const found = addressListProblems(['x', '10.0.0.0/8', '10.0.0.1', undefined, '10.0.0.1/8', '10.0.0.0/8'], 'list');
  expect(found.map(({ path }) => path)).toEqual(['list[0]', 'list[2]', 'list[4]', 'list[5]']);
});

const small = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 26, max: 32 }))
  .map(([host, length]) => `10.0.0.${host - (host % 2 ** (32 - length))}/${length}`);

test('what is left after the repeated ones are taken away repeats nothing, and covers the same', () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 12 }), (texts) => {
      const bad = new Set(addressListProblems(texts, 'list').map(({ path }) => path));
      const rest = texts.filter((_, index) => !bad.has(`list[${index}]`));
      expect(addressListProblems(rest, 'list')).toEqual([]);
      expect(hosts(rest)).toEqual(hosts(texts));
    }),
  );
});

/** The last octets that blocks within one /26 hold. */
function hosts(texts: readonly string[]): number[] {
  const held = texts.flatMap((text) => {
    const [first = 0, length = 32] = text.replace('10.0.0.', '').split('/').map(Number);
    return Array.from({ length: 2 ** (32 - length) }, (_, index) => first + index);
  });
  return [...new Set(held)].sort((a, b) => a - b);
}
