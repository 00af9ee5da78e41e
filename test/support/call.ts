import { exitCodeOf, type Main } from '../../lib/foundation/command';
import type { Finished } from './run';

/** Calls a command in this process, which is much quicker than starting one, and collects what it prints. */
export async function call(name: string, main: Main, args: string[]): Promise<Finished> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  try {
    return { code: await exitCodeOf(name, main, args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
