import { oneLine, visible } from './visible';

/** Text that means itself, in an element or in quotes. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function htmlCode(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

/** A sentence of a finding: what stands between backquotes is code. */
export function htmlSentence(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? htmlCode(oneLine(part)) : escapeHtml(part)))
    .join('');
}
