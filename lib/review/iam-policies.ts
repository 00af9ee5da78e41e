import { isRecord } from '../foundation/settings';
import { canonical, intrinsic, type Naming } from './canonical';
import { display } from './display';
import { valueAt } from './fields';
import type { Placed } from './iam-compare';
import { readStatements, type Statement } from './iam-statement';
import type { Resource, Template } from './template';

/** Whose permissions they are, or whose doors. */
export interface Subject {
  /** `permissions of Role`, `trust policy of Role`, `policy of Bucket`. */
  readonly title: string;
  readonly statements: readonly Placed[];
}

/** The properties in which policies stand, by type: those told here need not be told again as updates. */
const IDENTITY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['Policies', 'AssumeRolePolicyDocument'],
  'AWS::IAM::User': ['Policies'],
  'AWS::IAM::Group': ['Policies'],
  'AWS::IAM::Policy': ['PolicyDocument', 'Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['PolicyDocument'],
  'AWS::IAM::UserPolicy': ['PolicyDocument'],
  'AWS::IAM::GroupPolicy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::SSO::PermissionSet': ['InlinePolicy'],
};

/** Policies of resources: the property that holds one, and the one that says whose it is (none: the resource itself). */
const RESOURCE_POLICIES: Readonly<Record<string, { readonly policy: string; readonly of?: string }>> = {
  'AWS::ApiGateway::RestApi': { policy: 'Policy' },
  'AWS::Backup::BackupVault': { policy: 'AccessPolicy' },
  'AWS::CodeArtifact::Repository': { policy: 'PermissionsPolicyDocument' },
  'AWS::DynamoDB::Table': { policy: 'ResourcePolicy.PolicyDocument' },
  'AWS::EC2::VPCEndpoint': { policy: 'PolicyDocument' },
  'AWS::ECR::Repository': { policy: 'RepositoryPolicyText' },
  'AWS::EFS::FileSystem': { policy: 'FileSystemPolicy' },
  'AWS::Elasticsearch::Domain': { policy: 'AccessPolicies' },
  'AWS::Events::EventBus': { policy: 'Policy' },
  'AWS::Events::EventBusPolicy': { policy: 'Statement', of: 'EventBusName' },
  'AWS::Kinesis::ResourcePolicy': { policy: 'ResourcePolicy', of: 'ResourceARN' },
  'AWS::KMS::Key': { policy: 'KeyPolicy' },
  'AWS::KMS::ReplicaKey': { policy: 'KeyPolicy' },
  'AWS::Logs::ResourcePolicy': { policy: 'PolicyDocument' },
  'AWS::OpenSearchService::Domain': { policy: 'AccessPolicies' },
  'AWS::S3::AccessPoint': { policy: 'Policy' },
  'AWS::S3::BucketPolicy': { policy: 'PolicyDocument', of: 'Bucket' },
  'AWS::S3Tables::TableBucketPolicy': { policy: 'ResourcePolicy', of: 'TableBucketARN' },
  'AWS::SecretsManager::ResourcePolicy': { policy: 'ResourcePolicy', of: 'SecretId' },
  'AWS::SNS::TopicInlinePolicy': { policy: 'PolicyDocument', of: 'TopicArn' },
  'AWS::SNS::TopicPolicy': { policy: 'PolicyDocument', of: 'Topics' },
  'AWS::SQS::QueueInlinePolicy': { policy: 'PolicyDocument', of: 'Queue' },
  'AWS::SQS::QueuePolicy': { policy: 'PolicyDocument', of: 'Queues' },
};

/** An endpoint without a policy lets everything through. Source: "Control access to VPC endpoints", AWS PrivateLink guide. */
const FULL_ACCESS = { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };

/** The properties of a resource that the comparison of policies tells about. */
export function policyProperties({ type }: Resource): readonly string[] {
  if (type === 'AWS::Lambda::Permission') return ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'];
  const own = RESOURCE_POLICIES[type];
  if (own !== undefined) return [own.policy.split('.')[0] ?? own.policy, ...(own.of === undefined ? [] : [own.of])];
  return IDENTITY_PROPERTIES[type] ?? [];
}

/** @param naming names renamed resources as the other side does */
export function readPolicies(template: Template, naming: Naming): Map<string, Subject> {
  const subjects = new Map<string, { title: string; statements: Placed[] }>();
  const add = (title: string, source: string, statements: readonly Statement[]): void => {
    const subject = subjects.get(title) ?? { title, statements: [] };
    subject.statements.push(...statements.map((statement) => ({ statement, source })));
    subjects.set(title, subject);
  };
  for (const resource of template.resources.values()) {
    const source = naming(resource.logicalId);
    for (const [title, statements] of policiesOf(resource, naming)) add(title, source, statements);
  }
  return subjects;
}

