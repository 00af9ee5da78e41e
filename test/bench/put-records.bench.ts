import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { renderTable } from '../../lib/foundation/table';
import type { PutLinesResult } from '../../lib/stream/put-lines';

/**
 * The producer against a loop of single PutRecord calls, and its memory on an input of a GiB. `npm run bench:put-records`;
 * exits with 1 if it falls behind what is promised. Not a test: it takes minutes, and the machine to itself.
 */
const PROMISES = { timesSingleCalls: 50, peakMiB: 200, recordsPerRequest: 495 } as const;
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const SINGLE_CALLS = 1000;

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

interface Measured extends PutLinesResult {
  readonly peakMiB: number;
}

function startProcess(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(__dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...ENVIRONMENT },
  });
}

async function measureProducer(url: string, bytes: number, perRecord: number): Promise<Measured> {
  const child = startProcess('put-records-process.ts', [url, String(bytes), String(perRecord)]);
  if (child.stdout === null) throw new Error('no output to read');
  return JSON.parse(await text(child.stdout)) as Measured;
}

/** Records a second, one call after the other. */
async function measureSingleCalls(endpoint: string): Promise<number> {
  const client = new FirehoseClient({ endpoint, region: 'ap-northeast-1', maxAttempts: 1 });
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
  const firehose = startProcess('firehose-process.ts', []);
  if (firehose.stdout === null) throw new Error('no output to read');
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
