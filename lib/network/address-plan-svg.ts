import type { AddressPlan } from './address-plan';
import { blockSize, formatAddress, isBlock, parseCidr, type Ipv4Block } from './ipv4';
import { groupDigits } from '../foundation/table';

/** Pixels. */
const MAP_WIDTH = 960;
const ROW_HEIGHT = 34;
const MARGIN = 24;
const LABEL_WIDTH = 118;
const TITLE_HEIGHT = 62;
const LEGEND_ROW_HEIGHT = 24;

/** A row holds a sixteenth of the VPC, but not less than 16 addresses. */
const MOST_ROWS = 16;
const SHORTEST_ROW = 16;

/** Rough width of a character of the 12-pixel font: a label that would not fit is left to the tooltip. */
const CHARACTER_WIDTH = 7.3;

/** After Okabe and Ito, darkened until white text is legible on them; tiers take them in this order. */
const HUES = ['#0072b2', '#00795a', '#b84e00', '#a8487f', '#8a6100', '#0a7ea4', '#6f54a8', '#6b6b00'] as const;

interface Piece {
  readonly block: Ipv4Block;
  /** The longest that fits is written into the block. */
  readonly labels: readonly string[];
  readonly tooltip: string;
  /** Index of the tier; undefined for free space. */
  readonly tier: number | undefined;
  readonly kept: boolean;
}

/**
 * Draws an address plan to scale: every row the same number of addresses, left to right and top to bottom, so that the
 * area of a block is its share of the VPC. Blocks are aligned, so each is one rectangle. Readable on light and dark
 * ground; details are in tooltips.
 *
 * @param title what the plan belongs to, for example `dev`
 */
