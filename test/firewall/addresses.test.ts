import fc from 'fast-check';
import {
  addressBlocks,
  complement,
  covers,
  EVERY_ADDRESS,
  isAddressBlock,
  parseAddress,
  type AddressBlock,
} from '../../lib/firewall/addresses';

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

test.each<[string, string]>([
  ['192.0.2', 'is not an IPv4 or IPv6 address or CIDR block'],
  ['010.0.0.1', 'is not an IPv4 or IPv6 address or CIDR block'],
  ['0x7f.0.0.1', 'is not an IPv4 or IPv6 address or CIDR block'],
  ['192.0.2.1/', 'is not an IPv4 or IPv6 address or CIDR block'],
  ['fe80::1%eth0', 'is not an IPv4 or IPv6 address or CIDR block'],
  ['', 'is not an IPv4 or IPv6 address or CIDR block'],
  ['192.0.2.0/33', 'has a prefix length that is not 0 to 32'],
  ['192.0.2.0/024', 'has a prefix length that is not 0 to 32'],
  ['2001:db8::/129', 'has a prefix length that is not 0 to 128'],
  ['0.0.0.0/0', 'is every address, which WAF does not take'],
  ['::/0', 'is every address, which WAF does not take'],
])('refuses %j', (text, reason) => {
  expect(parseAddress(text)).toMatchObject({ reason });
});

test.each<[string, string]>([
  ['192.0.2.77/24', 'write 192.0.2.0/24'],
  ['2001:db8::1/32', 'write 2001:db8::/32'],
])('%s has host bits: %s', (text, remedy) => {
  expect(parseAddress(text)).toEqual({ reason: 'has host bits set', remedy });
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
