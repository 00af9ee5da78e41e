import type { Problem } from '../../foundation/problem';
import { describeError, errorFacts } from '../producer';

/** What the errors are about. */
export interface SendContext {
  readonly stream: string;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

type Explain = (context: SendContext, error: unknown) => Problem;

const noCredentials: Explain = (_, error) => ({
  path: 'credentials',
  reason: `are missing or no longer valid (${describeError(error)})`,
  remedy: 'sign in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
});

const accessDenied: Explain = ({ stream, region }, error) => ({
  path: '--stream',
  value: stream,
  reason: `refuses this caller (${describeError(error)})`,
  remedy:
    `allow firehose:PutRecord and firehose:PutRecordBatch on ${streamArn(stream, region, errorFacts(error).message)}: ` +
    "the stack's producer policy output grants it",
});

const noSuchStream: Explain = ({ stream, region }, error) => ({
  path: '--stream',
  value: stream,
  reason: `is not in ${region ?? 'this region'} (${describeError(error)})`,
  remedy: 'correct the name, or the region with --region',
});

const noSuchHost: Explain = ({ region, endpointUrl }, error) => ({
  path: endpointUrl === undefined ? '--region' : '--endpoint-url',
  value: endpointUrl ?? region,
  reason: `has no such host (${describeError(error)})`,
  remedy: 'correct it, or look whether this machine can resolve names',
});

const nothingAccepted: Explain = ({ stream }, error) => ({
  path: '--stream',
  value: stream,
  reason: `accepts nothing (${errorFacts(error).message})`,
  remedy:
    'look whether its endpoint can be reached from here, or, if it is throttling, at the quotas of the stream and its ' +
    'ThrottledRecords metric; then resume',
});

const notFirehose: Explain = ({ stream, endpointUrl }, error) => ({
  path: endpointUrl === undefined ? '--stream' : '--endpoint-url',
  value: endpointUrl ?? stream,
  reason: `does not answer as Firehose does (${errorFacts(error).message})`,
  remedy: 'look what stands between; whether it accepted what was in flight cannot be told',
});

/** Errors that concern the caller and not its records, by name or by Node's code. Source: API reference, Common Errors. */
const EXPLANATIONS: ReadonlyMap<string, Explain> = new Map([
  ['AccessDeniedException', accessDenied],
  ['AnswerError', notFirehose],
  ['AccessDenied', accessDenied],
  ['NotAuthorized', accessDenied],
  ['ResourceNotFoundException', noSuchStream],
  ['ENOTFOUND', noSuchHost],
  ['CredentialsProviderError', noCredentials],
  ['ExpiredToken', noCredentials],
  ['ExpiredTokenException', noCredentials],
  ['IncompleteSignature', noCredentials],
  ['InvalidClientTokenId', noCredentials],
  ['InvalidSignatureException', noCredentials],
  ['MissingAuthenticationToken', noCredentials],
  ['NothingAcceptedError', nothingAccepted],
  ['OptInRequired', noCredentials],
  ['SignatureDoesNotMatch', noCredentials],
  ['TokenProviderError', noCredentials],
  ['UnrecognizedClientException', noCredentials],
]);

/** An error that no resending helps, as one line that says what to do; undefined if it is a defect of ours. */
export function sendProblem(error: unknown, context: SendContext): Problem | undefined {
  const { name, code, status, message } = errorFacts(error);
  const explain = EXPLANATIONS.get(name) ?? EXPLANATIONS.get(code);
  if (explain !== undefined) return explain(context, error);
  // The SDK throws a plain Error for this one.
  if (message === 'Region is missing') {
    return { path: '--region', reason: 'is missing', remedy: 'give it, or set AWS_REGION or a region in the profile' };
  }
  if (status === 0 && code === '') return undefined;
  return {
    path: '--stream',
    value: context.stream,
    reason: `cannot be sent to (${describeError(error)})`,
    remedy: 'see what the message says; sending the same again cannot help',
  };
}

/** By the start of the region's name. Source: AWS General Reference, ARNs. */
const PARTITIONS: readonly (readonly [string, string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
];

/** The ARN that AWS names in its message, which knows the account; otherwise one with a blank to fill in. */
function streamArn(stream: string, region: string | undefined, message: string): string {
  const [named] = /arn:[\w-]+:firehose:[\w-]+:\d+:deliverystream\/[\w.-]*[\w-]/.exec(message) ?? [];
  const [, partition = 'aws'] = PARTITIONS.find(([start]) => region?.startsWith(start)) ?? [];
  return named ?? `arn:${partition}:firehose:${region ?? '<region>'}:<account>:deliverystream/${stream}`;
}
