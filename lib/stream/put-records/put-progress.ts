import { showProgress } from './put-report';
import type { PutCounts } from './put-tally';

/** In milliseconds: quick enough to look alive. */
const INTERVAL = 200;
const CLEAR_LINE = '\r\u001b[2K';

export interface Progress {
  readonly show: (counts: PutCounts) => void;
  end(): void;
}

/** Shows progress on standard error, if a person is looking at it. */
export function startProgress(output: { isTTY?: boolean; write(text: string): unknown } = process.stderr): Progress {
  if (output.isTTY !== true) return { show: () => undefined, end: () => undefined };
  const started = performance.now();
  let shown = -Infinity;
  return {
    show: (counts) => {
      const now = performance.now();
      if (now - shown < INTERVAL) return;
      shown = now;
      output.write(`${CLEAR_LINE}${showProgress(counts, (now - started) / 1000)}`);
    },
    end: () => {
      output.write(CLEAR_LINE);
    },
  };
}
