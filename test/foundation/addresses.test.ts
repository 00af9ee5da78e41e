import fc from 'fast-check';
import {
  addressBlocks,
  complement,
  covers,
  EVERY_ADDRESS,
  intersects,
  isAddressBlock,
  parseAddress,
  type AddressBlock,
} from '../../lib/foundation/addresses';
import { isBlock, parseCidr } from '../../lib/network/ipv4';

test.each<[string, string]>([
  ['192.0.2.1', '192.0.2.1/32'],
  ['192.0.2.0/24', '192.0.2.0/24'],
  ['128.0.0.0/1', '128.0.0.0/1'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['2001:DB8:0::/32', '2001:db8::/32'],
  ['64:ff9b::c000:201', '64:ff9b::c000:201/128'],
])('%s is %s', (text, cidr) => {
  expect(parseAddress(text)).toMatchObject({ cidr });
});

const NO_ADDRESS = 'is not an IPv4 or IPv6 address or CIDR block';

test.each<[string, string]>([
  ['192.0.2', NO_ADDRESS],
  ['1.192.0.2.0', NO_ADDRESS],
  ['0x7f.0.0.1', NO_ADDRESS],
  ['192.0.2.1/', NO_ADDRESS],
  ['192.0.2.1/x', NO_ADDRESS],
  ['/24', NO_ADDRESS],
  [' 192.0.2.1', NO_ADDRESS],
  ['192.0.2.1:443', NO_ADDRESS],
  ['fe80::1%eth0', NO_ADDRESS],
  ['2001:db8::192.0.2.1', NO_ADDRESS],
  ['2001:db8', NO_ADDRESS],
  ['', NO_ADDRESS],
  ['010.0.0.1', 'has a number with a leading zero'],
  ['192.0.2.0/024', 'has a number with a leading zero'],
  ['2001:db8::/032', 'has a number with a leading zero'],
  ['192.0.256.0', 'has the octet 256, over 255'],
  ['192.0.2.0/33', 'has the prefix length 33, over 32'],
  ['2001:db8::/129', 'has the prefix length 129, over 128'],
  ['0.0.0.0/0', 'is every address'],
  ['10.0.0.0/0', 'is every address'],
  ['::/0', 'is every address'],
])('refuses %j', (text, reason) => {
  expect(parseAddress(text)).toEqual({ reason, remedy: expect.stringMatching(/./) as unknown });
});

test.each<[string, string, string]>([
  ['192.0.2.77/24', '192.0.2.77 is inside a /24, not its start', '192.0.2.0/24'],
  ['2001:db8::1/32', '2001:db8::1 is inside a /32, not its start', '2001:db8::/32'],
])('%s has host bits: %s', (text, reason, cidr) => {
  expect(parseAddress(text)).toEqual({
    reason: `has host bits set: ${reason}`,
    remedy: `write ${cidr}`,
    meant: block(cidr),
  });
});

// The strict reader of the address plan is another one, because it counts in numbers: to a person both are one.
test.each(['10.0.0.1/16', '010.0.0.0/16', '10.0.0.0/016', '10.0.256.0/16', '10.0.0.0/33'])(
  '%s is refused in the words of the address plan',
  (text) => {
    const planned = parseCidr(text);
    expect(isBlock(planned)).toBe(false);
    expect(parseAddress(text)).toMatchObject({ reason: 'reason' in planned ? planned.reason : '' });
  },
);

test.each<[string, string, string, bigint]>([
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', 256n],
  ['192.0.2.4/30', '192.0.2.4', '192.0.2.7', 4n],
  ['192.0.2.4', '192.0.2.4', '192.0.2.4', 1n],
  ['128.0.0.0/1', '128.0.0.0', '255.255.255.255', 1n << 31n],
  ['2001:db8::/64', '2001:db8::', '2001:db8:0:0:ffff:ffff:ffff:ffff', 1n << 64n],
])('%s goes from %s to %s', (text, first, last, addresses) => {
  const range = block(text);
  expect(range.first).toBe(block(first).first);
  expect(range.last).toBe(block(last).last);
  expect(range.last - range.first + 1n).toBe(addresses);
});

test('a block ends where the next one begins', () => {
  const [a, b, c] = ['192.0.2.0/25', '192.0.2.128/25', '192.0.3.0/25'].map(block) as [
    AddressBlock,
    AddressBlock,
    AddressBlock,
  ];
  expect([intersects(a, b), intersects(b, a), intersects(a, a), intersects(b, c)]).toEqual([false, false, true, false]);
  expect(covers([a, b], block('192.0.2.0/24'))).toBe(true);
  expect(covers([a], block('192.0.2.128'))).toBe(false);
  expect(covers([b], block('192.0.3.0'))).toBe(false);
  expect(covers([a, c], block('192.0.2.0/24'))).toBe(false);
});

function block(text: string): AddressBlock {
  const parsed = parseAddress(text);
  if (!isAddressBlock(parsed)) throw new Error(`${text} ${parsed.reason}`);
  return parsed;
}

test.each(['::ffff:192.0.2.1', '::192.0.2.1', '::ffff:c000:201'])('%s is an IPv4 address in disguise', (text) => {
  expect(parseAddress(text)).toMatchObject({ remedy: 'write 192.0.2.1' });
});

test('the complement is what is left', () => {
  const some = addressBlocks(['0.0.0.0/1', '200.0.0.0/8', '255.255.255.255', '::/1']);
  const rest = complement(some);
  expect(rest).toHaveLength(3);
  expect(EVERY_ADDRESS.every((range) => covers([...some, ...rest], range))).toBe(true);
  expect(rest.some((range) => covers(some, range))).toBe(false);
  expect(complement(rest)).toHaveLength(4);
  expect(complement([])).toEqual(EVERY_ADDRESS);
});

test('several blocks cover what none of them does alone', () => {
  const halves = addressBlocks(['10.0.0.128/25', '10.0.0.0/25', '10.0.0.64/28']);
  expect(covers(halves, block('10.0.0.0/24'))).toBe(true);
  expect(covers(halves, block('10.0.0.64/26'))).toBe(true);
  expect(covers(halves.slice(0, 1), block('10.0.0.0/24'))).toBe(false);
  expect(covers(halves.slice(1), block('10.0.0.0/24'))).toBe(false);
  expect(covers(halves, block('10.0.1.0/32'))).toBe(false);
  expect(covers([], block('10.0.1.0/32'))).toBe(false);
});

test('families do not cover each other', () => {
  const all = addressBlocks(['0.0.0.0/1', '128.0.0.0/1']);
  expect(EVERY_ADDRESS.map((range) => covers(all, range))).toEqual([true, false]);
});

const ipv4 = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 32 }))
  .map(([octets, length]) => `${octets.join('.')}/${length}`);

test('whatever is read, or is the remedy for host bits, reads as itself', () => {
  fc.assert(
    fc.property(ipv4, (text) => {
      const parsed = parseAddress(text);
      const cidr = isAddressBlock(parsed) ? parsed.cidr : parsed.remedy.replace('write ', '');
      expect(block(cidr).cidr).toBe(cidr);
      expect(covers([block(cidr)], block(cidr))).toBe(true);
    }),
  );
});
