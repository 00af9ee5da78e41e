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
/** Rough width of a character of the 12-pixel font. */
const CHARACTER_WIDTH = 7.3;
const LINES = 3;

/** After Okabe and Ito, darkened until white text is legible on them. */
const HUES: Readonly<Record<PlannedStage['kind'], string>> = {
  source: '#0072b2',
  build: '#00795a',
  test: '#8a6100',
  approval: '#a8487f',
  deploy: '#b84e00',
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
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">Pipeline of ${escape(title)}</title>`,
    `<desc id="desc">${escape(stages.map((stage) => `${stage.name}: ${describeStage(stage)}`).join('. '))}</desc>`,
    STYLE,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="${MARGIN + 16}">Pipeline of ${escape(title)}</text>`,
    `<text class="note" x="${MARGIN}" y="${MARGIN + 40}">${escape(start)}</text>`,
    ...stages.map((stage, index) => drawStage(stage, index, index < stages.length - 1)),
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = `<style>
text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328 }
.title { font: 600 18px system-ui, sans-serif }
.note { font: 13px system-ui, sans-serif; fill: #59636e }
.ground { fill: #ffffff }
.on-box { fill: #ffffff }
.name { font: 600 15px system-ui, sans-serif; fill: #ffffff }
.arrow { stroke: #59636e; fill: none }
.head { fill: #59636e }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .note { fill: #9198a1 }
  .ground { fill: #0d1117 }
  .arrow { stroke: #9198a1 }
  .head { fill: #9198a1 }
}
</style>`;

function drawStage(stage: PlannedStage, index: number, isFollowed: boolean): string {
  const column = index % PER_ROW;
  const x = MARGIN + column * (BOX_WIDTH + GAP);
  const y = MARGIN + TITLE_HEIGHT + Math.floor(index / PER_ROW) * (BOX_HEIGHT + ROLLBACK_HEIGHT);
  const middle = y + BOX_HEIGHT / 2;
  const right = x + BOX_WIDTH;
  const fits = Math.floor((BOX_WIDTH - 24) / CHARACTER_WIDTH);
  const lines = wrap(describeStage(stage), fits).slice(0, LINES);
  const text = [
    `<text class="name" x="${x + 12}" y="${y + 24}">${escape(stage.name)}</text>`,
    `<text class="on-box" x="${x + 12}" y="${y + 44}">${escape(stage.provider)}</text>`,
    ...lines.map((line, row) => `<text class="on-box" x="${x + 12}" y="${y + 62 + row * 16}">${escape(line)}</text>`),
  ];
  const end = column === PER_ROW - 1 ? right + MARGIN / 2 : right + GAP - 4;
  const onward = isFollowed ? `<path class="arrow" marker-end="url(#arrow)" d="M${right} ${middle}H${end}"/>` : '';
  const back = stage.rollsBack
    ? `<path class="arrow" stroke-dasharray="4 3" marker-end="url(#arrow)" d="M${right - 40} ${y + BOX_HEIGHT}v20H${x + 40}v-17"/>` +
      `<text x="${x + 12}" y="${y + BOX_HEIGHT + 36}">back to what succeeded</text>`
    : '';
  const tooltip = `${stage.category}, ${stage.provider}; takes ${stage.inputs.join(', ') || 'nothing'}, gives ${stage.outputs.join(', ') || 'nothing'}`;
  return `<g><title>${escape(tooltip)}</title><rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="6" fill="${HUES[stage.kind]}"/>${text.join('')}${onward}${back}</g>`;
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

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
