import { escapeControls } from '../foundation/problem';
/**
 * Why AWS gave no answer. denied: this caller may not ask. credentials: there are none, or none that are valid.
 * unreachable: no connection. foreign: something else than AWS answered. throttled: asked too often, by whomever. silent: AWS
 * failed and did not say why. failed: anything else.
 */
export type AskFailure = 'denied' | 'credentials' | 'unreachable' | 'foreign' | 'throttled' | 'silent' | 'failed';

/** A question that AWS did not answer. */
export class AskError extends Error {
  /** @param action the IAM action that the question needs */
  constructor(
    readonly failure: AskFailure,
    readonly action: string,
    message: string,
  ) {
    super(message);
    this.name = 'AskError';
  }
}

/** By the error's name or Node's code. Source: "Common Errors" of the services' API references, EC2's "Error codes"; November 2026. */
const FAILURES: Readonly<Partial<Record<AskFailure, readonly string[]>>> = {
  denied: ['AccessDenied', 'AccessDeniedException', 'NotAuthorized', 'UnauthorizedOperation'],
  credentials: [
    'AuthFailure',
    'CredentialsProviderError',
    'ExpiredToken',
    'ExpiredTokenException',
    'IncompleteSignature',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'MissingAuthenticationToken',
    'OptInRequired',
    'RequestExpired',
    'SignatureDoesNotMatch',
    'TokenProviderError',
    'UnrecognizedClientException',
  ],
  unreachable: [
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EPIPE',
    'ETIMEDOUT',
    'TimeoutError',
  ],
  throttled: ['RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'TooManyRequestsException'],
};

const TOO_MANY_REQUESTS = 429;

/** What the SDK calls an error that came without a name. */
const NAMELESS = ['Unknown', 'UnknownError'];

/** The error of an SDK as one of ours, with the action that was asked for. */
export function askError(error: unknown, action: string): AskError {
  const { words, message, status, contentType } = factsOf(error);
  const http = status === undefined ? 'the answer' : `HTTP ${status}`;
  // The SDK says it of an answer that it cannot read, and asks for a look at a field that nobody sees.
  if (message.includes('Deserialization error')) {
    const what = contentType === undefined ? '' : ` (${contentType})`;
    return new AskError('foreign', action, `${http} to ${action} is not an answer of AWS${what}`);
  }
  if (status === TOO_MANY_REQUESTS) return new AskError('throttled', action, describe(words, message));
  const known = Object.entries(FAILURES).find(([, names]) => words.some((word) => names.includes(word)));
  if (known !== undefined) return new AskError(known[0] as AskFailure, action, describe(words, message));
  if (words.length > 0 && words.every((word) => NAMELESS.includes(word)) && ['', ...NAMELESS].includes(message)) {
    return new AskError('silent', action, `${http} to ${action}, without a reason`);
  }
  return new AskError('failed', action, describe(words, message));
}

interface Facts {
  /** What Node or the service calls it, the most telling first. */
  readonly words: readonly string[];
  /** On one line. */
  readonly message: string;
  readonly status: number | undefined;
  readonly contentType: string | undefined;
}

function factsOf(error: unknown): Facts {
  const { name, code, message, $metadata, $response } = (error ?? {}) as Partial<Record<string, unknown>>;
  const response = ($response ?? {}) as { statusCode?: unknown; headers?: Record<string, unknown> };
  const status = ($metadata as { httpStatusCode?: unknown } | undefined)?.httpStatusCode ?? response.statusCode;
  const contentType = response.headers?.['content-type'];
  return {
    words: [code, name].filter((word) => typeof word === 'string').map(escapeControls),
    message: typeof message === 'string' ? escapeControls(message.replace(/\s+/g, ' ').trim()) : '',
    status: typeof status === 'number' ? status : undefined,
    contentType: typeof contentType === 'string' ? /^[\w.+/-]{1,50}/.exec(contentType)?.[0] : undefined,
  };
}

function describe([what = 'Error']: readonly string[], message: string): string {
  return message === '' || message === what ? what : `${what}: ${message}`;
}

/** What to do about it. */
export function askRemedy({ failure, action }: AskError): string {
  switch (failure) {
    case 'denied':
      return `allow ${action}, or look yourself`;
    case 'credentials':
      return 'sign in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
    case 'unreachable':
      return 'look whether this machine reaches AWS (network, proxy, name of the region)';
    case 'foreign':
      return 'look what answers in the place of AWS: a proxy, the sign-in page of a network, or AWS_ENDPOINT_URL';
    case 'silent':
    case 'throttled':
      return 'run it again in a minute';
    case 'failed':
      return 'see what the message says';
  }
}
