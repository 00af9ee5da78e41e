const CLEAR_LINE = '\r\u001b[2K';

export interface Progress {
  readonly show: (answered: number, all: number) => void;
  end(): void;
}

/** Shows progress on standard error, if a person is looking at it. */
export function startProgress(output: { isTTY?: boolean; write(text: string): unknown } = process.stderr): Progress {
  if (output.isTTY !== true) return { show: () => undefined, end: () => undefined };
  const write = (text: string): void => {
    output.write(`${CLEAR_LINE}${text}`);
  };
  write('Asking AWS…');
  return {
    show: (answered, all) => {
      write(`Asking AWS… ${answered} of ${all} answered`);
    },
    end: () => {
      write('');
    },
  };
}