export function drawAddressPlan(plan: AddressPlan, title: string): string {
  const vpc = readBlock(plan.cidr);
  const total = blockSize(vpc.prefixLength);
  const rows = Math.max(1, Math.min(MOST_ROWS, total / SHORTEST_ROW));
  const perRow = total / rows;
  const tiers = [...new Set([...plan.subnets, ...plan.kept].map(({ tier }) => tier))];
  const legend = legendEntries(plan, tiers);
  const mapTop = MARGIN + TITLE_HEIGHT;
  const legendTop = mapTop + rows * ROW_HEIGHT + 22;
  const width = 2 * MARGIN + LABEL_WIDTH + MAP_WIDTH;
  const height = legendTop + legend.length * LEGEND_ROW_HEIGHT + MARGIN;
  const used = percent(plan.utilization);
  const summary = `${plan.cidr}: ${groupDigits(total)} addresses, ${used} in subnets, ${plan.subnets.length} subnets`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">Address plan of ${escape(title)}</title>`,
    `<desc id="desc">${escape(summary)}</desc>`,
    STYLE,
    HATCH,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="${MARGIN + 16}">Address plan of ${escape(title)}</text>`,
    `<text class="note" x="${MARGIN}" y="${MARGIN + 40}">${escape(summary)}; one row is ${groupDigits(perRow)} addresses</text>`,
    ...Array.from({ length: rows }, (_, row) => rowLabel(vpc.address + row * perRow, mapTop + row * ROW_HEIGHT)),
    ...pieces(plan, tiers).map((piece) => drawPiece(piece, vpc, perRow, mapTop)),
    ...legend.map((entry, index) => drawLegend(entry, legendTop + index * LEGEND_ROW_HEIGHT)),
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = `<style>
text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328 }
.title { font: 600 18px system-ui, sans-serif }
.note { font: 13px system-ui, sans-serif; fill: #59636e }
.ground { fill: #ffffff }
.free { fill: #f0f2f4; stroke: #ffffff }
.block { stroke: #ffffff }
.on-block { fill: #ffffff; pointer-events: none }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .note { fill: #9198a1 }
  .ground { fill: #0d1117 }
  .free { fill: #212830; stroke: #0d1117 }
  .block { stroke: #0d1117 }
}
</style>`;

const HATCH = `<defs><pattern id="kept" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="8" fill="#ffffff" fill-opacity="0.55"/></pattern></defs>`;

function pieces(plan: AddressPlan, tiers: readonly string[]): Piece[] {
  return [
    ...plan.subnets.map(({ tier, zone, cidr, usable }) => ({
      block: readBlock(cidr),
      labels: [`${tier} ${zone} ${cidr}`, `${tier} ${cidr}`, cidr, tier],
      tooltip: `${tier} in ${zone}: ${cidr}, ${groupDigits(usable)} usable addresses`,
      tier: tiers.indexOf(tier),
      kept: false,
    })),
    ...plan.kept.map(({ tier, cidr, total, reason }) => ({
      block: readBlock(cidr),
      labels: [],
      tooltip: `kept for ${tier} (${reason}): ${cidr}, ${groupDigits(total)} addresses`,
      tier: tiers.indexOf(tier),
      kept: true,
    })),
    ...plan.free.map(({ cidr, total }) => ({
      block: readBlock(cidr),
      labels: [`free ${cidr}`, 'free'],
      tooltip: `free: ${cidr}, ${groupDigits(total)} addresses`,
      tier: undefined,
      kept: false,
    })),
  ];
}

function drawPiece(piece: Piece, vpc: Ipv4Block, perRow: number, mapTop: number): string {
  const offset = piece.block.address - vpc.address;
  const size = blockSize(piece.block.prefixLength);
  const x = MARGIN + LABEL_WIDTH + ((offset % perRow) / perRow) * MAP_WIDTH;
  const y = mapTop + Math.floor(offset / perRow) * ROW_HEIGHT;
  const width = Math.min(1, size / perRow) * MAP_WIDTH;
  const height = Math.max(1, size / perRow) * ROW_HEIGHT;
  const box = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  const rectangle =
    piece.tier === undefined
      ? `<rect class="free" ${box}/>`
      : `<rect class="block" ${box} fill="${hue(piece.tier)}"/>` +
        (piece.kept ? `<rect ${box} fill="url(#kept)"/>` : '');
  const label = piece.labels.find(({ length }) => length * CHARACTER_WIDTH + 12 <= width);
  const textClass = piece.tier === undefined ? '' : ' class="on-block"';
  const text =
    label === undefined
      ? ''
      : `<text${textClass} x="${round(x + 6)}" y="${round(y + ROW_HEIGHT / 2 + 4)}">${escape(label)}</text>`;
  return `<g><title>${escape(piece.tooltip)}</title>${rectangle}${text}</g>`;
}

function rowLabel(address: number, top: number): string {
  return `<text x="${MARGIN + LABEL_WIDTH - 12}" y="${top + ROW_HEIGHT / 2 + 4}" text-anchor="end">${formatAddress(address)}</text>`;
}

interface LegendEntry {
  readonly text: string;
  readonly tier: number | undefined;
  readonly kept: boolean;
}

function legendEntries(plan: AddressPlan, tiers: readonly string[]): LegendEntry[] {
  const perTier = tiers.map((tier, index): LegendEntry => {
    const own = plan.subnets.filter((subnet) => subnet.tier === tier);
    const prefix = (own[0]?.cidr ?? plan.kept.find((kept) => kept.tier === tier)?.cidr ?? '').split('/')[1] ?? '';
    const usable = own.reduce((sum, subnet) => sum + subnet.usable, 0);
    const text =
      own.length === 0
        ? `${tier}: retired, /${prefix} blocks kept`
        : `${tier}: ${own.length} subnets of /${prefix}, ${groupDigits(usable)} usable addresses`;
    return { text, tier: index, kept: own.length === 0 };
  });
  const kept = plan.kept.reduce((sum, block) => sum + block.total, 0);
  const free = plan.free.reduce((sum, block) => sum + block.total, 0);
  return [
    ...perTier,
    ...(kept > 0 ? [{ text: `hatched: kept, ${groupDigits(kept)} addresses`, tier: 0, kept: true }] : []),
    { text: `free: ${groupDigits(free)} addresses`, tier: undefined, kept: false },
  ];
}

function drawLegend({ text, tier, kept }: LegendEntry, top: number): string {
  const box = `x="${MARGIN + LABEL_WIDTH}" y="${top}" width="28" height="16"`;
  const swatch =
    tier === undefined
      ? `<rect class="free" ${box}/>`
      : `<rect class="block" ${box} fill="${hue(tier)}"/>` + (kept ? `<rect ${box} fill="url(#kept)"/>` : '');
  return `${swatch}<text x="${MARGIN + LABEL_WIDTH + 40}" y="${top + 12}">${escape(text)}</text>`;
}

function hue(tier: number): string {
  return HUES[tier % HUES.length] ?? HUES[0];
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)}%`;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

function escape(text: string): string {
  // eslint-disable-next-line no-control-regex -- XML has no form for them
  const printable = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\uFFFD');
  return printable.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function readBlock(cidr: string): Ipv4Block {
  const block = parseCidr(cidr);
  if (!isBlock(block)) throw new Error(`${cidr} ${block.reason}, in a plan`);
  return block;
}
