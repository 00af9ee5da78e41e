import { createRequire } from 'node:module';
import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import type * as CodeCommit from '@aws-sdk/client-codecommit';
import type * as DirectConnect from '@aws-sdk/client-direct-connect';
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as ElasticBeanstalk from '@aws-sdk/client-elastic-beanstalk';
import type * as Firehose from '@aws-sdk/client-firehose';
import type * as ServiceQuotas from '@aws-sdk/client-service-quotas';
import type * as Ssm from '@aws-sdk/client-ssm';
import type * as Sts from '@aws-sdk/client-sts';

/** The clients take most of a second to load, which `--help` does not wait for. (jest knows no dynamic import.) */
const load = createRequire(__filename);

/** In milliseconds: of a connection and of a request; how often the SDK itself sends a request that throttling or a fault met. */
export interface Patience {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly maxAttempts: number;
}

/** By who waits for the answer. */
export const PATIENCE = {
  /** A person looks on, and every question is small. */
  person: { connectionTimeout: 3_000, requestTimeout: 10_000, maxAttempts: 3 },
  /** A build waits, and would fail for a fault that passes. */
  build: { connectionTimeout: 5_000, requestTimeout: 30_000, maxAttempts: 3 },
  /** Requests of 4 MiB, which are answered within a second or two; the caller sends again what failed, and nothing else. */
  bulk: { connectionTimeout: 5_000, requestTimeout: 60_000, maxAttempts: 1 },
} as const satisfies Record<string, Patience>;

export interface AwsClientOptions {
  readonly patience: Patience;
  /** The usual chain (AWS_REGION, the profile) unless given. */
  readonly region?: string | undefined;
  /** The usual chain (AWS_PROFILE, …) unless given. */
  readonly profile?: string | undefined;
  /** The region's own, or AWS_ENDPOINT_URL's, unless given. */
  readonly endpointUrl?: string | undefined;
  /** The usual chain unless given. */
  readonly credentials?: AwsCredentials;
  /** Connections to keep open at most; the SDK's own choice unless given. */
  readonly connections?: number;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A client of a service, and the module that its commands come from. */
export interface AwsClient<Sdk, Client> {
  readonly sdk: Sdk;
  readonly client: Client;
}

/** One function a service. Its module is loaded by the call, so that a command that asks nothing loads nothing. */
export const awsClients = {
  cloudFormation: service(
    'cloudformation',
    (sdk: typeof CloudFormation, config) => new sdk.CloudFormationClient(config),
  ),
  codeCommit: service('codecommit', (sdk: typeof CodeCommit, config) => new sdk.CodeCommitClient(config)),
  directConnect: service('direct-connect', (sdk: typeof DirectConnect, config) => new sdk.DirectConnectClient(config)),
  ec2: service('ec2', (sdk: typeof Ec2, config) => new sdk.EC2Client(config)),
  elasticBeanstalk: service(
    'elastic-beanstalk',
    (sdk: typeof ElasticBeanstalk, config) => new sdk.ElasticBeanstalkClient(config),
  ),
  firehose: service('firehose', (sdk: typeof Firehose, config) => new sdk.FirehoseClient(config)),
  serviceQuotas: service('service-quotas', (sdk: typeof ServiceQuotas, config) => new sdk.ServiceQuotasClient(config)),
  ssm: service('ssm', (sdk: typeof Ssm, config) => new sdk.SSMClient(config)),
  sts: service('sts', (sdk: typeof Sts, config) => new sdk.STSClient(config)),
};

type Config = ReturnType<typeof configOf>;

function service<Sdk, Client>(
  name: string,
  create: (sdk: Sdk, config: Config) => Client,
): (options: AwsClientOptions) => AwsClient<Sdk, Client> {
  return (options) => {
    // package.json pins the SDK, so its warning about versions of Node to come says nothing to whoever runs a command.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const sdk = load(`@aws-sdk/client-${name}`) as Sdk;
    return { sdk, client: create(sdk, configOf(options)) };
  };
}

function configOf({ patience, region, profile, endpointUrl, credentials, connections }: AwsClientOptions) {
  const { maxAttempts, ...timeouts } = patience;
  const agent = connections === undefined ? undefined : { keepAlive: true, maxSockets: connections };
  return {
    maxAttempts,
    // Without the last the SDK only warns of a request that takes too long.
    requestHandler: { ...timeouts, throwOnRequestTimeout: true, ...(agent && { httpAgent: agent, httpsAgent: agent }) },
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}
