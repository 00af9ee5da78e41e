import { createRequire } from 'node:module';
import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as ElasticBeanstalk from '@aws-sdk/client-elastic-beanstalk';
import type * as ServiceQuotas from '@aws-sdk/client-service-quotas';
import type * as Ssm from '@aws-sdk/client-ssm';
import type * as Sts from '@aws-sdk/client-sts';
import { AskError, askError } from './ask-error';
import type { AwsAccount } from './aws-account';

/** The clients take most of a second to load, which `--help` does not wait for. (jest knows no dynamic import.) */
const load = createRequire(__filename);

/** In milliseconds: of a connection, of a request, and of a question with all its retries and the look for credentials. */
const TIMEOUTS = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true } as const;
const DEADLINE = 20_000;

/** The SDK's own retry, which waits where AWS throttles. */
const MOST_ATTEMPTS = 3;

export interface SdkAccountOptions {
  readonly region: string;
  /** In milliseconds, for a question; 20 s unless given. */
  readonly deadline?: number;
}

/** What goes with every request. */
interface Options {
  readonly abortSignal: AbortSignal;
}

/** An account and region through the AWS SDK, with the credentials of the usual chain. The one place that knows the SDK. */
export function sdkAccount({ region, deadline = DEADLINE }: SdkAccountOptions): AwsAccount {
  const config = { region, maxAttempts: MOST_ATTEMPTS, requestHandler: TIMEOUTS };
  const ask = async <T>(action: string, question: (options: Options) => Promise<T>): Promise<T> => {
    try {
      return await within(deadline, action, question);
    } catch (error) {
      throw error instanceof AskError ? error : askError(error, action);
    }
  };
  return {
    identity: () =>
      ask('sts:GetCallerIdentity', async (options) => {
        const { STSClient, GetCallerIdentityCommand } = load('@aws-sdk/client-sts') as typeof Sts;
        const { Account = '', Arn = '' } = await new STSClient(config).send(new GetCallerIdentityCommand(), options);
        return { account: Account, arn: Arn };
      }),

    solutionStacks: () =>
      ask('elasticbeanstalk:ListAvailableSolutionStacks', async (options) => {
        const { ElasticBeanstalkClient, ListAvailableSolutionStacksCommand } = load(
          '@aws-sdk/client-elastic-beanstalk',
        ) as typeof ElasticBeanstalk;
        const client = new ElasticBeanstalkClient(config);
        return (await client.send(new ListAvailableSolutionStacksCommand(), options)).SolutionStacks ?? [];
      }),

    zones: () =>
      ask('ec2:DescribeAvailabilityZones', async (options) => {
        const { EC2Client, DescribeAvailabilityZonesCommand } = load('@aws-sdk/client-ec2') as typeof Ec2;
        const { AvailabilityZones = [] } = await new EC2Client(config).send(
          new DescribeAvailabilityZonesCommand(),
          options,
        );
        return AvailabilityZones.map(({ ZoneName = '', State = '' }) => ({ name: ZoneName, state: State }));
      }),

    vpcIds: () =>
      ask('ec2:DescribeVpcs', async (options) => {
        const { EC2Client, paginateDescribeVpcs } = load('@aws-sdk/client-ec2') as typeof Ec2;
        const pages = await all(paginateDescribeVpcs({ client: new EC2Client(config) }, {}, options));
        return pages.flatMap(({ Vpcs = [] }) => Vpcs.map(({ VpcId = '' }) => VpcId));
      }),

    elasticIps: () =>
      ask('ec2:DescribeAddresses', async (options) => {
        const { EC2Client, DescribeAddressesCommand } = load('@aws-sdk/client-ec2') as typeof Ec2;
        const { Addresses = [] } = await new EC2Client(config).send(new DescribeAddressesCommand(), options);
        return Addresses.map(({ PublicIp = '' }) => PublicIp);
      }),

    quota: ({ service, code }) =>
      ask('servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota', async (options) => {
        const { ServiceQuotasClient, GetServiceQuotaCommand, GetAWSDefaultServiceQuotaCommand } = load(
          '@aws-sdk/client-service-quotas',
        ) as typeof ServiceQuotas;
        const client = new ServiceQuotasClient(config);
        const input = { ServiceCode: service, QuotaCode: code };
        // A quota that was never raised may have no value of its own.
        const own = await unless('NoSuchResourceException', client.send(new GetServiceQuotaCommand(input), options));
        const value =
          own?.Quota?.Value ?? (await client.send(new GetAWSDefaultServiceQuotaCommand(input), options)).Quota?.Value;
        if (value === undefined) throw new Error(`no value for ${service} ${code}`);
        return value;
      }),

    hasDocument: (name) =>
      ask('ssm:DescribeDocument', async (options) => {
        const { SSMClient, DescribeDocumentCommand } = load('@aws-sdk/client-ssm') as typeof Ssm;
        const question = new SSMClient(config).send(new DescribeDocumentCommand({ Name: name }), options);
        return (await unless('InvalidDocument', question)) !== undefined;
      }),

    parameter: (name) =>
      ask('ssm:GetParameter', async (options) => {
        const { SSMClient, GetParameterCommand } = load('@aws-sdk/client-ssm') as typeof Ssm;
        const question = new SSMClient(config).send(new GetParameterCommand({ Name: name }), options);
        const { Type = '', Value = '' } = (await unless('ParameterNotFound', question))?.Parameter ?? {};
        return Type === '' ? undefined : { type: Type, value: Value };
      }),

    stack: (name) =>
      ask('cloudformation:DescribeStacks', async (options) => {
        const { CloudFormationClient, DescribeStacksCommand } = load(
          '@aws-sdk/client-cloudformation',
        ) as typeof CloudFormation;
        const question = new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName: name }), options);
        const [stack] = (await unlessNoStack(question))?.Stacks ?? [];
        if (stack === undefined) return undefined;
        const outputs = (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
        return { status: stack.StackStatus ?? '', outputs: Object.fromEntries(outputs) as Record<string, string> };
      }),

    stackResources: (name) =>
      ask('cloudformation:ListStackResources', async (options) => {
        const { CloudFormationClient, paginateListStackResources } = load(
          '@aws-sdk/client-cloudformation',
        ) as typeof CloudFormation;
        const client = new CloudFormationClient(config);
        const pages =
          (await unlessNoStack(all(paginateListStackResources({ client }, { StackName: name }, options)))) ?? [];
        return pages
          .flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries)
          .map(({ ResourceType = '', PhysicalResourceId = '' }) => ({
            type: ResourceType,
            physicalId: PhysicalResourceId,
          }));
      }),
  };
}

async function all<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const collected: Page[] = [];
  for await (const page of pages) collected.push(page);
  return collected;
}

/** Undefined where the answer is the error of that name: there is no such thing. */
async function unless<T>(name: string, question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if ((error as Error).name === name) return undefined;
    throw error;
  }
}

/** CloudFormation has no error of its own for a stack that is not there. */
async function unlessNoStack<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationError' && message.includes('does not exist')) return undefined;
    throw error;
  }
}

/** Whatever the SDK waits for, a person does not wait for longer. */
async function within<T>(milliseconds: number, action: string, question: (options: Options) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AskError('unreachable', action, `no answer within ${milliseconds / 1000} s`));
      // Otherwise the request would keep the process alive.
      stop.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([question({ abortSignal: stop.signal }), late]);
  } finally {
    clearTimeout(timer);
  }
}
