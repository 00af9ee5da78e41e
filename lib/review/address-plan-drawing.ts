import ipaddr from 'ipaddr.js';
import { element, hueOf } from '../foundation/svg';
import type { AddressPlanDrawing, PlanShown } from './finding';
import { escapeHtml } from './html-escape';
import { visible } from './visible';

/** Units of the drawing; the page scales it. */
const WIDTH = 480;
const ROW = 22;
/** A row is a sixteenth of the VPC. */
const ROWS = 16;

/** The plans before and after, to scale: every row the same number of addresses. What differs has a thick border. */
export function drawAddressPlanSvg({ before, after }: AddressPlanDrawing): string {
  const tiers = [...new Set([before, after].flatMap((plan) => (plan?.subnets ?? []).map(({ tier }) => tier)))];
  return [
    '<div class="plans">',
    ...(
      [
        ['before', before, after],
        ['after', after, before],
      ] as const
    ).map(([title, plan, other]) =>
      plan === undefined
        ? ''
        : `<figure><figcaption>${title}: ${escapeHtml(plan.cidr)}</figcaption>${draw(plan, other, tiers, title)}</figure>`,
    ),
    '</div>',
  ].join('');
}

function draw(plan: PlanShown, other: PlanShown | undefined, tiers: readonly string[], title: string): string {
  const vpc = readBlock(plan.cidr);
  if (vpc === undefined) return '';
  const known = new Set((other?.subnets ?? []).map(keyOf));
  const rectangles = plan.subnets.flatMap((subnet) => {
    const block = readBlock(subnet.cidr);
    if (block === undefined) return [];
    const share = block.size / vpc.size;
    const offset = ((block.address - vpc.address) / vpc.size) * ROWS;
    const [x, y] = [(offset % 1) * WIDTH, Math.floor(offset) * ROW];
    const [width, height] = [Math.min(1, share * ROWS) * WIDTH, Math.max(1, share * ROWS) * ROW];
    const differs = !known.has(keyOf(subnet));
    const label = visible(`${subnet.tier} ${subnet.zone} ${subnet.cidr}`);
    const fill = hueOf(tiers.indexOf(subnet.tier));
    const fits = label.length * 6.7 + 10 < width;
    return [
      element(
        'g',
        {},
        element('title', {}, label),
        element('rect', { x, y, width, height, fill, class: differs ? 'differs' : undefined }),
        ...(fits ? [element('text', { x: x + 5, y: y + 15 }, label)] : []),
      ),
    ];
  });
  const height = ROWS * ROW;
  return element(
    'svg',
    { viewBox: `-2 -2 ${WIDTH + 4} ${height + 4}`, role: 'img', 'aria-label': `Address plan ${title}` },
    element('rect', { class: 'free', width: WIDTH, height }),
    ...rectangles,
  ).svg;
}

function keyOf({ tier, zone, cidr }: PlanShown['subnets'][number]): string {
  return `${tier} ${zone} ${cidr}`;
}

function readBlock(cidr: string): { address: number; size: number } | undefined {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  return { address: address.octets.reduce((sum, octet) => sum * 256 + octet, 0), size: 2 ** (32 - prefix) };
}
