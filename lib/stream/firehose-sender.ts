import { awsClients, PATIENCE } from '../foundation/aws-clients';
import type { PutRecordBatch, RecordFailure } from './send-error';

export interface FirehoseSenderOptions {
  readonly stream: string;
  /** The usual chain (AWS_REGION, the profile) unless given. */
  readonly region?: string;
  /** The region's own unless given. */
  readonly endpointUrl?: string;
  /** Connections to keep; as many as requests in flight. */
  readonly connections: number;
}

export interface FirehoseSender {
  readonly send: PutRecordBatch;
  /** The region it came to, for messages. */
  readonly region: string;
  close(): void;
}

/**
 * The one place that knows the AWS SDK. Finds the region and the credentials at once, so that a missing one is
 * known before anything is read.
 *
 * @throws what the SDK throws if either is missing
 */
export async function firehoseSender(options: FirehoseSenderOptions): Promise<FirehoseSender> {
  const { stream, region, endpointUrl, connections } = options;
  // The producer resends, and only what failed: the SDK's retry would resend a whole batch unseen.
  const { sdk, client } = awsClients.firehose({ region, endpointUrl, connections, patience: PATIENCE.bulk });
  // Even when told not to retry, the SDK's retry may replace an error by one without its name and code (in jest it does).
  client.middlewareStack.add((next) => (args) => next(args), {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  });
  // It goes through every record of every request for a log that nobody reads.
  client.middlewareStack.remove('loggerMiddleware');
  const foundRegion = await client.config.region();
  await client.config.credentials();
  return {
    region: foundRegion,
    send: async (records, abortSignal) => {
      const command = new sdk.PutRecordBatchCommand({
        DeliveryStreamName: stream,
        Records: records.map((Data) => ({ Data })),
      });
      return readFailures(await client.send(command, { abortSignal }), records.length);
    },
    close: () => {
      client.destroy();
    },
  };
}

interface Reply {
  readonly FailedPutCount?: number | undefined;
  readonly RequestResponses?: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[] | undefined;
}

/** The records that failed: the reply has one entry for each record, in the order of the request. */
function readFailures({ FailedPutCount, RequestResponses = [] }: Reply, sent: number): RecordFailure[] {
  if (FailedPutCount === 0) return [];
  if (RequestResponses.length !== sent) {
    // Guessing which were accepted would lose records or send them twice.
    throw new Error(`the reply speaks of ${RequestResponses.length} records, and ${sent} were sent`);
  }
  return RequestResponses.flatMap(({ ErrorCode, ErrorMessage }, index) =>
    ErrorCode === undefined ? [] : [{ index, code: ErrorCode, message: ErrorMessage ?? '' }],
  );
}
