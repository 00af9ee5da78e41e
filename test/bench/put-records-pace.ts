import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { renderTable } from '../../lib/foundation/table';
import type { FirehoseBehaviour, FirehoseSecond } from './firehose-process';

/** Seconds of a run, and of its end that counts as settled. */
const RUN = 25;
const CHANGE = 12;
const MB = 1_000_000;
const TEXT = 'x'.repeat(470);

type Start = (...args: readonly string[]) => ChildProcessWithoutNullStreams;

export interface Kept {
  readonly what: string;
  readonly isKept: boolean;
}

/** The producer against quotas and steady faults. Answers what was promised, and whether it was kept. */
export async function benchPace(start: Start): Promise<Kept[]> {
  const rows: (string | number)[][] = [];
  const kept: Kept[] = [];
  const add = (name: string, expected: number, soon: number, settled: number, refused: number, most: number): void => {
    const share = (bytes: number): string => `${((100 * bytes) / expected).toFixed(0)} %`;
    rows.push([name, (expected / MB).toFixed(1), share(soon), share(settled), `${(100 * refused).toFixed(1)} %`]);
    kept.push({
      what: `${name}: 90 % within 5 seconds, at most ${100 * most} % refused`,
      isKept: Math.min(soon, settled) >= 0.9 * expected && refused < most,
    });
  };
  for (const [name, behaviour, before, after] of QUOTAS) {
    const seconds = await run(start, behaviour);
    add(
      name,
      before,
      mean(seconds.slice(5, CHANGE)),
      mean(seconds.slice(6, CHANGE)),
      refusedShare(seconds.slice(5, CHANGE)),
      0.05,
    );
    if (behaviour.changes === undefined) continue;
    const later = seconds.slice(CHANGE + 5, RUN - 1);
    add(`${name}, changed`, after, mean(later.slice(0, 4)), mean(later), refusedShare(later), 0.05);
  }
  const free = mean((await run(start, {})).slice(1, 10));
  for (const failing of [0.1, 0.3]) {
    const seconds = await run(start, { failing });
    const accepted = mean(seconds.slice(1, 10));
    const expected = free * (1 - failing);
    rows.push([
      `${100 * failing} % of records fail`,
      (expected / MB).toFixed(1),
      '-',
      `${((100 * accepted) / expected).toFixed(0)} %`,
      `${(100 * refusedShare(seconds)).toFixed(1)} %`,
    ]);
    kept.push({
      what: `${100 * failing} % of records fail: 80 % of what is possible`,
      isKept: accepted >= 0.8 * expected,
    });
  }
  process.stdout.write(`${renderTable(['run', 'possible MB/s', 'after 5 s', 'settled', 'refused'], rows)}\n\n`);
  return kept;
}

const QUOTAS: readonly (readonly [string, FirehoseBehaviour, number, number])[] = [
  ['1 MB/s', { quota: { bytes: MB }, changes: [[CHANGE, { bytes: 2 * MB }]] }, MB, 2 * MB],
  ['2 MB/s', { quota: { bytes: 2 * MB }, changes: [[CHANGE, { bytes: MB }]] }, 2 * MB, MB],
  ['5,000 records/s', { quota: { records: 5_000 } }, 5_000 * 500, 0],
  ['20 requests/s', { quota: { requests: 20 } }, 20 * 500 * 500, 0],
];

/** Sends for some seconds without end; answers what the server saw in each. */
async function run(start: Start, behaviour: FirehoseBehaviour): Promise<FirehoseSecond[]> {
  const folder = mkdtempSync(join(tmpdir(), 'put-records-pace-'));
  const firehose = start('./test/bench/firehose-process.ts', JSON.stringify(behaviour));
  const lines = createInterface({ input: firehose.stdout });
  const [url] = (await once(lines, 'line')) as [string];
  const command = start(
    'bin/put-records.ts',
    '--stream',
    'events',
    '--endpoint-url',
    url,
    '--dead-letter',
    join(folder, 'dead'),
    '--json',
  );
  command.stdin.on('error', () => undefined);
  Readable.from(endless()).pipe(command.stdin);
  const seconds: FirehoseSecond[] = [];
  for await (const line of lines) {
    seconds.push(JSON.parse(line) as FirehoseSecond);
    if (seconds.length === RUN) break;
  }
  const ended = once(command, 'close');
  command.kill('SIGTERM');
  await ended;
  firehose.kill();
  rmSync(folder, { recursive: true });
  return seconds;
}

function* endless(): Generator<Buffer> {
  for (let id = 1_000_000; ;) {
    let chunk = '';
    while (chunk.length < 64 * 1024) chunk += `{"id":${(id += 1)},"text":"${TEXT}"}\n`;
    yield Buffer.from(chunk);
  }
}

function mean(seconds: readonly FirehoseSecond[]): number {
  return seconds.reduce((sum, { accepted }) => sum + accepted, 0) / seconds.length;
}

function refusedShare(seconds: readonly FirehoseSecond[]): number {
  const refused = seconds.reduce((sum, second) => sum + second.refused, 0);
  return refused / Math.max(1, refused + seconds.reduce((sum, { accepted }) => sum + accepted, 0));
}
