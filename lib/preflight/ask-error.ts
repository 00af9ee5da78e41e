/**
 * Why AWS gave no answer. denied: this caller may not ask. credentials: there are none, or none that are valid.
 * unreachable: no connection. throttled: asked too often, by whomever. failed: anything else.
 */
export type AskFailure = 'denied' | 'credentials' | 'unreachable' | 'throttled' | 'failed';

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
const FAILURES: Readonly<Record<Exclude<AskFailure, 'failed'>, readonly string[]>> = {
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

/** The error of an SDK as one of ours, with the action that was asked for. */
export function askError(error: unknown, action: string): AskError {
  const { name, code, message, $metadata } = (error ?? {}) as Partial<Record<string, unknown>>;
  const words = [name, code].filter((word) => typeof word === 'string');
  const known = Object.entries(FAILURES).find(([, names]) => words.some((word) => names.includes(word)));
  const throttled = ($metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode === TOO_MANY_REQUESTS;
  const failure = throttled ? 'throttled' : ((known?.[0] as AskFailure | undefined) ?? 'failed');
  const what = typeof code === 'string' ? code : typeof name === 'string' ? name : 'Error';
  const text = typeof message === 'string' ? message.replace(/\s+/g, ' ').trim() : '';
  return new AskError(failure, action, text === '' || text === what ? what : `${what}: ${text}`);
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
    case 'throttled':
      return 'run it again in a minute';
    case 'failed':
      return 'see what the message says';
  }
}
