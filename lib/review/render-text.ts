import { formatProblem } from '../foundation/problem';
import { renderTable } from '../foundation/table';
import { drawAddressPlanText } from './address-plan-text';
import { CATEGORIES, type Finding } from './finding';
import type { Report } from './report';
import {
  allowedText,
  fingerprintText,
  CATEGORY_TITLES,
  hiddenText,
  labelOf,
  priceText,
  sideText,
  titleOf,
  verdictOf,
} from './report-words';
import { oneLine, shorten } from './visible';

/** Characters of a value in a terminal. */
const LINE = 120;

/** The report for a terminal. */
export function renderText(report: Report): string {
  const price = priceText(report.prices);
  const hidden = hiddenText(report);
  const parts = [
    titleOf(report),
    `${oneLine(sideText(report.base))} → ${oneLine(sideText(report.head))}, ${report.stacks} stacks`,
    ...CATEGORIES.flatMap((category) => {
      const findings = report.findings.filter((finding) => finding.category === category);
      if (findings.length === 0) return [];
      return [
        `\n${CATEGORY_TITLES[category]} (${findings.length})`,
        ...findings.map((finding) => findingText(report, finding)),
      ];
    }),
    ...(price === undefined ? [] : [`\nPrice: ${price.total}`, ...price.lines.map((line) => `  ${oneLine(line)}`)]),
    ...(hidden === undefined ? [] : [`\n${hidden}`]),
    ...report.remarks.map((remark) => `\n${plain(remark)}`),
    ...report.allowProblems.map((problem) => `\nAllow file: ${formatProblem(problem)}`),
    `\n${verdictOf(report)}`,
  ];
  return `${parts.join('\n')}\n`;
}

function findingText(report: Report, finding: Finding): string {
  const accepted = allowedText(finding);
  const fingerprint = fingerprintText(finding, report);
  const table =
    finding.details.length === 0
      ? []
      : renderTable(
          ['what', 'before', 'after'],
          finding.details.map(({ path, before, after, effect, reason }) => [
            `${oneLine(path)}${effect === undefined ? '' : ` (${effect})`}${reason === undefined ? '' : `: ${oneLine(reason)}`}`,
            shorten(oneLine(before ?? ''), LINE),
            shorten(oneLine(after ?? ''), LINE),
          ]),
        ).split('\n');
  return [
    `\n  [${labelOf(finding)}] ${oneLine(finding.stack)}: ${plain(finding.summary)}${finding.type === undefined ? '' : ` (${oneLine(finding.type)})`}`,
    ...(accepted === undefined ? [] : [`    ${oneLine(accepted)}`]),
    ...finding.notes.map((note) => `    ${plain(note)}`),
    ...(fingerprint === undefined ? [] : [`    ${fingerprint}`]),
    ...table.map((line) => `    ${line}`),
    ...(finding.drawing === undefined
      ? []
      : drawAddressPlanText(finding.drawing)
          .split('\n')
          .map((line) => `    ${aligned(line)}`)),
  ].join('\n');
}

function plain(text: string): string {
  return oneLine(text.replace(/`/g, ''));
}

/** Keeps the columns of a drawing. */
function aligned(line: string): string {
  return line.replace(/[^ -~]/g, (character) => oneLine(character));
}
