import { describeRange, rangeOf, refusedRange } from '../../lib/network/address-ranges';
import { block } from '../support/blocks';

test.each([
  ['10.0.0.0/24', 'RFC 1918 10.0.0.0/8'],
  ['10.0.0.0/8', 'RFC 1918 10.0.0.0/8'],
  ['172.16.0.0/12', 'RFC 1918 172.16.0.0/12'],
  ['172.31.255.0/24', 'RFC 1918 172.16.0.0/12'],
  ['192.168.1.0/24', 'RFC 1918 192.168.0.0/16'],
  ['100.64.0.0/16', 'RFC 6598 100.64.0.0/10'],
  ['100.128.0.0/16', 'public'],
  ['172.32.0.0/16', 'public'],
  ['8.8.8.0/24', 'public'],
  ['127.0.0.0/16', 'RFC 1122 127.0.0.0/8'],
  ['169.254.1.0/24', 'RFC 3927 169.254.0.0/16'],
  ['224.0.0.0/16', 'RFC 5771 224.0.0.0/4'],
  ['192.0.0.0/29', 'RFC 6890 192.0.0.0/24'],
  ['192.0.2.128/25', 'RFC 5737 192.0.2.0/24'],
  ['198.19.0.0/16', 'RFC 2544 198.18.0.0/15'],
  ['198.51.100.0/24', 'RFC 5737 198.51.100.0/24'],
  ['203.0.113.0/24', 'RFC 5737 203.0.113.0/24'],
  ['255.255.0.0/16', 'RFC 1112 240.0.0.0/4'],
  ['172.0.0.0/8', 'public and RFC 1918 172.16.0.0/12'],
  ['198.0.0.0/8', 'public and RFC 2544 198.18.0.0/15, RFC 5737 198.51.100.0/24'],
])('%s is of %s', (cidr, range) => {
  expect(describeRange(block(cidr))).toBe(range);
});

test.each([
  '0.0.0.0/16',
  '0.255.0.0/16',
  '127.255.0.0/16',
  '169.254.0.0/16',
  '224.0.0.0/16',
  '239.255.0.0/16',
  '240.0.0.0/16',
])('AWS refuses %s', (cidr) => {
  expect(refusedRange(block(cidr))).toBeDefined();
});

test.each(['1.0.0.0/16', '10.0.0.0/16', '100.64.0.0/16', '169.253.0.0/16', '223.255.0.0/16'])(
  'AWS does not refuse %s',
  (cidr) => {
    expect(refusedRange(block(cidr))).toBeUndefined();
  },
);

// IANA IPv4 Special-Purpose Address Registry. What is in none of the kinds that AWS refuses can be a VPC.
test.each([
  ['192.168.0.0/16', 'private'],
  ['100.127.0.0/16', 'shared'],
  ['192.0.0.0/24', 'special'],
  ['192.0.2.0/24', 'special'],
  ['198.18.0.0/16', 'special'],
  ['198.51.100.0/24', 'special'],
  ['203.0.113.0/24', 'special'],
  ['240.0.0.0/16', 'refused'],
])('%s is %s', (cidr, kind) => {
  expect(rangeOf(block(cidr))?.kind).toBe(kind);
});

test('a block that spans a range and public space has no one kind', () => {
  expect(rangeOf(block('172.0.0.0/8'))).toBeUndefined();
});
