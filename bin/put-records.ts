#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runCommand, UsageError } from '../lib/foundation/command';
import { ProblemsError } from '../lib/foundation/problem';
import { DeadLetterFile } from '../lib/stream/put-records/dead-letter-file';
import { firehoseSender, type FirehoseSender, PUT_RECORDS_DEFAULTS } from '../lib/stream/producer';
import { defaultDeadLetterPath, openInput, refuseSameFile } from '../lib/stream/put-records/put-input';
import { putLines, type PutLinesResult } from '../lib/stream/put-records/put-lines';
import { showResume, showSummary, summarize } from '../lib/stream/put-records/put-report';
import { sendProblem, type SendContext } from '../lib/stream/put-records/send-problem';
import { startProgress } from '../lib/stream/put-records/put-progress';
import { onStopSignals, type StopSignals } from '../lib/stream/put-records/stop-signals';

const HELP = `Sends newline-delimited JSON to a Firehose delivery stream.

  put-records --stream NAME [--file events.ndjson]

Options
  --stream NAME        the delivery stream
  --file FILE          one JSON text a line; - or none reads standard input. Blank lines are no records
  --from-line N        starts at that line: to resume where an earlier run stopped
  --dead-letter FILE   where lines go that were not accepted: FILE.dead-letter.ndjson beside the input unless given;
                       for standard input NAME.dead-letter.ndjson in the working directory
  --region R           the usual chain (AWS_REGION, the profile) unless given
  --endpoint-url URL   another endpoint than the region's
  --max-attempts N     how often a record is sent before it counts as dead (${PUT_RECORDS_DEFAULTS.maxAttempts})
  --json               the summary for programs
  --help

Dead letters are lines of {"line", "reason", "record"}, appended as they occur, so not in the order of the input. What is
not UTF-8, or longer than 4 MiB, has its bytes in "recordBase64" instead of "record". To send them again when the cause is
gone: jq -r '.record // empty' FILE | put-records --stream NAME

A record whose acceptance was seen is never sent again. If a connection breaks before the answer arrives, its records are:
Firehose may then have them twice (at least once).

Throttling and broken connections are waited out. If nothing at all is accepted any more, the run stops and says from which
line to resume: an outage does not fill the dead-letter file.

Ctrl-C stops reading, waits for what is in flight and says from which line to resume; again, it does not wait.

Exit codes: 0 every line was accepted; 1 some were not; 2 wrong usage; 130 stopped by Ctrl-C, 143 by SIGTERM.
`;

const OPTIONS = {
  stream: { type: 'string' },
  file: { type: 'string', default: '-' },
  'from-line': { type: 'string', default: '1' },
  'dead-letter': { type: 'string' },
  region: { type: 'string' },
  'endpoint-url': { type: 'string' },
  'max-attempts': { type: 'string', default: String(PUT_RECORDS_DEFAULTS.maxAttempts) },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

// package.json pins the SDK, so its warning about versions to come says nothing to a person who sends records.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// V8 would let its young generation grow to 48 MiB, and the bodies of requests wait there to be collected. Kept as small as
// it starts, the peak is 10 to 25 % lower (measured on 100 to 300 MB in November 2026) at about the same speed.
setFlagsFromString('--semi-space-growth-factor=1');

void runCommand('put-records', async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { file } = values;
  const region = readRegion(values.region ?? process.env.AWS_REGION);
  const stream = readStream(values.stream);
  const endpointUrl = readUrl(values['endpoint-url']);
  const fromLine = readCount('--from-line', values['from-line']);
  const maxAttempts = readCount('--max-attempts', values['max-attempts']);
  if (file === '-' && process.stdin.isTTY) throw new UsageError('name a --file, or pipe lines to standard input');
  const deadLetterPath = values['dead-letter'] ?? defaultDeadLetterPath(file, stream);
  refuseSameFile(file, deadLetterPath);
  const input = await openInput(file);
  await new DeadLetterFile(deadLetterPath).check();
  const context = { stream, region, endpointUrl };
  const sender = await openSender(context);
  const signals = onStopSignals();
  const progress = startProgress();
  const result = await putLines(input, {
    ...signals,
    fromLine,
    deadLetterPath,
    maxAttempts,
    send: sender.send,
    onProgress: progress.show,
  });
  progress.end();
  sender.close();
  return report(result, { ...context, region: sender.region }, values.json, signals);
});

function report(result: PutLinesResult, context: SendContext, json: boolean, signals: StopSignals): number {
  const summary = summarize(context.stream, result);
  process.stdout.write(`${json ? JSON.stringify(summary) : showSummary(summary)}\n`);
  if (result.resumeLine !== null) process.stderr.write(`${showResume(result.resumeLine)}\n`);
  if (result.failure !== undefined) throw explained(result.failure, context);
  if (result.resumeLine !== null) return signals.exitCode() ?? 1;
  return result.dead === 0 ? 0 : 1;
}

async function openSender(context: SendContext): Promise<FirehoseSender> {
  try {
    return await firehoseSender({ ...context, connections: PUT_RECORDS_DEFAULTS.inFlight });
  } catch (error) {
    throw explained(error, context);
  }
}

function explained(error: unknown, context: SendContext): unknown {
  const problem = sendProblem(error, context);
  return problem === undefined ? error : new ProblemsError([problem]);
}

function readStream(name: string | undefined): string {
  if (name === undefined) throw new UsageError('say which delivery stream: --stream NAME');
  // CreateDeliveryStream, DeliveryStreamName: 1 to 64 of these.
  if (!/^[\w.-]{1,64}$/.test(name)) throw new UsageError(`--stream ${name} is not the name of a delivery stream`);
  return name;
}

function readCount(option: string, text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`${option} ${text} is not a whole number from 1`);
  return Number(text);
}

function readRegion(name: string | undefined): string | undefined {
  // It becomes part of the endpoint's host name.
  if (name !== undefined && name !== '' && !/^[a-z0-9-]{1,63}$/.test(name)) {
    throw new UsageError(`--region ${name} (or AWS_REGION) is not a region such as ap-northeast-1`);
  }
  return name === '' ? undefined : name;
}

function readUrl(text: string | undefined): string | undefined {
  if (text !== undefined && !(/^https?:\/\/[^/]/.test(text) && URL.canParse(text))) {
    throw new UsageError(`--endpoint-url ${text} is not a URL such as http://127.0.0.1:4573`);
  }
  return text;
}
