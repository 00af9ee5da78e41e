/** A piece of the report that is shown whole, in short, or not at all. */
export interface Block {
  readonly full: string;
  /** Where the whole of it does not fit. */
  readonly short: string;
}

/** Blocks under a heading. What opens is closed again, wherever it is cut. */
export interface Section {
  readonly title: string;
  readonly open: string;
  readonly blocks: readonly Block[];
  readonly close: string;
}

/** Room for the line that says what was cut. */
const TRAILER = 600;

/**
 * Puts sections together, the first being the most important, in at most so many characters. What does not fit is
 * counted, and named at the end.
 */
export function assemble(head: string, sections: readonly Section[], tail: string, maxLength: number): string {
  const whole = [head, ...sections.map((section) => render(section, 'full')), tail].join('');
  if (whole.length <= maxLength) return whole;
  const room = maxLength - tail.length - TRAILER;
  // The first line is the mark by which the comment is found again.
  let text = head.length > room ? `${head.split('\n', 1)[0] ?? ''}\n` : head;
  let full = false;
  const cut: string[] = [];
  for (const section of sections) {
    const { title, open, blocks, close } = section;
    let shown = 0;
    let body = '';
    for (const { full: long, short } of full ? [] : blocks) {
      const left = room - text.length - open.length - close.length - body.length;
      const block = [long, short].find((form) => form.length <= left);
      if (block === undefined) break;
      body += block;
      shown += 1;
    }
    if (shown > 0) text += `${open}${body}${close}`;
    if (shown < blocks.length) {
      // What comes behind is less important: nothing of it is shown before this is.
      full = true;
      cut.push(`${blocks.length - shown} of ${blocks.length} under ${title}`);
    }
  }
  const short = sections.length > 0 && cut.length === 0 ? 'details of some findings' : cut.join(', ');
  const trailer = `\n**Cut to ${maxLength} characters.** Not shown: ${short}. The command line shows all of it.\n`;
  return (text + trailer.slice(0, TRAILER) + tail).slice(0, Math.max(maxLength, 0));
}

function render({ open, blocks, close }: Section, form: keyof Block): string {
  return blocks.length === 0 ? '' : `${open}${blocks.map((block) => block[form]).join('')}${close}`;
}
