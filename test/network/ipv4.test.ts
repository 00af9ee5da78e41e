import fc from 'fast-check';
import {
  blockSize,
  contains,
  formatAddress,
  formatCidr,
  isBlock,
  lastAddress,
  netmask,
  overlaps,
  parseCidr,
} from '../../lib/network/ipv4';
import { blocks } from '../support/blocks';

describe('parseCidr', () => {
  test.each([
    ['0.0.0.0/0', 0, 0],
    ['10.0.0.0/8', 0x0a000000, 8],
    ['172.16.0.0/12', 0xac100000, 12],
    ['192.168.255.255/32', 0xc0a8ffff, 32],
    ['255.255.255.255/32', 0xffffffff, 32],
  ])('reads %s', (text, address, prefixLength) => {
    expect(parseCidr(text)).toEqual({ address, prefixLength });
  });

  test.each([
    ['', 'is not an IPv4 CIDR block'],
    ['10.0.0.0', 'is not an IPv4 CIDR block'],
    ['10.0.0/16', 'is not an IPv4 CIDR block'],
    ['10.0.0.0.0/16', 'is not an IPv4 CIDR block'],
    ['10.0.0.0/', 'is not an IPv4 CIDR block'],
    ['10.0.0.0/-1', 'is not an IPv4 CIDR block'],
    ['10.0.0.0/16 ', 'is not an IPv4 CIDR block'],
    ['10.0.0.0/16\n', 'is not an IPv4 CIDR block'],
    ['0x0a.0.0.0/8', 'is not an IPv4 CIDR block'],
    ['fd00::/8', 'is not an IPv4 CIDR block'],
    ['１０.0.0.0/8', 'is not an IPv4 CIDR block'],
    ['010.0.0.0/8', 'has a number with a leading zero'],
    ['10.0.0.0/08', 'has a number with a leading zero'],
    ['256.0.0.0/8', 'has the octet 256, over 255'],
    ['10.0.0.999/24', 'has the octet 999, over 255'],
    ['10.0.0.0/33', 'has the prefix length 33, over 32'],
    ['10.0.0.99999999999999999999/24', 'has the octet 99999999999999999999, over 255'],
  ])('refuses %j', (text, reason) => {
    expect(parseCidr(text)).toMatchObject({ reason });
  });

  test('host bits: names the block that was meant', () => {
    expect(parseCidr('10.0.5.7/20')).toEqual({
      meant: { address: 0x0a000000, prefixLength: 20 },
      reason: 'has host bits set: 10.0.5.7 is inside a /20, not its start',
      remedy: 'write 10.0.0.0/20',
    });
  });

  test('reads what formatCidr writes', () => {
    fc.assert(
      fc.property(blocks, (block) => {
        expect(parseCidr(formatCidr(block))).toEqual(block);
      }),
    );
  });
});

test('overlaps and contains agree with counting addresses', () => {
  fc.assert(
    fc.property(blocks, blocks, (a, b) => {
      const shared = Math.min(lastAddress(a), lastAddress(b)) - Math.max(a.address, b.address) + 1;
      expect(overlaps(a, b)).toBe(shared > 0);
      expect(contains(a, b)).toBe(shared === blockSize(b.prefixLength));
    }),
  );
});

test.each([
  [0, '0.0.0.0'],
  [16, '255.255.0.0'],
  [28, '255.255.255.240'],
  [32, '255.255.255.255'],
])('netmask of /%i', (prefixLength, mask) => {
  expect(netmask(prefixLength)).toBe(mask);
});

test('formatAddress keeps addresses above 2^31 unsigned', () => {
  expect(formatAddress(0xc0a80001)).toBe('192.168.0.1');
  expect(isBlock(parseCidr('192.168.0.0/16'))).toBe(true);
});
