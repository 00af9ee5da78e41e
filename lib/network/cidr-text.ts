import { groupDigits, renderTable } from '../foundation/table';
import type { AddressPlan } from './address-plan';
import type { CidrInfo, Overlap } from './cidr-info';

/** For a terminal; programs read the JSON. */
export function showInfo(info: CidrInfo): string {
  const rows = [
    ['block', info.cidr],
    ['range', info.range],
    ['netmask', info.netmask],
    ['network', info.network],
    ...(info.broadcast === null ? [] : [['broadcast', info.broadcast]]),
    ['addresses', groupDigits(info.total)],
    ...(info.first === null || info.last === null
      ? [['as a subnet', `none: ${info.noSubnet}`]]
      : [
          ['usable', groupDigits(info.usable)],
          ['first usable', info.first],
          ['last usable', info.last],
        ]),
  ].map(([name = '', value = '']) => `${name.padEnd(12)}  ${value}`);
  const reserved = renderTable(
    ['reserved', 'role'],
    info.reserved.map(({ address, role }) => [address, role]),
  );
  return [...rows, ...(info.reserved.length > 0 ? ['', reserved] : [])].join('\n');
}

export function showPlan(plan: AddressPlan): string {
  const sections = [
    renderTable(
      ['tier', 'zone', 'block', 'addresses', 'usable', 'first', 'last'],
      plan.subnets.map(({ tier, zone, cidr, total, usable, first, last }) => [
        tier,
        zone,
        cidr,
        total,
        usable,
        first,
        last,
      ]),
    ),
    renderTable(
      ['kept for', 'because of', 'block', 'addresses'],
      plan.kept.map(({ tier, reason, cidr, total }) => [tier, reason, cidr, total]),
    ),
    renderTable(
      ['free', 'addresses'],
      plan.free.map(({ cidr, total }) => [cidr, total]),
    ),
    `${plan.cidr}: ${(plan.utilization * 100).toFixed(1)}% in subnets`,
  ];
  const filled = [plan.subnets.length > 0, plan.kept.length > 0, plan.free.length > 0, true];
  return sections.filter((_, index) => filled[index]).join('\n\n');
}

export function showOverlaps(overlaps: readonly Overlap[]): string {
  if (overlaps.length === 0) return 'no overlaps';
  return overlaps.map(({ a, b, shared }) => `${a} overlaps ${b} (both have ${shared})`).join('\n');
}
