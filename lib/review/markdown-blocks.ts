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
  /** Of the room that is left, where what comes behind matters as much; all of it. */
  readonly share?: number;
}

/** Room for the line that says what was cut. */
const TRAILER = 600;

/**
 * Puts sections together, the first being the most important, in at most so many characters. The head is always there, so
 * it must be short. What does not fit is counted, and named at the end.
 */
export function assemble(head: string, sections: readonly Section[], tail: string, maxLength: number): string {
  const whole = [head, ...sections.map((section) => render(section, 'full')), tail].join('');
  if (whole.length <= maxLength) return whole;
  const room = maxLength - tail.length - TRAILER;
  let text = head;
  const cut: string[] = [];
  for (const { title, open, blocks, close, share = 1 } of sections) {
    const end = text.length + (room - text.length) * share;
    let shown = 0;
    let body = '';
    for (const { full, short } of blocks) {
      const left = end - text.length - open.length - close.length - body.length;
      // One that does not fit must not hide those behind it.
      const block = [full, short].find((form) => form.length <= left);
      if (block === undefined) continue;
      body += block;
      shown += 1;
    }
    if (shown > 0) text += `${open}${body}${close}`;
    if (shown < blocks.length) cut.push(`${blocks.length - shown} of ${blocks.length} under ${title}`);
  }
  const short = sections.length > 0 && cut.length === 0 ? 'details of some findings' : cut.join(', ');
  const trailer = `\n**Cut to ${maxLength} characters.** Not shown: ${short}. The command line shows all of it.\n`;
  return (text + trailer.slice(0, TRAILER) + tail).slice(0, Math.max(maxLength, 0));
}

function render({ open, blocks, close }: Section, form: keyof Block): string {
  return blocks.length === 0 ? '' : `${open}${blocks.map((block) => block[form]).join('')}${close}`;
}
