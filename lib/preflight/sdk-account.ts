import { awsClients, PATIENCE } from '../foundation/aws-clients';
import { AskError, askError } from './ask-error';
import type { AwsAccount } from './aws-account';

/** In milliseconds: of a question with all its retries and the look for credentials. */
const DEADLINE = 20_000;

export interface SdkAccountOptions {
  readonly region: string;
  /** The usual chain of credentials unless given. */
  readonly profile?: string | undefined;
  /** In milliseconds, for a question; 20 s unless given. */
  readonly deadline?: number;
}

/** What goes with every request. */
interface Options {
  readonly abortSignal: AbortSignal;
}

/** An account and region through the AWS SDK, with the credentials of the usual chain. The one place of preflight that knows the SDK. */
export function sdkAccount({ region, profile, deadline = DEADLINE }: SdkAccountOptions): AwsAccount {
  const here = { region, profile, patience: PATIENCE.person };
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
        const { sdk, client } = awsClients.sts(here);
        const { Account = '', Arn = '' } = await client.send(new sdk.GetCallerIdentityCommand(), options);
        // An empty answer of whatever kind would otherwise be one of an account in which there is nothing.
        if (!/^\d{12}$/.test(Account)) {
          const message = 'the answer to sts:GetCallerIdentity names no account, so it is not of AWS';
          throw new AskError('foreign', 'sts:GetCallerIdentity', message);
        }
        return { account: Account, arn: Arn };
      }),

    solutionStacks: () =>
      ask('elasticbeanstalk:ListAvailableSolutionStacks', async (options) => {
        const { sdk, client } = awsClients.elasticBeanstalk(here);
        return (await client.send(new sdk.ListAvailableSolutionStacksCommand(), options)).SolutionStacks ?? [];
      }),

    zones: () =>
      ask('ec2:DescribeAvailabilityZones', async (options) => {
        const { sdk, client } = awsClients.ec2(here);
        const { AvailabilityZones = [] } = await client.send(new sdk.DescribeAvailabilityZonesCommand(), options);
        return AvailabilityZones.map(({ ZoneName = '', State = '' }) => ({ name: ZoneName, state: State }));
      }),

    vpcIds: () =>
      ask('ec2:DescribeVpcs', async (options) => {
        const { sdk, client } = awsClients.ec2(here);
        const pages = await all(sdk.paginateDescribeVpcs({ client }, {}, options));
        return pages.flatMap(({ Vpcs = [] }) => Vpcs.map(({ VpcId = '' }) => VpcId));
      }),

    elasticIps: () =>
      ask('ec2:DescribeAddresses', async (options) => {
        const { sdk, client } = awsClients.ec2(here);
        const { Addresses = [] } = await client.send(new sdk.DescribeAddressesCommand(), options);
        return Addresses.map(({ PublicIp = '' }) => PublicIp);
      }),

    quota: ({ service, code }) =>
      ask('servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota', async (options) => {
        const { sdk, client } = awsClients.serviceQuotas(here);
        const input = { ServiceCode: service, QuotaCode: code };
        // A quota that was never raised may have no value of its own.
        const own = await unless(
          'NoSuchResourceException',
          client.send(new sdk.GetServiceQuotaCommand(input), options),
        );
        const value =
          own?.Quota?.Value ??
          (await client.send(new sdk.GetAWSDefaultServiceQuotaCommand(input), options)).Quota?.Value;
        if (value === undefined) throw new Error(`no value for ${service} ${code}`);
        return value;
      }),

    document: (name) =>
      ask('ssm:DescribeDocument', async (options) => {
        const { sdk, client } = awsClients.ssm(here);
        const question = client.send(new sdk.DescribeDocumentCommand({ Name: name }), options);
        const found = await unless('InvalidDocument', question);
        if (found === undefined) return undefined;
        const { DefaultVersion = '', LatestVersion = '' } = found.Document ?? {};
        return { defaultVersion: DefaultVersion, latestVersion: LatestVersion };
      }),

    parameter: (name) =>
      ask('ssm:GetParameter', async (options) => {
        const { sdk, client } = awsClients.ssm(here);
        const question = client.send(new sdk.GetParameterCommand({ Name: name }), options);
        const { Type = '', Value = '' } = (await unless('ParameterNotFound', question))?.Parameter ?? {};
        return Type === '' ? undefined : { type: Type, value: Value };
      }),

    directConnectLines: () =>
      ask('directconnect:DescribeConnections and directconnect:DescribeLags', async (options) => {
        const { sdk, client } = awsClients.directConnect(here);
        const [{ connections = [] }, { lags = [] }] = await Promise.all([
          client.send(new sdk.DescribeConnectionsCommand(), options),
          client.send(new sdk.DescribeLagsCommand(), options),
        ]);
        return [
          ...connections.map(({ connectionId = '', connectionState = '' }) => ({
            id: connectionId,
            state: connectionState,
          })),
          ...lags.map(({ lagId = '', lagState = '' }) => ({ id: lagId, state: lagState })),
        ];
      }),

    virtualInterfaces: () =>
      ask('directconnect:DescribeVirtualInterfaces', async (options) => {
        const { sdk, client } = awsClients.directConnect(here);
        const { virtualInterfaces = [] } = await client.send(new sdk.DescribeVirtualInterfacesCommand(), options);
        return virtualInterfaces.map(({ virtualInterfaceName = '', virtualInterfaceState = '', bgpPeers = [] }) => ({
          name: virtualInterfaceName,
          state: virtualInterfaceState,
          bgp: bgpPeers.some(({ bgpStatus }) => bgpStatus === 'up') ? ('up' as const) : ('down' as const),
        }));
      }),

    stack: (name) =>
      ask('cloudformation:DescribeStacks', async (options) => {
        const { sdk, client } = awsClients.cloudFormation(here);
        const question = client.send(new sdk.DescribeStacksCommand({ StackName: name }), options);
        const [stack] = (await unlessNoStack(question))?.Stacks ?? [];
        if (stack === undefined) return undefined;
        const outputs = (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
        return {
          status: stack.StackStatus ?? '',
          isProtected: stack.EnableTerminationProtection ?? false,
          outputs: Object.fromEntries(outputs) as Record<string, string>,
        };
      }),

    stackResources: (name) =>
      ask('cloudformation:ListStackResources', async (options) => {
        const { sdk, client } = awsClients.cloudFormation(here);
        const pages =
          (await unlessNoStack(all(sdk.paginateListStackResources({ client }, { StackName: name }, options)))) ?? [];
        return pages
          .flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries)
          .map(({ ResourceType = '', PhysicalResourceId = '', ResourceStatus = '' }) => ({
            type: ResourceType,
            physicalId: PhysicalResourceId,
            status: ResourceStatus,
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