function policiesOf(resource: Resource, naming: Naming): [string, readonly Statement[]][] {
  const { type } = resource;
  if (policyProperties(resource).length === 0) return [];
  const self = naming(resource.logicalId);
  // Numbers become texts on the way, which policies do not mind.
  const properties = JSON.parse(canonical(resource.properties, naming)) as Record<string, unknown>;
  if (type === 'AWS::Lambda::Permission')
    return [[`policy of ${nameOf(properties.FunctionName)}`, [invocation(properties)]]];
  const own = RESOURCE_POLICIES[type];
  if (own !== undefined) {
    const document = type === 'AWS::Events::EventBusPolicy' ? busPolicy(properties) : valueAt(properties, own.policy);
    const missing = type === 'AWS::EC2::VPCEndpoint' && isInterfaceOrGateway(properties) ? FULL_ACCESS : undefined;
    const owners = own.of === undefined ? [self] : namesOf(properties[own.of]);
    return owners.map((owner) => [`policy of ${owner}`, readStatements(document ?? missing)]);
  }
  return identityPolicies(type, self, properties);
}

function identityPolicies(
  type: string,
  self: string,
  properties: Record<string, unknown>,
): [string, readonly Statement[]][] {
  const document = readStatements(properties.PolicyDocument ?? properties.InlinePolicy);
  switch (type) {
    case 'AWS::IAM::Role':
    case 'AWS::IAM::User':
    case 'AWS::IAM::Group': {
      const inline = (Array.isArray(properties.Policies) ? properties.Policies : []) as unknown[];
      const statements = inline.flatMap((policy) =>
        readStatements(isRecord(policy) && 'PolicyDocument' in policy ? policy.PolicyDocument : policy),
      );
      const trust = readStatements(properties.AssumeRolePolicyDocument);
      return [
        [`permissions of ${self}`, statements],
        [`trust policy of ${self}`, trust],
      ];
    }
    case 'AWS::IAM::Policy': {
      const holders = ['Roles', 'Users', 'Groups'].flatMap((kind) => namesOf(properties[kind]));
      return holders.map((holder) => [`permissions of ${holder}`, document]);
    }
    case 'AWS::IAM::RolePolicy':
    case 'AWS::IAM::UserPolicy':
    case 'AWS::IAM::GroupPolicy':
      return [
        [`permissions of ${nameOf(properties.RoleName ?? properties.UserName ?? properties.GroupName)}`, document],
      ];
    default:
      return [[`permissions by ${self}`, document]];
  }
}

/** A permission of a function, as the statement that Lambda makes of it. */
function invocation(properties: Record<string, unknown>): Statement {
  const { Action, Principal, SourceArn, SourceAccount, PrincipalOrgID, FunctionUrlAuthType } = properties;
  const condition = (operator: string, key: string, value: unknown): Statement['conditions'] =>
    value === undefined ? [] : [{ operator, key, values: [display(value)] }];
  return {
    effect: 'Allow',
    principals: [display(Principal)],
    actions: [display(Action)],
    resources: ['itself'],
    conditions: [
      ...condition('ArnLike', 'aws:SourceArn', SourceArn),
      ...condition('StringEquals', 'aws:SourceAccount', SourceAccount),
      ...condition('StringEquals', 'aws:PrincipalOrgID', PrincipalOrgID),
      ...condition('StringEquals', 'lambda:FunctionUrlAuthType', FunctionUrlAuthType),
    ],
  };
}

function busPolicy(properties: Record<string, unknown>): unknown {
  if (properties.Statement !== undefined) return { Statement: properties.Statement };
  const { Principal, Action, Condition } = properties;
  return { Statement: { Effect: 'Allow', Principal, Action, ...(Condition === undefined ? {} : { Condition }) } };
}

/** Gateway load balancer endpoints have no policies. */
function isInterfaceOrGateway({ VpcEndpointType }: Record<string, unknown>): boolean {
  return VpcEndpointType === undefined || VpcEndpointType === 'Interface' || VpcEndpointType === 'Gateway';
}

function namesOf(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(nameOf);
}

/** A logical ID, or the text that stands for something outside of the template. */
function nameOf(value: unknown): string {
  const call = intrinsic(value);
  if (call?.name === 'Ref') return display(call.argument);
  if (call?.name === 'Fn::GetAtt' && Array.isArray(call.argument)) return display(call.argument[0]);
  return display(value);
}
