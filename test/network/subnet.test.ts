import fc from 'fast-check';
import {
  firstUsable,
  isSubnetSize,
  lastUsable,
  prefixLengthFor,
  reservedAddresses,
  usableAddresses,
} from '../../lib/network/subnet';
import { block } from '../support/blocks';

test.each([
  [16, 65_531],
  [20, 4_091],
  [24, 251],
  [28, 11],
])('a /%i has %i usable addresses', (prefixLength, usable) => {
  expect(usableAddresses(prefixLength)).toBe(usable);
});

test.each([
  [1, 28],
  [11, 28],
  [12, 27],
  [27, 27],
  [28, 26],
  [250, 24],
  [251, 24],
  [252, 23],
  [4_091, 20],
  [4_092, 19],
  [65_531, 16],
  [65_532, 15],
])('%i hosts need a /%i', (hosts, prefixLength) => {
  expect(prefixLengthFor(hosts)).toBe(prefixLength);
});

test('the smallest block that holds the hosts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (hosts) => {
      const prefixLength = prefixLengthFor(hosts);
      expect(usableAddresses(prefixLength)).toBeGreaterThanOrEqual(hosts);
      if (prefixLength < 28) expect(usableAddresses(prefixLength + 1)).toBeLessThan(hosts);
    }),
  );
});

test('names the five reserved addresses and their roles, and what is between them', () => {
  const subnet = block('10.0.1.16/28');
  expect(reservedAddresses(subnet)).toEqual([
    { address: '10.0.1.16', role: 'network address' },
    { address: '10.0.1.17', role: 'VPC router' },
    { address: '10.0.1.18', role: 'DNS server' },
    { address: '10.0.1.19', role: 'future use' },
    { address: '10.0.1.31', role: 'broadcast (not supported in a VPC)' },
  ]);
  expect([firstUsable(subnet), lastUsable(subnet)]).toEqual(['10.0.1.20', '10.0.1.30']);
});

test('AWS makes subnets of /16 to /28', () => {
  expect([15, 16, 28, 29].map(isSubnetSize)).toEqual([false, true, true, false]);
});
