import { CATEGORIES, type Category, type Detail, type Finding } from './finding';
import { assemble, type Block, type Section } from './markdown-blocks';
import { cellCode, code, escapeText, fenced, htmlCodeInMarkdown, sentence } from './markdown-escape';
import type { Report } from './report';
import {
  allowedText,
  CATEGORY_TITLES,
  fingerprintText,
  hiddenText,
  labelOf,
  priceText,
  sideText,
  titleOf,
  verdictOf,
} from './report-words';
import { drawAddressPlanText } from './address-plan-text';
import { formatProblem } from '../foundation/problem';
import { oneLine, shorten } from './visible';

/** By this line the comment of an earlier run is found again. */
export const MARKER = '<!-- pr-diff -->';

/** Characters that a comment may have. Sources: GitHub answers 422 above; "Quotas", AWS CodeCommit User Guide (10,240). */
export const COMMENT_LENGTHS = { github: 65_536, codecommit: 10_240 } as const;

/** Characters of a value that a table shows; what is longer is folded. */
const LINE = 100;
/** Characters of a folded value. */
const FOLDED = 4_000;
/** Details of one finding. */
const MOST_DETAILS = 50;
/** Characters of a finding's line where there is little room, and of a name in it. */
const SHORT = 400;
const SHORT_NAME = 80;

/** The report as a comment on a pull request, never longer than `maxLength` characters. */
export function renderMarkdown(report: Report, maxLength: number = COMMENT_LENGTHS.github): string {
  const sections = CATEGORIES.map((category) =>
    sectionOf(
      report,
      category,
      report.findings.filter((finding) => finding.category === category),
    ),
  ).filter(({ blocks }) => blocks.length > 0);
  return assemble(headOf(report), [...prefaces(report), ...sections], tailOf(report), maxLength);
}

/** What is shown however short the comment is: what was compared, and the verdict. */
function headOf(report: Report): string {
  const [base, head] = [report.base, report.head].map((side) => code(shorten(sideText(side), LINE)));
  const stacks = `${report.stacks} ${report.stacks === 1 ? 'stack' : 'stacks'}`;
  return [
    MARKER,
    `## ${escapeText(titleOf(report))}`,
    '',
    `${base ?? ''} → ${head ?? ''}, ${stacks}. **${escapeText(verdictOf(report))}**`,
    '\n',
  ].join('\n');
}

/** What is about the report as a whole: before the findings, but never in place of them. */
function prefaces({ allowProblems, prices, remarks }: Report): Section[] {
  const price = priceText(prices);
  const line = (text: string): Block => ({ full: `- ${text}\n`, short: `- ${shorten(text, SHORT)}\n` });
  return [
    {
      title: 'Allow file',
      open: '',
      blocks: allowProblems.map((problem) => line(`**Allow file**: ${escapeText(formatProblem(problem))}`)),
      close: '',
      share: 0.4,
    },
    {
      title: 'Price',
      open: price === undefined ? '' : `**Price**: ${escapeText(price.total)}\n\n`,
      blocks: (price?.lines ?? []).slice(0, 10).map((text) => line(escapeText(text))),
      close: '\n',
      share: 0.3,
    },
    {
      title: 'Remarks',
      open: '',
      blocks: remarks.map((remark) => ({ full: `${sentence(remark)}\n\n`, short: `${sentence(remark)}\n\n` })),
      close: '',
      share: 0.3,
    },
  ];
}

function tailOf(report: Report): string {
  const hidden = hiddenText(report);
  return hidden === undefined ? '' : `\n${escapeText(hidden)}\n`;
}

/** Sections where nothing is in danger are folded. */
const FOLDED_CATEGORIES: ReadonlySet<Category> = new Set(['addition', 'update']);

function sectionOf(report: Report, category: Category, findings: readonly Finding[]): Section {
  const title = CATEGORY_TITLES[category];
  const heading = `${title} (${findings.length})`;
  const folds = FOLDED_CATEGORIES.has(category) && findings.length > 0;
  return {
    title,
    open: folds ? `\n<details><summary><b>${heading}</b></summary>\n\n` : `\n### ${heading}\n\n`,
    blocks: findings.map((finding) => blockOf(report, finding)),
    close: folds ? '\n</details>\n' : '',
  };
}

function blockOf(report: Report, finding: Finding): Block {
  const accepted = allowedText(finding);
  const fingerprint = fingerprintText(finding, report);
  const line = [
    `- **${escapeText(labelOf(finding))}** in ${code(finding.stack)}: ${sentence(finding.summary)}`,
    ...(finding.type === undefined
      ? []
      : [` (${code(finding.type)}${finding.path === undefined ? '' : `, ${code(finding.path)}`})`]),
    ...(accepted === undefined ? [] : [` **${escapeText(accepted)}**`]),
  ].join('');
  const parts = [
    `${line}\n`,
    ...finding.notes.map((note) => `  - ${sentence(note)}\n`),
    ...(fingerprint === undefined ? [] : [`  - ${fingerprint}\n`]),
    tableOf(finding.details),
    ...(finding.drawing === undefined ? [] : [`\n${indent(fenced(drawAddressPlanText(finding.drawing)))}\n`]),
    ...foldedValues(finding.details),
  ];
  return { full: parts.join(''), short: line.length > SHORT ? shortLine(finding) : `${line}\n` };
}

/** A name as long as a page must not keep the finding from being shown at all. */
function shortLine(finding: Finding): string {
  const { stack, logicalId, change, type = '' } = finding;
  const names = [shorten(stack, SHORT_NAME), shorten(logicalId ?? '', SHORT_NAME)].map(code);
  return `- **${escapeText(labelOf(finding))}** in ${names.join(': ')} ${change} ${escapeText(shorten(type, SHORT_NAME))}\n`;
}

function tableOf(details: readonly Detail[]): string {
  if (details.length === 0) return '';
  const rows = details.slice(0, MOST_DETAILS).map(({ path, before, after, effect, reason }) => {
    const where = `${cellCode(path)}${effect === undefined ? '' : ` **${effect}**`}${reason === undefined ? '' : `: ${cellCode(reason)}`}`;
    return `  | ${where} | ${cell(before)} | ${cell(after)} |\n`;
  });
  const more = details.length - rows.length;
  return [
    '\n  | what | before | after |\n  | --- | --- | --- |\n',
    ...rows,
    ...(more > 0 ? [`  | ${more} more | | |\n`] : []),
    '\n',
  ].join('');
}

function cell(value: string | undefined): string {
  if (value === undefined) return '';
  const line = oneLine(value);
  return line.length > LINE || value.includes('\n')
    ? `${cellCode(`${line.slice(0, LINE - 20)}…`)} (below)`
    : cellCode(line);
}

/** Values that are longer than a line, folded. */
function foldedValues(details: readonly Detail[]): string[] {
  return details.slice(0, MOST_DETAILS).flatMap(({ path, before, after }) =>
    (
      [
        ['before', before],
        ['after', after],
      ] as const
    ).flatMap(([side, value]) => {
      if (value === undefined || (oneLine(value).length <= LINE && !value.includes('\n'))) return [];
      // Inside of HTML there is no Markdown.
      const summary = `<details><summary>${htmlCodeInMarkdown(path)} ${side}</summary>`;
      return [`${indent(`${summary}\n\n${fenced(shorten(value, FOLDED))}\n\n</details>`)}\n\n`];
    }),
  );
}

/** Under its list item. */
function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
