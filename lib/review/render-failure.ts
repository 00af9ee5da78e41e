import type { CannotCompare } from './cannot-compare';
import { escapeHtml } from './html-escape';
import { STYLE } from './html-style';
import { escapeText, fenced } from './markdown-escape';
import { MARKER } from './render-markdown';
import { REPORT_VERSION } from './render-json';
import { oneLine, shorten, visible } from './visible';

/** Characters of output that a comment has room for. */
const MOST_OUTPUT = 5_000;

/** That there is nothing to compare, in the same format as a report: a comment should say so, too. */
export function renderFailure({ what, lines }: CannotCompare, format: 'markdown' | 'html' | 'json' | 'text'): string {
  const output = shorten(lines.join('\n'), MOST_OUTPUT);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: REPORT_VERSION, error: what, lines }, undefined, 2)}\n`;
    case 'markdown':
      return `${MARKER}\n## Infrastructure changes could not be compared\n\n${escapeText(what)}\n${output === '' ? '' : `\n${fenced(output)}\n`}`;
    case 'html':
      return [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        `<title>Could not compare</title><style>${STYLE}</style></head><body>`,
        `<h1>Infrastructure changes could not be compared</h1><p>${escapeHtml(what)}</p><pre>${escapeHtml(output)}</pre></body></html>\n`,
      ].join('\n');
    case 'text':
      return `Could not compare: ${oneLine(what)}\n${output === '' ? '' : `${visible(output)}\n`}`;
  }
}
