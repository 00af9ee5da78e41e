import { CHARACTER_WIDTH, element, hueOf, svgDocument, together, type SvgElement } from '../foundation/svg';
import { groupDigits } from '../foundation/table';
import type { AddressPlan } from './address-plan';
import { blockSize, formatAddress, isBlock, parseCidr, type Ipv4Block } from './ipv4';

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

interface Piece {
  readonly block: Ipv4Block;
  /** The longest that fits is written into the block; the tooltip says the rest. */
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
  const note = `${summary}; one row is ${groupDigits(perRow)} addresses`;
  return svgDocument(
    { ...LOOK, width, height, title: `Address plan of ${title}`, description: summary },
    element('text', { class: 'title', x: MARGIN, y: MARGIN + 16 }, `Address plan of ${title}`),
    element('text', { class: 'note', x: MARGIN, y: MARGIN + 40 }, note),
    ...Array.from({ length: rows }, (_, row) => rowLabel(vpc.address + row * perRow, mapTop + row * ROW_HEIGHT)),
    ...pieces(plan, tiers).map((piece) => drawPiece(piece, vpc, perRow, mapTop)),
    ...legend.map((entry, index) => drawLegend(entry, legendTop + index * LEGEND_ROW_HEIGHT)),
  );
}

const LOOK = {
  style: [
    '.free { fill: #f0f2f4; stroke: #ffffff }',
    '.block { stroke: #ffffff }',
    '.on-block { fill: #ffffff; pointer-events: none }',
  ],
  darkStyle: ['.free { fill: #212830; stroke: #0d1117 }', '.block { stroke: #0d1117 }'],
  definitions: element(
    'defs',
    {},
    element(
      'pattern',
      { id: 'kept', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      element('rect', { width: 4, height: 8, fill: '#ffffff', 'fill-opacity': 0.55 }),
    ),
  ),
};

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

function drawPiece(piece: Piece, vpc: Ipv4Block, perRow: number, mapTop: number): SvgElement {
  const offset = piece.block.address - vpc.address;
  const size = blockSize(piece.block.prefixLength);
  const x = MARGIN + LABEL_WIDTH + ((offset % perRow) / perRow) * MAP_WIDTH;
  const y = mapTop + Math.floor(offset / perRow) * ROW_HEIGHT;
  const width = Math.min(1, size / perRow) * MAP_WIDTH;
  const height = Math.max(1, size / perRow) * ROW_HEIGHT;
  const label = piece.labels.find(({ length }) => length * CHARACTER_WIDTH + 12 <= width);
  const place = { class: piece.tier === undefined ? undefined : 'on-block', x: x + 6, y: y + ROW_HEIGHT / 2 + 4 };
  return element(
    'g',
    {},
    element('title', {}, piece.tooltip),
    ...drawBlock(piece, { x, y, width, height }),
    ...(label === undefined ? [] : [element('text', place, label)]),
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawBlock({ tier, kept }: Pick<Piece, 'tier' | 'kept'>, box: Box): SvgElement[] {
  if (tier === undefined) return [element('rect', { class: 'free', ...box })];
  const block = element('rect', { class: 'block', ...box, fill: hueOf(tier) });
  return kept ? [block, element('rect', { ...box, fill: 'url(#kept)' })] : [block];
}

function rowLabel(address: number, top: number): SvgElement {
  const place = { x: MARGIN + LABEL_WIDTH - 12, y: top + ROW_HEIGHT / 2 + 4, 'text-anchor': 'end' };
  return element('text', place, formatAddress(address));
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

function drawLegend(entry: LegendEntry, top: number): SvgElement {
  return together(
    ...drawBlock(entry, { x: MARGIN + LABEL_WIDTH, y: top, width: 28, height: 16 }),
    element('text', { x: MARGIN + LABEL_WIDTH + 40, y: top + 12 }, entry.text),
  );
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)}%`;
}

function readBlock(cidr: string): Ipv4Block {
  const block = parseCidr(cidr);
  if (!isBlock(block)) throw new Error(`${cidr} ${block.reason}, in a plan`);
  return block;
}
