import { startFirehose } from '../stream/support/firehose-server';

/** A Firehose of its own process, so that what it costs is not counted as the producer's. Answers after 5 ms. */
const LATENCY = 5;

void startFirehose({ before: () => new Promise((resolve) => setTimeout(resolve, LATENCY)) }).then(({ url }) => {
  process.stdout.write(`${url}\n`);
});
