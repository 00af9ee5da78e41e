import fc from 'fast-check';
import { describeCidr, findOverlaps } from '../../lib/network/cidr-info';
import { addressPlanProblems } from '../../lib/network/address-plan-problems';
import { showInfo } from '../../lib/network/cidr-text';
import { formatCidr, overlaps } from '../../lib/network/ipv4';
import { block, blocks } from '../support/blocks';

test('describes a subnet', () => {
  expect(describeCidr(block('10.0.0.0/24'))).toEqual({
    cidr: '10.0.0.0/24',
    network: '10.0.0.0',
    broadcast: '10.0.0.255',
    netmask: '255.255.255.0',
    total: 256,
    usable: 251,
    first: '10.0.0.4',
    last: '10.0.0.254',
    range: 'RFC 1918 10.0.0.0/8',
    reserved: [
      { address: '10.0.0.0', role: 'network address' },
      { address: '10.0.0.1', role: 'VPC router' },
      { address: '10.0.0.2', role: 'DNS server' },
      { address: '10.0.0.3', role: 'future use' },
      { address: '10.0.0.255', role: 'broadcast (not supported in a VPC)' },
    ],
    noSubnet: null,
  });
});

test.each(['10.0.0.0/8', '10.0.0.0/29', '0.0.0.0/0', '10.0.0.1/32'])(
  '%s is no subnet: nothing in it is usable',
  (cidr) => {
    expect(describeCidr(block(cidr))).toMatchObject({ usable: 0, first: null, last: null, reserved: [] });
  },
);

test.each([
  ['169.254.0.0/16', 'AWS refuses RFC 3927 169.254.0.0/16'],
  ['224.0.0.0/24', 'AWS refuses RFC 5771 224.0.0.0/4'],
  ['127.0.0.0/16', 'AWS refuses RFC 1122 127.0.0.0/8'],
  ['172.17.4.0/24', 'it is in 172.17.0.0/16, the default network of Docker'],
  ['172.16.0.0/12', 'AWS makes subnets of /16 to /28'],
])('%s is no subnet: %s', (cidr, noSubnet) => {
  expect(describeCidr(block(cidr))).toMatchObject({ usable: 0, first: null, last: null, reserved: [], noSubnet });
});

test('what is said to be no subnet is what a plan refuses', () => {
  fc.assert(
    fc.property(blocks, (candidate) => {
      const cidr = formatCidr(candidate);
      const refused = addressPlanProblems({ cidr, allowPublic: true }).length > 0;
      expect(describeCidr(candidate).noSubnet !== null).toBe(refused);
    }),
  );
});

// RFC 3021.
test.each([
  ['10.0.0.0/30', '10.0.0.3'],
  ['10.0.0.0/31', null],
  ['10.0.0.0/32', null],
])('the broadcast address of %s is %p', (cidr, broadcast) => {
  expect(describeCidr(block(cidr)).broadcast).toBe(broadcast);
  expect(showInfo(describeCidr(block(cidr))).includes('broadcast')).toBe(broadcast !== null);
});

test('finds the same overlaps as comparing every pair', () => {
  // Few addresses, so that blocks meet.
  const near = blocks.map(({ address, prefixLength }) => ({
    address: (address & 0xff) - ((address & 0xff) % 2 ** (32 - Math.max(prefixLength, 24))),
    prefixLength: Math.max(prefixLength, 24),
  }));
  fc.assert(
    fc.property(fc.array(near, { maxLength: 12 }), (list) => {
      const pairs = list.flatMap((a, index) => list.slice(index + 1).filter((b) => overlaps(a, b)));
      expect(findOverlaps(list)).toHaveLength(pairs.length);
    }),
  );
});

test('an overlap names the containing block, the contained one, and what they share', () => {
  const list = ['10.1.2.0/24', '10.0.0.0/8', '11.0.0.0/8'].map(block);
  expect(findOverlaps(list)).toEqual([{ a: '10.0.0.0/8', b: '10.1.2.0/24', shared: '10.1.2.0/24' }]);
  expect(findOverlaps([block('10.0.0.0/16'), block('10.1.0.0/16')])).toEqual([]);
});
