import { stripVTControlCharacters } from 'node:util';

/** Lines of output that a report has room for. */
const MOST_LINES = 40;

/** The end of what a program printed, where it says why it failed; without colours and blank lines. */
export function lastLines(output: string): string[] {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const cut = lines.length - MOST_LINES;
  return cut > 0 ? [`(${cut} lines before)`, ...lines.slice(-MOST_LINES)] : lines;
}
