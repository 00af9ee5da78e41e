import { startFirehose, type Fault, type SeenRequest } from '../stream/support/firehose-server';
import { QuotaModel, type Quota } from '../stream/support/quota';

/** What the server does, given as JSON. */
export interface FirehoseBehaviour {
  readonly quota?: Quota;
  /** At which second the quota becomes what, counted from the first request. */
  readonly changes?: readonly (readonly [number, Quota])[];
  /** The share of records that fails whatever the rate, 0 to 1. */
  readonly failing?: number;
}

/** What was sent within a second, in bytes: printed as a line of JSON when it has passed. */
export interface FirehoseSecond {
  accepted: number;
  refused: number;
}

/** A Firehose of its own process, so that what it costs is not counted as the producer's. Answers after 5 ms. */
const LATENCY = 5;

const behaviour = JSON.parse(process.argv[2] ?? '{}') as FirehoseBehaviour;
const model = new QuotaModel(() => performance.now(), behaviour.quota ?? {});
let second: FirehoseSecond = { accepted: 0, refused: 0 };
let hasStarted = false;

function start(): void {
  hasStarted = true;
  setInterval(() => {
    process.stdout.write(`${JSON.stringify(second)}\n`);
    second = { accepted: 0, refused: 0 };
  }, 1000);
  for (const [at, quota] of behaviour.changes ?? []) {
    setTimeout(() => {
      model.change(quota);
    }, at * 1000);
  }
}

function fault({ records }: SeenRequest): Fault | undefined {
  if (!hasStarted) start();
  const sizes = records.map(({ length }) => length);
  const refused = model.put(sizes);
  const fails = sizes.map((_, index) => refused?.[index] !== false || Math.random() < (behaviour.failing ?? 0));
  sizes.forEach((size, index) => (second[fails[index] === true ? 'refused' : 'accepted'] += size));
  if (refused === undefined) return { kind: 'error', status: 503, type: 'ServiceUnavailableException' };
  return fails.includes(true) ? { kind: 'partial', failed: (_, index) => fails[index] === true } : undefined;
}

void startFirehose({ fault, before: () => new Promise((resolve) => setTimeout(resolve, LATENCY)) }).then(({ url }) => {
  process.stdout.write(`${url}\n`);
});
