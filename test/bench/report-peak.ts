import { writeSync } from 'node:fs';

/** Imported before a program: says on standard error how much memory the process held at most, in MiB. */
process.on('exit', () => {
  // Linux counts maxRSS in KiB.
  writeSync(2, `peak ${process.resourceUsage().maxRSS / 1024} MiB\n`);
});
