/** What Firehose said of one record of a request. */
export interface RecordFailure {
  /** The record's place in the request. */
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Sends one request; answers the records that failed. Rejects if the whole request did.
 * A name of its own so that the producer can be tried without HTTP.
 */
export type PutRecordBatch = (records: readonly Uint8Array[], signal: AbortSignal) => Promise<readonly RecordFailure[]>;

/**
 * Errors that pass: throttling, a service in trouble, a clock that the SDK corrects from the answer.
 * Source: API reference, PutRecordBatch and Common Errors; AWS SDK retry behaviour; read November 2026.
 */
const PASSING_ERRORS = new Set([
  'BandwidthLimitExceeded',
  'InternalFailure',
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TimeoutError',
  'TooManyRequestsException',
]);

/** Node's codes for a connection that broke or could not be made; ENOTFOUND is not one: a name that does not exist stays so. */
const PASSING_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** Whether the same request may succeed later. Everything else concerns every record alike, and resending cannot help. */
export function isPassing(error: unknown): boolean {
  const { name, code, status } = errorFacts(error);
  if (PASSING_ERRORS.has(name) || PASSING_CODES.has(code)) return true;
  return status >= SERVER_ERROR || status === TOO_MANY_REQUESTS;
}

/** The parts of an error that say what it is, whoever threw it. */
export interface ErrorFacts {
  readonly name: string;
  /** Node's `ECONNRESET` and such; empty if there is none. */
  readonly code: string;
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  /** On one line. */
  readonly message: string;
}

export function errorFacts(error: unknown): ErrorFacts {
  const { name, code, message, $metadata } = (error ?? {}) as Partial<Record<string, unknown>>;
  const status = (($metadata ?? {}) as { httpStatusCode?: unknown }).httpStatusCode;
  return {
    name: typeof name === 'string' ? name : 'Error',
    code: typeof code === 'string' ? code : '',
    status: typeof status === 'number' ? status : 0,
    message: (typeof message === 'string' ? message : String(error)).replace(/\s+/g, ' ').trim(),
  };
}

/** `ThrottlingException: Rate exceeded`, `ECONNRESET: socket hang up`. */
export function describeError(error: unknown): string {
  const { name, code, message } = errorFacts(error);
  const what = code === '' ? name : code;
  return message === '' || message === what ? what : `${what}: ${message}`;
}

/** An outage: nothing is accepted any more, however often it is sent. */
export class NothingAcceptedError extends Error {
  constructor(readonly lastReason: string) {
    super(`nothing is accepted any more: the last record ${lastReason}`);
    this.name = 'NothingAcceptedError';
  }
}
