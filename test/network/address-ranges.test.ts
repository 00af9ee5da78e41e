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
  ['203.0.113.0/24', 'RFC 5737 203.0.113.0/24'],
  ['172.0.0.0/8', 'public and RFC 1918 172.16.0.0/12'],
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

test('a block that spans a range and public space has no one kind', () => {
  expect(rangeOf(block('172.0.0.0/8'))).toBeUndefined();
});
