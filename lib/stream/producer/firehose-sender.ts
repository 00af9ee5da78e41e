import { awsClients, PATIENCE } from '../../foundation/aws-clients';
import { readFailures } from './answer';
import { AnswerError, errorFacts, type PutRecordBatch } from './send-error';

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
      return readFailures(await client.send(command, { abortSignal }).catch(rethrow), records.length);
    },
    close: () => {
      client.destroy();
    },
  };
}

/** What cannot be read as JSON comes as a SyntaxError that speaks of the SDK's insides. */
function rethrow(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'SyntaxError') throw error;
  const { statusCode } = ((error as { $response?: unknown }).$response ?? {}) as { statusCode?: number };
  const status = statusCode ?? errorFacts(error).status;
  throw new AnswerError(`HTTP ${status}, and the answer is not Firehose's`, status);
}
