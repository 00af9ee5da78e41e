import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { renderTable } from '../../lib/foundation/table';
import type { PutSummary } from '../../lib/stream/put-records/put-report';
import { benchPace } from './put-records-pace';

/**
 * The producer against a loop of single PutRecord calls, its memory on an input of a GiB, and its pace against quotas and
 * steady faults (alone with `-- pace`). `npm run bench:put-records`; exits with 1 if it falls behind what is promised. Not a test: it takes minutes, and the machine to itself.
 */
const PROMISES = { timesSingleCalls: 50, peakMiB: 200, recordsPerRequest: 495 } as const;
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const SINGLE_CALLS = 1000;

const ROOT = join(__dirname, '..', '..');
const ENVIRONMENT = {
  AWS_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

interface Measured extends PutSummary {
  readonly peakMiB: number;
}

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: ROOT, env: { ...process.env, ...ENVIRONMENT } });
}

/** The command itself, reading from a pipe what is made on the fly. */
async function measureProducer(url: string, bytes: number, perRecord: number): Promise<Measured> {
  const options = ['--stream', 'events', '--endpoint-url', url, '--json'];
  const command = start('--import', './test/bench/report-peak.ts', 'bin/put-records.ts', ...options);
  const input = pipeline(Readable.from(lines(bytes, perRecord)), command.stdin);
  const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr), input]);
  const [, peak] = /^peak ([\d.]+) MiB$/m.exec(stderr) ?? [];
  if (stdout === '' || peak === undefined) throw new Error(`put-records failed: ${stderr}`);
  return { ...(JSON.parse(stdout) as PutSummary), peakMiB: Number(peak) };
}

function* lines(total: number, perRecord: number): Generator<Buffer> {
  const chunkSize = 64 * 1024;
  const filler = 'あ'.repeat(Math.floor(perRecord / 3));
  let id = 0;
  for (let bytes = 0; bytes < total;) {
    let chunk = '';
    while (chunk.length < chunkSize) chunk += `{"id":${(id += 1)},"text":"${filler}"}\n`;
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    yield piece;
  }
}

/** Records a second, one call after the other. */
async function measureSingleCalls(endpoint: string): Promise<number> {
  const client = new FirehoseClient({ endpoint, maxAttempts: 1 });
  const Data = Buffer.from('{"id":1,"text":"こんにちは"}');
  const started = performance.now();
  for (let call = 0; call < SINGLE_CALLS; call++) {
    await client.send(new PutRecordCommand({ DeliveryStreamName: 'events', Record: { Data } }));
  }
  client.destroy();
  return SINGLE_CALLS / ((performance.now() - started) / 1000);
}

async function main(): Promise<void> {
  Object.assign(process.env, ENVIRONMENT);
  const kept = (await benchPace(start)).map(({ what, isKept }) => promise(what, isKept));
  if (kept.includes(false)) process.exitCode = 1;
  if (process.argv.includes('pace')) return;
  const firehose = start('./test/bench/firehose-process.ts');
  const [line] = (await once(firehose.stdout, 'data')) as [Buffer];
  const url = line.toString().trim();
  try {
    const single = await measureSingleCalls(url);
    const small = await measureProducer(url, GIB, 200);
    const large = await measureProducer(url, GIB, 20_000);
    report(single, small, large);
  } finally {
    firehose.kill();
  }
}

function report(single: number, small: Measured, large: Measured): void {
  const row = (name: string, { accepted, bytes, requests, seconds, peakMiB }: Measured): (string | number)[] => [
    name,
    accepted,
    Math.round(accepted / seconds),
    (bytes / MIB / seconds).toFixed(1),
    (accepted / requests).toFixed(1),
    peakMiB.toFixed(0),
    seconds.toFixed(1),
  ];
  const rows = [
    ['PutRecord, one by one', SINGLE_CALLS, Math.round(single), '-', '1.0', '-', (SINGLE_CALLS / single).toFixed(1)],
    row('1 GiB, small records', small),
    row('1 GiB, large records', large),
  ];
  const headings = ['run', 'records', 'records/s', 'MiB/s', 'records/request', 'peak MiB', 'seconds'];
  const times = small.accepted / small.seconds / single;
  process.stdout.write(`${renderTable(headings, rows)}\n\n`);
  const kept = [
    promise(
      `${times.toFixed(0)} times single calls (at least ${PROMISES.timesSingleCalls})`,
      times >= PROMISES.timesSingleCalls,
    ),
    ...[small, large].map(({ peakMiB }) =>
      promise(`peak ${peakMiB.toFixed(0)} MiB (under ${PROMISES.peakMiB})`, peakMiB < PROMISES.peakMiB),
    ),
    promise(
      `${(small.accepted / small.requests).toFixed(1)} records a request (at least ${PROMISES.recordsPerRequest})`,
      small.accepted / small.requests >= PROMISES.recordsPerRequest,
    ),
    promise(
      'every record accepted',
      small.dead + large.dead === 0 && small.resumeLine === null && large.resumeLine === null,
    ),
  ];
  if (kept.includes(false)) process.exitCode = 1;
}

function promise(what: string, isKept: boolean): boolean {
  process.stdout.write(`${isKept ? 'kept  ' : 'BROKEN'}  ${what}\n`);
  return isKept;
}

void main();
