import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server sees it. */
export interface SeenRequest {
  readonly operation: 'PutRecord' | 'PutRecordBatch';
  readonly stream: string;
  readonly records: readonly Buffer[];
}

/** What goes wrong with a request; none of its records is accepted but those that `partial` leaves out. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly type: string; readonly message?: string }
  | { readonly kind: 'partial'; readonly failed: (record: Buffer, index: number) => boolean }
  /** An answer as it is, whatever it says. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'reset' };

export interface FirehoseServerOptions {
  readonly fault?: (request: SeenRequest) => Fault | undefined;
  readonly onAccepted?: (records: readonly Buffer[]) => void;
  /** Waits before it answers. */
  readonly before?: () => Promise<void>;
}

export interface FirehoseServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Speaks as much of Firehose (JSON 1.1) as a producer hears, enforces its limits, and fails as told. */
export async function startFirehose(options: FirehoseServerOptions = {}): Promise<FirehoseServer> {
  const server = createServer((request, response) => {
    void answer(request, response, options);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: FirehoseServerOptions,
): Promise<void> {
  const seen = readRequest(request, await readBody(request));
  await options.before?.();
  const fault = limitFault(seen) ?? options.fault?.(seen);
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy();
  } else if (fault?.kind === 'answer') {
    reply(response, fault.status, fault.body);
  } else if (fault?.kind === 'error') {
    reply(response, fault.status, { __type: fault.type, message: fault.message ?? fault.type });
  } else {
    const failed = seen.records.map((record, index) => fault?.failed(record, index) ?? false);
    options.onAccepted?.(seen.records.filter((_, index) => failed[index] !== true));
    reply(response, 200, {
      FailedPutCount: failed.filter(Boolean).length,
      RequestResponses: failed.map((isFailed, index) =>
        isFailed
          ? { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' }
          : { RecordId: String(index) },
      ),
    });
  }
}

/** As Firehose refuses them: the limits are those of the API reference, written out again so that ours are tested. */
function limitFault({ records }: SeenRequest): Fault | undefined {
  const refuse = (message: string): Fault => ({
    kind: 'error',
    status: 400,
    type: 'InvalidArgumentException',
    message,
  });
  if (records.length < 1 || records.length > 500) return refuse(`${records.length} records`);
  const large = records.find(({ length }) => length > 1_024_000);
  if (large !== undefined) return refuse(`a record of ${large.length} bytes`);
  const bytes = records.reduce((sum, { length }) => sum + length, 0);
  return bytes > 4_194_304 ? refuse(`a request of ${bytes} bytes`) : undefined;
}

function readRequest({ headers }: IncomingMessage, body: Buffer): SeenRequest {
  const { DeliveryStreamName, Record, Records } = JSON.parse(body.toString()) as {
    DeliveryStreamName: string;
    Record?: { Data: string };
    Records?: { Data: string }[];
  };
  const isBatch = headers['x-amz-target'] === 'Firehose_20150804.PutRecordBatch';
  const records = Records ?? (Record === undefined ? [] : [Record]);
  return {
    operation: isBatch ? 'PutRecordBatch' : 'PutRecord',
    stream: DeliveryStreamName,
    records: records.map(({ Data }) => Buffer.from(Data, 'base64')),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
