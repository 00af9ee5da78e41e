import { CHARACTER_WIDTH, element, hueOf, INK, svgDocument, together, type SvgElement } from '../foundation/svg';
import type { ConnectExplanation, ExplainedPath } from './explain-connect';

/** Pixels. */
const MARGIN = 24;
const TITLE_HEIGHT = 66;
const SIDE_WIDTH = 210;
const BETWEEN = 470;
const ROW_HEIGHT = 84;
const LINE = 18;

type Standing = 'used' | 'spread' | 'standing by';

const HUE: Readonly<Record<Standing, string>> = { used: hueOf(1), spread: hueOf(0), 'standing by': hueOf(4) };

/** Draws both sides and the paths between them: what is used thick, what stands by thin, a VPN dashed. */
export function drawConnect(explanation: ConnectExplanation): string {
  const { environment, paths, resiliency } = explanation;
  const [here, there] = [awsLines(explanation), customerLines(explanation)];
  const inside = Math.max(paths.length * ROW_HEIGHT, (Math.max(here.length, there.length) + 2.5) * LINE);
  const width = 2 * MARGIN + 2 * SIDE_WIDTH + BETWEEN;
  const height = MARGIN + TITLE_HEIGHT + inside + 3 * LINE + MARGIN;
  const top = MARGIN + TITLE_HEIGHT;
  const title = `Connection of ${environment}`;
  const notes = [
    `Resiliency: ${resiliency.model}. Service level: ${resiliency.serviceLevel}`,
    ...(resiliency.lacks.length === 0 ? [] : [`To the next model it lacks ${resiliency.lacks.join(', ')}`]),
  ];
  return svgDocument(
    { ...LOOK, width, height, title, description: describe(explanation) },
    element('text', { class: 'title', x: MARGIN, y: MARGIN + 16 }, title),
    ...notes.map((note, row) => element('text', { class: 'note', x: MARGIN, y: MARGIN + 38 + row * LINE }, note)),
    side(MARGIN, top, inside, 'AWS', here),
    side(MARGIN + SIDE_WIDTH + BETWEEN, top, inside, 'On-premises', there),
    ...paths.map((path, row) => drawPath(path, standingOf(path, explanation), top + (row + 0.5) * ROW_HEIGHT)),
    legend(top + inside + 2 * LINE),
  );
}

function awsLines({ gateway, asns, paths }: ConnectExplanation): string[] {
  return [
    `${gateway === 'transit' ? 'transit' : 'virtual private'} gateway`,
    `AS ${asns.gateway}`,
    'Direct Connect gateway',
    `AS ${asns.amazon}`,
    ...fold(paths.flatMap(({ announcedToOnPremises }) => announcedToOnPremises)),
  ];
}

function customerLines({ asns, paths }: ConnectExplanation): string[] {
  return [`AS ${asns.customer}`, ...fold(paths.flatMap(({ announcedToAws }) => announcedToAws))];
}

/** As many blocks as there is room for. */
const MOST_BLOCKS = 3;

function fold(blocks: readonly string[]): string[] {
  const distinct = [...new Set(blocks)];
  const more = distinct.length - MOST_BLOCKS;
  return [...distinct.slice(0, MOST_BLOCKS), ...(more > 0 ? [`and ${more} more`] : [])];
}

function standingOf({ name }: ExplainedPath, { trips }: ConnectExplanation): Standing {
  const uses = trips.flatMap(({ out, back }) => [out, back]).filter((names) => names.includes(name));
  if (uses.length === 0) return 'standing by';
  return uses.some((names) => names.length > 1) ? 'spread' : 'used';
}

function side(x: number, y: number, height: number, name: string, lines: readonly string[]): SvgElement {
  return together(
    element('rect', { class: 'side', x, y, width: SIDE_WIDTH, height, rx: 6 }),
    element('text', { class: 'name', x: x + 12, y: y + 24 }, name),
    ...lines.map((line, row) => element('text', { x: x + 12, y: y + 46 + row * LINE }, line)),
  );
}

function drawPath(path: ExplainedPath, standing: Standing, y: number): SvgElement {
  const [left, right] = [MARGIN + SIDE_WIDTH, MARGIN + SIDE_WIDTH + BETWEEN];
  const hue = HUE[standing];
  const above = `${path.name}: ${standing}`;
  const below = [path.location ?? 'internet', path.standing].filter(Boolean).join(', ');
  const fits = Math.floor((BETWEEN - 24) / CHARACTER_WIDTH);
  return element(
    'g',
    {},
    element('title', {}, `${above}. ${below}`),
    element('line', {
      x1: left,
      y1: y,
      x2: right,
      y2: y,
      stroke: hue,
      'stroke-width': standing === 'standing by' ? 2 : 6,
      'stroke-dasharray': path.kind === 'directConnect' ? undefined : '10 6',
    }),
    element('text', { class: 'path', x: left + 16, y: y - 10 }, above),
    element('text', { x: left + 16, y: y + 20 }, below.length > fits ? `${below.slice(0, fits - 1)}…` : below),
  );
}

function legend(y: number): SvgElement {
  return element(
    'text',
    { class: 'note', x: MARGIN, y },
    'Thick: traffic goes there now. Thin: it stands by. Dashed: a VPN tunnel over the internet.',
  );
}

function describe({ trips, failures }: ConnectExplanation): string {
  const now = trips.map(
    ({ aws, onPremises, out, back }) =>
      `${aws} to ${onPremises} over ${out.join(' and ') || 'nothing'}, back over ${back.join(' and ') || 'nothing'}`,
  );
  const then = failures.map(
    ({ fails, trips: left }) =>
      `Without ${fails}: ${[...new Set(left.map(({ out }) => out.join(' and ') || 'nothing'))].join('; ')}`,
  );
  return [...now, ...then].join('. ');
}

const LOOK = {
  style: [
    `.side { fill: none; stroke: ${INK.light.note}; stroke-width: 1.5 }`,
    '.name { font: 600 15px system-ui, sans-serif }',
    '.path { font: 600 13px system-ui, sans-serif }',
  ],
  darkStyle: [`.side { stroke: ${INK.dark.note} }`],
  definitions: element('defs', {}),
};
