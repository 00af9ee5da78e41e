import { CHARACTER_WIDTH, element, hueOf, INK, svgDocument, type SvgElement } from '../foundation/svg';
import { describeStage } from './pipeline-text';
import type { PlannedStage } from './pipeline-plan';

/** Pixels. */
const MARGIN = 24;
const TITLE_HEIGHT = 62;
const BOX_WIDTH = 196;
const BOX_HEIGHT = 104;
const GAP = 56;
const ROLLBACK_HEIGHT = 46;
/** Stages in a row; the next row goes on below. */
const PER_ROW = 5;
const LINES = 3;

const HUES: Readonly<Record<PlannedStage['kind'], string>> = {
  source: hueOf(0),
  build: hueOf(1),
  test: hueOf(4),
  approval: hueOf(3),
  deploy: hueOf(2),
};

/**
 * Draws a pipeline: a box for each stage, the artifact that passes between them, and where a failure goes back. Readable on
 * light and dark ground.
 *
 * @param title what the pipeline belongs to, for example `dev`
 * @param start what starts it
 */
export function drawPipeline(stages: readonly PlannedStage[], title: string, start: string): string {
  const columns = Math.min(PER_ROW, stages.length);
  const rows = Math.ceil(stages.length / PER_ROW);
  const width = Math.max(
    2 * MARGIN + columns * BOX_WIDTH + (columns - 1) * GAP,
    start.length * CHARACTER_WIDTH + 2 * MARGIN,
  );
  const height = MARGIN + TITLE_HEIGHT + rows * (BOX_HEIGHT + ROLLBACK_HEIGHT) + MARGIN;
  const description = stages.map((stage) => `${stage.name}: ${describeStage(stage)}`).join('. ');
  return svgDocument(
    { ...LOOK, width, height, title: `Pipeline of ${title}`, description },
    element('text', { class: 'title', x: MARGIN, y: MARGIN + 16 }, `Pipeline of ${title}`),
    element('text', { class: 'note', x: MARGIN, y: MARGIN + 40 }, start),
    ...stages.map((stage, index) => drawStage(stage, index, index < stages.length - 1)),
  );
}

const LOOK = {
  style: [
    '.on-box { fill: #ffffff }',
    '.name { font: 600 15px system-ui, sans-serif; fill: #ffffff }',
    `.arrow { stroke: ${INK.light.note}; fill: none }`,
    `.head { fill: ${INK.light.note} }`,
  ],
  darkStyle: [`.arrow { stroke: ${INK.dark.note} }`, `.head { fill: ${INK.dark.note} }`],
  definitions: element(
    'defs',
    {},
    element(
      'marker',
      { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' },
      element('path', { class: 'head', d: 'M0 0L8 4L0 8z' }),
    ),
  ),
};

function drawStage(stage: PlannedStage, index: number, isFollowed: boolean): SvgElement {
  const column = index % PER_ROW;
  const x = MARGIN + column * (BOX_WIDTH + GAP);
  const y = MARGIN + TITLE_HEIGHT + Math.floor(index / PER_ROW) * (BOX_HEIGHT + ROLLBACK_HEIGHT);
  const middle = y + BOX_HEIGHT / 2;
  const right = x + BOX_WIDTH;
  const fits = Math.floor((BOX_WIDTH - 24) / CHARACTER_WIDTH);
  const lines = wrap(describeStage(stage), fits).slice(0, LINES);
  const end = column === PER_ROW - 1 ? right + MARGIN / 2 : right + GAP - 4;
  const arrow = { class: 'arrow', 'marker-end': 'url(#arrow)' };
  const tooltip = `${stage.category}, ${stage.provider}; takes ${stage.inputs.join(', ') || 'nothing'}, gives ${stage.outputs.join(', ') || 'nothing'}`;
  return element(
    'g',
    {},
    element('title', {}, tooltip),
    element('rect', { x, y, width: BOX_WIDTH, height: BOX_HEIGHT, rx: 6, fill: HUES[stage.kind] }),
    element('text', { class: 'name', x: x + 12, y: y + 24 }, stage.name),
    element('text', { class: 'on-box', x: x + 12, y: y + 44 }, stage.provider),
    ...lines.map((line, row) => element('text', { class: 'on-box', x: x + 12, y: y + 62 + row * 16 }, line)),
    ...(isFollowed ? [element('path', { ...arrow, d: `M${right} ${middle}H${end}` })] : []),
    ...(stage.rollsBack
      ? [
          element('path', {
            class: 'arrow',
            'stroke-dasharray': '4 3',
            'marker-end': 'url(#arrow)',
            d: `M${right - 40} ${y + BOX_HEIGHT}v20H${x + 40}v-17`,
          }),
          element('text', { x: x + 12, y: y + BOX_HEIGHT + 36 }, 'back to what succeeded'),
        ]
      : []),
  );
}

/** Words in lines; a word that does not fit a line of its own is cut, and the whole is in the description. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > width ? `${word.slice(0, width - 1)}…` : word);
  }
  return lines;
}
