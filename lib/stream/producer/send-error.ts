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
 * Refused for want of capacity: sending slower helps. `ServiceUnavailableException` ("Slow down.") is how Firehose says
 * so, of a record and of a request alike.
 * Source: API reference, PutRecordBatch; the AWS SDK's list of throttling errors; read November 2026.
 */
const THROTTLING_ERRORS = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);

/**
 * Errors that pass by themselves: a service in trouble, a clock that the SDK corrects from the answer.
 * Source: API reference, PutRecordBatch and Common Errors; AWS SDK retry behaviour; read November 2026.
 */
const PASSING_ERRORS = new Set([
  'InternalFailure',
  'InternalServerError',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'RequestTimeoutException',
  'TimeoutError',
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
const SERVICE_UNAVAILABLE = 503;

/** Whether the same request may succeed later. Everything else concerns every record alike, and resending cannot help. */
export function isPassing(error: unknown): boolean {
  const { name, code, status } = errorFacts(error);
  if (isThrottling(error) || PASSING_ERRORS.has(name) || PASSING_CODES.has(code)) return true;
  return status >= SERVER_ERROR;
}

/** Whether the request was refused for want of capacity. */
export function isThrottling(error: unknown): boolean {
  const { name, status } = errorFacts(error);
  return isThrottlingCode(name) || status === TOO_MANY_REQUESTS || status === SERVICE_UNAVAILABLE;
}

/** Whether a record was, by its `ErrorCode`. `InternalFailure`, the other that there is, says nothing of the rate. */
export function isThrottlingCode(code: string): boolean {
  return THROTTLING_ERRORS.has(code);
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
    super(lastReason);
    this.name = 'NothingAcceptedError';
  }
}

/** An answer that is not one of Firehose: it does not say which records were accepted, so none may be taken for that. */
export class AnswerError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(message: string, httpStatusCode: number) {
    super(message);
    this.name = 'AnswerError';
    this.$metadata = { httpStatusCode };
  }
}
