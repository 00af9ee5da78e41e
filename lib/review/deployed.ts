import type * as Sdk from '@aws-sdk/client-cloudformation';
import { mangleLikeCloudFormation } from '@aws-cdk/cloudformation-diff';
import type { AwsClient } from '../foundation/aws-clients';
import { formatProblem } from '../foundation/problem';
import type { Assembly, Stack } from './assembly';
import { CannotCompare } from './cannot-compare';
import { quote } from './finding';
import { readTemplate } from './template';

/** What of the client is used: tests give one of their own. */
export type CloudFormation = AwsClient<typeof Sdk, Pick<Sdk.CloudFormationClient, 'send'>>;

export interface Deployed {
  readonly base: Assembly;
  /** The head as CloudFormation would show it: characters beyond ASCII are question marks there. */
  readonly head: Assembly;
  /** On drift, and on what could not be compared. */
  readonly remarks: readonly string[];
}

/**
 * The deployed templates of an app's stacks. Only reads. Stacks that are deployed and no longer in the app are not found:
 * their names are not known.
 *
 * @param clientOf a client for a region; undefined is the region of the environment
 * @throws {CannotCompare} without credentials, or without permission
 */
export async function readDeployed(
  head: Assembly,
  clientOf: (region: string | undefined) => CloudFormation,
): Promise<Deployed> {
  const stacks: Stack[] = [];
  const remarks: string[] = [];
  const heads: Stack[] = [];
  const physical = new Map<string, string>();
  for (const stack of head.stacks) {
    const aws = clientOf(stack.region === 'unknown-region' ? undefined : stack.region);
    const name = await physicalName(aws, stack, physical);
    const text = name === undefined ? undefined : await templateOf(aws, name, stack);
    heads.push(mangled(stack));
    if (name === undefined || text === undefined) continue;
    physical.set(stack.id, name);
    const description = stack.parent === undefined ? await describe(aws, name) : undefined;
    const read = parse(text, stack, remarks);
    if (read === undefined) {
      // Compared with nothing it would look new.
      heads.pop();
      continue;
    }
    stacks.push({
      ...stack,
      text,
      template: read,
      terminationProtection: description?.EnableTerminationProtection ?? stack.terminationProtection,
    });
    remarks.push(...(await driftOf(aws, stack, description)));
  }
  return { base: { stacks, assets: head.assets }, head: { stacks: heads, assets: head.assets }, remarks };
}

/** Nested stacks have names that CloudFormation gave them. */
async function physicalName(
  aws: CloudFormation,
  stack: Stack,
  physical: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  if (stack.parent === undefined) return stack.stackName;
  const parent = physical.get(stack.parent);
  if (parent === undefined) return undefined;
  const LogicalResourceId = stack.id.slice(stack.parent.length + 1);
  const found = await orMissing(
    aws.client.send(new aws.sdk.DescribeStackResourceCommand({ StackName: parent, LogicalResourceId })),
    stack,
  );
  return found?.StackResourceDetail?.PhysicalResourceId;
}

async function templateOf(aws: CloudFormation, name: string, stack: Stack): Promise<string | undefined> {
  const command = new aws.sdk.GetTemplateCommand({ StackName: name, TemplateStage: 'Original' });
  return (await orMissing(aws.client.send(command), stack))?.TemplateBody;
}

async function describe(aws: CloudFormation, name: string): Promise<Sdk.Stack | undefined> {
  const { Stacks } = await aws.client.send(new aws.sdk.DescribeStacksCommand({ StackName: name }));
  return Stacks?.[0];
}

/** Undefined for a stack that is not deployed yet. */
async function orMissing<T>(call: Promise<T>, { id, region }: Stack): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationError' && message.includes('does not exist')) return undefined;
    if (/Credentials|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|AuthFailure|TokenProvider/.test(name)) {
      throw new CannotCompare(
        `no valid AWS credentials (${name}); sign in, for example with aws sso login, or compare with --base instead`,
      );
    }
    if (name.startsWith('AccessDenied')) {
      throw new CannotCompare(
        `not allowed to read stack ${id}; needed: cloudformation:GetTemplate, DescribeStacks, DescribeStackResource, DescribeStackResourceDrifts`,
        [message],
      );
    }
    if (message.includes('Region') && region === 'unknown-region') {
      throw new CannotCompare(`stack ${id} names no region; set AWS_REGION`);
    }
    throw new CannotCompare(`stack ${id} cannot be read (${name})`, [message]);
  }
}

function parse(text: string, stack: Stack, remarks: string[]): Stack['template'] | undefined {
  try {
    const { template, problems } = readTemplate(JSON.parse(text), new Map(), `deployed: ${stack.id}`);
    if (problems.length === 0) return template;
    remarks.push(`${quote(stack.id)} is not compared: ${problems.map(formatProblem).join('; ')}`);
  } catch {
    remarks.push(`${quote(stack.id)} is not compared: its deployed template is not JSON, so the CDK did not make it`);
  }
  return undefined;
}

function mangled(stack: Stack): Stack {
  const text = mangleLikeCloudFormation(stack.text);
  if (text === stack.text) return stack;
  const { template } = readTemplate(JSON.parse(text), new Map(), stack.id);
  return { ...stack, text, template };
}

/** What was changed behind CloudFormation's back, as far as somebody had it look. */
async function driftOf(aws: CloudFormation, stack: Stack, deployed: Sdk.Stack | undefined): Promise<string[]> {
  if (deployed === undefined) return [];
  const drift = deployed.DriftInformation;
  const when = drift?.LastCheckTimestamp?.toISOString().slice(0, 10);
  if (drift?.StackDriftStatus === 'IN_SYNC') return [];
  if (drift?.StackDriftStatus !== 'DRIFTED') {
    return [`${quote(stack.id)}: nobody looked for drift; \`npx cdk drift ${stack.id}\` does`];
  }
  const { StackResourceDrifts = [] } = await aws.client.send(
    new aws.sdk.DescribeStackResourceDriftsCommand({
      StackName: stack.stackName,
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
    }),
  );
  const drifted = StackResourceDrifts.map(
    ({ LogicalResourceId, StackResourceDriftStatus }) =>
      `${quote(LogicalResourceId ?? '')} ${(StackResourceDriftStatus ?? '').toLowerCase()}`,
  );
  return [
    `${quote(stack.id)} has drifted (looked at on ${when ?? 'an unknown day'}): ${drifted.join(', ') || 'see npx cdk drift'}`,
  ];
}
