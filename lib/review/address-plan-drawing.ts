import ipaddr from 'ipaddr.js';
import type { AddressPlanDrawing, PlanShown } from './finding';
import { escapeHtml } from './html-escape';

/** Units of the drawing; the page scales it. */
const WIDTH = 480;
const ROW = 22;
/** A row is a sixteenth of the VPC. */
const ROWS = 16;

/** After Okabe and Ito, darkened until white text is legible on them. */
const HUES = ['#0072b2', '#00795a', '#b84e00', '#a8487f', '#8a6100', '#0a7ea4', '#6f54a8', '#6b6b00'] as const;

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
  const rectangles = plan.subnets.map((subnet) => {
    const block = readBlock(subnet.cidr);
    if (block === undefined) return '';
    const share = block.size / vpc.size;
    const offset = ((block.address - vpc.address) / vpc.size) * ROWS;
    const [x, y] = [(offset % 1) * WIDTH, Math.floor(offset) * ROW];
    const [width, height] = [Math.min(1, share * ROWS) * WIDTH, Math.max(1, share * ROWS) * ROW];
    const differs = !known.has(keyOf(subnet));
    const label = `${subnet.tier} ${subnet.zone} ${subnet.cidr}`;
    const fits = label.length * 6.7 + 10 < width;
    return (
      `<g><title>${escapeHtml(label)}</title><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"` +
      ` fill="${hueOf(subnet.tier, tiers)}"${differs ? ' class="differs"' : ''}/>` +
      (fits ? `<text x="${round(x + 5)}" y="${round(y + 15)}">${escapeHtml(label)}</text>` : '') +
      '</g>'
    );
  });
  const height = ROWS * ROW;
  return `<svg viewBox="-2 -2 ${WIDTH + 4} ${height + 4}" role="img" aria-label="Address plan ${title}"><rect class="free" width="${WIDTH}" height="${height}"/>${rectangles.join('')}</svg>`;
}

function keyOf({ tier, zone, cidr }: PlanShown['subnets'][number]): string {
  return `${tier} ${zone} ${cidr}`;
}

function hueOf(tier: string, tiers: readonly string[]): string {
  return HUES[tiers.indexOf(tier) % HUES.length] ?? HUES[0];
}

function readBlock(cidr: string): { address: number; size: number } | undefined {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  return { address: address.octets.reduce((sum, octet) => sum * 256 + octet, 0), size: 2 ** (32 - prefix) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
