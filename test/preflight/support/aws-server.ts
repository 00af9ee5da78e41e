import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request: the operation, and its input as far as it is text. */
export interface SeenRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
}

/** XML for the query protocol, an object for JSON. */
export interface Reply {
  readonly status?: number;
  /** That of the protocol unless given. */
  readonly contentType?: string;
  readonly body: string | object;
}

export interface AwsServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** An error of a service that speaks XML. EC2's look a little different. */
export function xmlError(code: string, status = 400, message = `${code} for the test`): Reply {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: `<ErrorResponse>${error}</ErrorResponse>` };
}

export function ec2Error(code: string, status = 400): Reply {
  const error = `<Error><Code>${code}</Code><Message>${code} for the test</Message></Error>`;
  return { status, body: `<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>` };
}

export function jsonError(code: string, status = 400): Reply {
  return { status, body: { __type: code, message: `${code} for the test` } };
}

/** Speaks as much of AWS's query and JSON protocols as preflight hears. An operation without an answer never gets one. */
export async function startAws(answer: (request: SeenRequest) => Reply | undefined): Promise<AwsServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void respond(request, response, (read) => {
      seen.push(read);
      return answer(read);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: SeenRequest) => Reply | undefined,
): Promise<void> {
  const reply = answer(readRequest(request, await text(request)));
  if (reply === undefined) return;
  const isXml = typeof reply.body === 'string';
  response.writeHead(reply.status ?? 200, {
    'content-type': reply.contentType ?? (isXml ? 'text/xml' : 'application/x-amz-json-1.1'),
  });
  response.end(isXml ? reply.body : JSON.stringify(reply.body));
}

function readRequest({ headers }: IncomingMessage, body: string): SeenRequest {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    return { operation: target.split('.').at(-1) ?? '', input: JSON.parse(body) as Record<string, string> };
  }
  const input = Object.fromEntries(new URLSearchParams(body));
  return { operation: input.Action ?? '', input };
}
