import { formatProblem } from '../foundation/problem';
import { drawAddressPlanSvg } from './address-plan-drawing';
import { CATEGORIES, type Category, type Detail, type Finding } from './finding';
import { escapeHtml, htmlCode, htmlSentence } from './html-escape';
import { STYLE } from './html-style';
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
import { shorten } from './visible';

/** Characters of a value that stand in the table; what is longer is folded. */
const LINE = 160;
/** Characters of a value at all. */
const LONGEST = 20_000;

/** Nothing in the page may run, load or send anything, whatever a template holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The report as one file that needs nothing else, for a browser or a phone. */
export function renderHtml(report: Report): string {
  const price = priceText(report.prices);
  const hidden = hiddenText(report);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(titleOf(report))}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escapeHtml(titleOf(report))}</h1>`,
    `<p class="faint">${htmlCode(sideText(report.base))} → ${htmlCode(sideText(report.head))}, ${report.stacks} stacks</p>`,
    `<p class="verdict${report.forbidden > 0 ? ' forbidden' : ''}">${escapeHtml(verdictOf(report))}</p>`,
    ...report.allowProblems.map(
      (problem) => `<p class="forbidden">Allow file: ${escapeHtml(formatProblem(problem))}</p>`,
    ),
    ...(price === undefined
      ? []
      : [
          `<p><b>Price</b>: ${escapeHtml(price.total)}</p><ul>`,
          ...price.lines.map((line) => `<li>${escapeHtml(line)}</li>`),
          '</ul>',
        ]),
    ...report.remarks.map((remark) => `<p>${htmlSentence(remark)}</p>`),
    '</header>',
    '<main>',
    ...CATEGORIES.flatMap((category) => section(report, category)),
    '</main>',
    ...(hidden === undefined ? [] : [`<footer class="faint"><p>${escapeHtml(hidden)}</p></footer>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function section(report: Report, category: Category): string[] {
  const findings = report.findings.filter((finding) => finding.category === category);
  if (findings.length === 0) return [];
  const heading = `<h2>${CATEGORY_TITLES[category]} (${findings.length})</h2>`;
  const folds = category === 'addition' || category === 'update';
  return folds
    ? [`<details><summary>${heading}</summary>`, ...findings.map((finding) => article(report, finding)), '</details>']
    : ['<section>', heading, ...findings.map((finding) => article(report, finding)), '</section>'];
}

function article(report: Report, finding: Finding): string {
  const { danger, stack, summary, type, path, notes, details, drawing } = finding;
  const accepted = allowedText(finding);
  const fingerprint = fingerprintText(finding, report);
  const what = [type, path].filter((part) => part !== undefined).map(htmlCode);
  return [
    `<article class="${danger}">`,
    `<p><span class="label ${danger}">${escapeHtml(labelOf(finding))}</span> ${htmlCode(stack)}: ${htmlSentence(summary)}</p>`,
    what.length === 0 ? '' : `<p class="faint">${what.join(' · ')}</p>`,
    accepted === undefined ? '' : `<p><b>${escapeHtml(accepted)}</b></p>`,
    fingerprint === undefined ? '' : `<p class="faint">${fingerprint}</p>`,
    notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${htmlSentence(note)}</li>`).join('')}</ul>`,
    details.length === 0 ? '' : table(details),
    drawing === undefined ? '' : drawAddressPlanSvg(drawing),
    '</article>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function table(details: readonly Detail[]): string {
  const rows = details.map(({ path, before, after, effect, reason }) => {
    const where = `${htmlCode(path)}${effect === undefined ? '' : ` <b>${effect}</b>`}${reason === undefined ? '' : `: ${escapeHtml(reason)}`}`;
    return `<tr><td>${where}</td>${cell('before', before)}${cell('after', after)}</tr>`;
  });
  return `<table><thead><tr><th>what</th><th>before</th><th>after</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cell(side: 'before' | 'after', value: string | undefined): string {
  if (value === undefined) return '<td></td>';
  const start = `<td class="${side}" data-label="${side}">`;
  if (value.length <= LINE && !value.includes('\n')) return `${start}${htmlCode(value)}</td>`;
  const first = `${value.slice(0, LINE / 2).split('\n', 1)[0] ?? ''}…`;
  return `${start}<details><summary>${htmlCode(first)}</summary><pre>${escapeHtml(shorten(value, LONGEST))}</pre></details></td>`;
}
