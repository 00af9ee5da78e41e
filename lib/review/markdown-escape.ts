import { oneLine, visible } from './visible';

/** Text that is ours but may hold a stranger's words: nothing in it is markup, a mention or a link. */
export function escapeText(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Code on one line. Hosts neither mention nor link what is in code. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Code in a cell of a table. */
export function cellCode(text: string): string {
  const line = oneLine(text);
  // In a table, `\|` is a bar inside code; but `\\|` would end the cell, and code has no other escape.
  if (line.includes('\\') && line.includes('|')) {
    return htmlCodeInMarkdown(line);
  }
  return code(line).replace(/\|/g, '\\|');
}

/** Code where Markdown is not read: in tags of HTML, and where its own escapes do not reach. */
export function htmlCodeInMarkdown(text: string): string {
  const escaped = oneLine(text).replace(
    /[^A-Za-z0-9 ,;=%$?^'"]/gu,
    (character) => `&#${character.codePointAt(0) ?? 0};`,
  );
  return `<code>${escaped}</code>`;
}

/** A fenced block that its content cannot end. */
export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${visible(text)}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A sentence of a finding: what stands between backquotes is code. */
export function sentence(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : escapeBeside(part)))
    .join('');
}

/** Keeps the spaces at the ends, which separate it from code. */
function escapeBeside(part: string): string {
  const [, start = '', end = ''] = /^(\s*)[^]*?(\s*)$/.exec(part) ?? [];
  return part.trim() === ''
    ? part.replace(/\s+/g, ' ')
    : `${start === '' ? '' : ' '}${escapeText(part)}${end === '' ? '' : ' '}`;
}
