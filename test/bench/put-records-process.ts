import { Readable } from 'node:stream';
import { firehoseSender } from '../../lib/stream/firehose-sender';
import { putLines } from '../../lib/stream/put-lines';

/**
 * The producer in a process of its own: sends so many bytes, made on the fly, in records of about so many bytes, and
 * prints its result with the most memory it ever held.
 */
async function main([url = '', total = '', perRecord = '']: readonly string[]): Promise<void> {
  const sender = await firehoseSender({
    stream: 'events',
    region: 'ap-northeast-1',
    endpointUrl: url,
    connections: 8,
  });
  const input = Readable.from(lines(Number(total), Number(perRecord)), { objectMode: true });
  const result = await putLines(input, { send: sender.send, fromLine: 1, deadLetterPath: 'unused.dead-letter.ndjson' });
  sender.close();
  if (result.failure !== undefined) throw result.failure;
  // Linux counts maxRSS in KiB.
  process.stdout.write(JSON.stringify({ ...result, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}

function* lines(total: number, perRecord: number): Generator<Buffer> {
  const chunkSize = 64 * 1024;
  const text = 'こんにちは'.repeat(Math.ceil(perRecord / 15));
  let id = 0;
  let held = '';
  for (let bytes = 0; bytes < total;) {
    while (held.length < chunkSize) {
      id += 1;
      held += `{"id":${id},"text":"${text.slice(0, Math.floor(perRecord / 3))}"}\n`;
    }
    const chunk = Buffer.from(held);
    held = '';
    bytes += chunk.length;
    yield chunk;
  }
}

void main(process.argv.slice(2));
