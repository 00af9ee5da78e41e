import { planAddresses } from '../../lib/network/address-plan';
import { describeCidr, findOverlaps } from '../../lib/network/cidr-info';
import { showInfo, showOverlaps, showPlan } from '../../lib/network/cidr-text';
import { block } from '../support/blocks';

function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trimEnd());
}

/** A table's cells, by line. */
function cells(text: string): string[][] {
  return lines(text).map((line) => line.trim().split(/ {2,}/));
}

test('a block that can be a subnet: its addresses, and those that AWS reserves', () => {
  const [facts = '', reserved = ''] = showInfo(describeCidr(block('10.0.0.0/20'))).split('\n\n');
  expect(lines(facts)).toEqual([
    'block         10.0.0.0/20',
    'range         RFC 1918 10.0.0.0/8',
    'netmask       255.255.240.0',
    'network       10.0.0.0',
    'broadcast     10.0.15.255',
    'addresses     4,096',
    'usable        4,091',
    'first usable  10.0.0.4',
    'last usable   10.0.15.254',
  ]);
  expect(cells(reserved)[0]).toEqual(['reserved', 'role']);
  expect(cells(reserved).map(([address]) => address)).toEqual(
    expect.arrayContaining(['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.15.255']),
  );
});

test('a block that can be no subnet: why, and nothing of what a subnet has', () => {
  expect(lines(showInfo(describeCidr(block('10.0.0.0/31'))))).toEqual([
    'block         10.0.0.0/31',
    'range         RFC 1918 10.0.0.0/8',
    'netmask       255.255.255.254',
    'network       10.0.0.0',
    'addresses     2',
    'as a subnet   none: AWS makes subnets of /16 to /28',
  ]);
});

test('a plan: its subnets, what it keeps and why, what is free', () => {
  const plan = planAddresses({
    cidr: '10.0.0.0/24',
    zones: ['a'],
    maxZones: 2,
    tiers: [
      { name: 'app', prefixLength: 27 },
      { name: 'old', prefixLength: 28, retired: true },
    ],
  });
  const sections = showPlan(plan).split('\n\n').map(cells);
  expect(sections.map((section) => section.filter(([cell = '']) => !/^[-─]+$/.test(cell)))).toEqual([
    [
      ['tier', 'zone', 'block', 'addresses', 'usable', 'first', 'last'],
      ['app', 'a', '10.0.0.0/27', '32', '27', '10.0.0.4', '10.0.0.30'],
    ],
    [
      ['kept for', 'because of', 'block', 'addresses'],
      ['app', 'future zone', '10.0.0.32/27', '32'],
      ['old', 'retired tier', '10.0.0.64/28', '16'],
      ['old', 'retired tier', '10.0.0.80/28', '16'],
    ],
    [
      ['free', 'addresses'],
      ['10.0.0.96/27', '32'],
      ['10.0.0.128/25', '128'],
    ],
    [['10.0.0.0/24: 12.5% in subnets']],
  ]);
});

test('a plan that fills its VPC has no empty tables', () => {
  const full = { cidr: '10.0.0.0/28', zones: ['a'], maxZones: 1, tiers: [{ name: 'x', prefixLength: 28 }] };
  const text = showPlan(planAddresses(full));
  expect(text).toMatch(/^tier .*\n\n10\.0\.0\.0\/28: 100\.0% in subnets$/s);
  expect(text).not.toMatch(/kept|free/);
  const retired = showPlan(planAddresses({ ...full, tiers: [{ name: 'x', prefixLength: 28, retired: true }] }));
  expect(retired).toMatch(/^kept for .*\n\n10\.0\.0\.0\/28: 0\.0% in subnets$/s);
});

test('overlaps, one on a line', () => {
  const blocks = ['10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24'].map(block);
  expect(showOverlaps(findOverlaps(blocks))).toBe(
    '10.0.0.0/16 overlaps 10.0.1.0/24 (both have 10.0.1.0/24)\n10.0.0.0/16 overlaps 10.0.2.0/24 (both have 10.0.2.0/24)',
  );
  expect(showOverlaps([])).toBe('no overlaps');
});
