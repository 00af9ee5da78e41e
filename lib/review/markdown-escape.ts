import { oneLine, visible } from './visible';

/** Text that is ours but may hold a stranger's words: nothing in it is markup, a mention or a link. */
export function escapeText(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Code on one line, that may stand in a table. Hosts neither mention nor link what is in code. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  // In a table, `\|` is a bar inside code; but `\\|` would end the cell, and code has no other escape.
  if (line.includes('\\') && line.includes('|')) {
    return `<code>${line.replace(/[^A-Za-z0-9 ,;=%$?^'"]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)}</code>`;
  }
  const longest = longestRun(line);
  const fence = '`'.repeat(longest + 1);
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line.replace(/\|/g, '\\|')}${padding}${fence}`;
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
