import { isRecord } from '../foundation/settings';
import { alternatives, whenOf, type When } from './alternatives';
import { canonical, intrinsic, type Naming } from './canonical';
import { display } from './display';
import { listOf, ownEntry, valueAt } from './fields';
import type { Placed } from './iam-compare';
import { grantProperties } from './iam-grants';
import { readStatements, type Statement } from './iam-statement';
import type { Resource, Template } from './template';

/** Whose permissions they are, or whose doors. */
export interface Subject {
  /** `permissions of Role`, `trust policy of Role`, `policy of Bucket`. */
  readonly title: string;
  /** The logical ID in the title. */
  readonly owner: string;
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
  'AWS::BedrockAgentCore::ResourcePolicy': { policy: 'Policy', of: 'ResourceArn' },
  'AWS::CloudTrail::ResourcePolicy': { policy: 'ResourcePolicy', of: 'ResourceArn' },
  'AWS::CodeArtifact::Repository': { policy: 'PermissionsPolicyDocument' },
  'AWS::DynamoDB::Table': { policy: 'ResourcePolicy.PolicyDocument' },
  'AWS::EC2::VPCEndpoint': { policy: 'PolicyDocument' },
  'AWS::ECR::PublicRepository': { policy: 'RepositoryPolicyText' },
  'AWS::ECR::RegistryPolicy': { policy: 'PolicyText' },
  'AWS::ECR::Repository': { policy: 'RepositoryPolicyText' },
  'AWS::EFS::FileSystem': { policy: 'FileSystemPolicy' },
  'AWS::Elasticsearch::Domain': { policy: 'AccessPolicies' },
  'AWS::Events::EventBus': { policy: 'Policy' },
  'AWS::Events::EventBusPolicy': { policy: 'Statement', of: 'EventBusName' },
  'AWS::IoT::Policy': { policy: 'PolicyDocument' },
  'AWS::Kinesis::ResourcePolicy': { policy: 'ResourcePolicy', of: 'ResourceARN' },
  'AWS::KMS::Key': { policy: 'KeyPolicy' },
  'AWS::KMS::ReplicaKey': { policy: 'KeyPolicy' },
  'AWS::Logs::ResourcePolicy': { policy: 'PolicyDocument' },
  'AWS::MediaStore::Container': { policy: 'Policy' },
  'AWS::OpenSearchServerless::AccessPolicy': { policy: 'Policy' },
  'AWS::OpenSearchService::Domain': { policy: 'AccessPolicies' },
  'AWS::Organizations::ResourcePolicy': { policy: 'Content' },
  'AWS::S3::AccessPoint': { policy: 'Policy' },
  'AWS::S3::BucketPolicy': { policy: 'PolicyDocument', of: 'Bucket' },
  'AWS::S3::MultiRegionAccessPointPolicy': { policy: 'Policy', of: 'MrapName' },
  'AWS::S3Express::BucketPolicy': { policy: 'PolicyDocument', of: 'Bucket' },
  'AWS::S3ObjectLambda::AccessPointPolicy': { policy: 'PolicyDocument', of: 'ObjectLambdaAccessPoint' },
  'AWS::S3Tables::TablePolicy': { policy: 'ResourcePolicy', of: 'TableARN' },
  'AWS::S3Tables::TableBucketPolicy': { policy: 'ResourcePolicy', of: 'TableBucketARN' },
  'AWS::SecretsManager::ResourcePolicy': { policy: 'ResourcePolicy', of: 'SecretId' },
  'AWS::SNS::TopicInlinePolicy': { policy: 'PolicyDocument', of: 'TopicArn' },
  'AWS::SNS::TopicPolicy': { policy: 'PolicyDocument', of: 'Topics' },
  'AWS::SQS::QueueInlinePolicy': { policy: 'PolicyDocument', of: 'Queue' },
  'AWS::SQS::QueuePolicy': { policy: 'PolicyDocument', of: 'Queues' },
  'AWS::SSM::ResourcePolicy': { policy: 'Policy', of: 'ResourceArn' },
  'AWS::VpcLattice::AuthPolicy': { policy: 'Policy', of: 'ResourceIdentifier' },
  'AWS::VpcLattice::ResourcePolicy': { policy: 'Policy', of: 'ResourceArn' },
  'AWS::XRay::ResourcePolicy': { policy: 'PolicyDocument' },
};

/** An endpoint without a policy lets everything through. Source: "Control access to VPC endpoints", AWS PrivateLink guide. */
const FULL_ACCESS = { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };

/** The properties of a resource that the comparison of policies tells about. */
export function policyProperties(resource: Resource): readonly string[] {
  const known = knownProperties(resource);
  const others = Object.entries(resource.properties).filter(
    ([name, value]) => !known.includes(name) && documentsIn(value).length > 0,
  );
  return [...known, ...grantProperties(resource.type), ...others.map(([name]) => name)];
}

function knownProperties({ type }: Resource): readonly string[] {
  if (type === 'AWS::Lambda::Permission') return ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'];
  const own = ownEntry(RESOURCE_POLICIES, type);
  if (own !== undefined) return [own.policy.split('.')[0] ?? own.policy, ...(own.of === undefined ? [] : [own.of])];
  return ownEntry(IDENTITY_PROPERTIES, type) ?? [];
}

/** @param naming names renamed resources as the other side does */
export function readPolicies(template: Template, naming: Naming): Map<string, Subject> {
  const subjects = new Map<string, { title: string; owner: string; statements: Placed[] }>();
  const add = ([words, owner, statements]: Owned, source: string, when: readonly When[]): void => {
    const title = `${words} ${owner}`;
    const subject = subjects.get(title) ?? { title, owner, statements: [] };
    subject.statements.push(
      ...statements.map((statement) => ({ statement: { ...statement, when: [...when, ...statement.when] }, source })),
    );
    subjects.set(title, subject);
  };
  for (const resource of template.resources.values()) {
    const source = naming(resource.logicalId);
    const { Condition: condition } = resource.attributes;
    const when = typeof condition === 'string' ? [whenOf(condition, template.conditions)] : [];
    for (const owned of policiesOf(resource, naming, template)) add(owned, source, when);
  }
  return subjects;
}

/** `permissions of`, whose, and which. */
type Owned = readonly [words: string, owner: string, statements: readonly Statement[]];

function policiesOf(resource: Resource, naming: Naming, template: Template): Owned[] {
  const { conditions } = template;
  const self = naming(resource.logicalId);
  const known = knownProperties(resource);
  const others = Object.entries(resource.properties).flatMap(([name, value]): Owned[] =>
    known.includes(name)
      ? []
      : documentsIn(value).map((document) => [
          'policy of',
          self,
          readStatements(JSON.parse(canonical(document, naming)), conditions),
        ]),
  );
  if (known.length === 0) return others;
  return [...others, ...knownPolicies(resource, self, naming, template)];
}

function knownPolicies(resource: Resource, self: string, naming: Naming, template: Template): Owned[] {
  const { type } = resource;
  const { conditions } = template;
  // Numbers become texts on the way, which policies do not mind.
  const properties = JSON.parse(canonical(resource.properties, naming)) as Record<string, unknown>;
  if (type === 'AWS::Lambda::Permission')
    return [['policy of', nameOf(properties.FunctionName), [invocation(properties)]]];
  const own = ownEntry(RESOURCE_POLICIES, type);
  if (own !== undefined) {
    const document = type === 'AWS::Events::EventBusPolicy' ? busPolicy(properties) : valueAt(properties, own.policy);
    const missing = type === 'AWS::EC2::VPCEndpoint' && isInterfaceOrGateway(properties) ? FULL_ACCESS : undefined;
    const named = own.of === undefined ? [] : namesOf(properties[own.of]);
    const owners = named.length === 0 ? [self] : named;
    return owners.map((owner) => ['policy of', owner, readStatements(document ?? missing, conditions)]);
  }
  return identityPolicies(type, self, properties, template, naming);
}

function identityPolicies(
  type: string,
  self: string,
  properties: Record<string, unknown>,
  template: Template,
  naming: Naming,
): Owned[] {
  const { conditions } = template;
  const document = readStatements(properties.PolicyDocument ?? properties.InlinePolicy, conditions);
  switch (type) {
    case 'AWS::IAM::Role':
    case 'AWS::IAM::User':
    case 'AWS::IAM::Group': {
      const inline = (Array.isArray(properties.Policies) ? properties.Policies : []) as unknown[];
      const statements = inline.flatMap((policy) =>
        alternatives(policy, conditions).flatMap(({ value, when }) =>
          readStatements(isRecord(value) && 'PolicyDocument' in value ? value.PolicyDocument : value, conditions).map(
            (statement) => ({ ...statement, when: [...when, ...statement.when] }),
          ),
        ),
      );
      const trust = readStatements(properties.AssumeRolePolicyDocument, conditions);
      return [
        ['permissions of', self, statements],
        ['trust policy of', self, trust],
      ];
    }
    case 'AWS::IAM::Policy': {
      const holders = ['Roles', 'Users', 'Groups'].flatMap((kind) => namesOf(properties[kind]));
      return holders.map((holder) => ['permissions of', holder, document]);
    }
    case 'AWS::IAM::RolePolicy':
    case 'AWS::IAM::UserPolicy':
    case 'AWS::IAM::GroupPolicy':
      return [['permissions of', nameOf(properties.RoleName ?? properties.UserName ?? properties.GroupName), document]];
    case 'AWS::IAM::ManagedPolicy': {
      const named = HOLDER_LISTS.flatMap((kind) => plainNames(properties[kind]));
      const holding = [...template.resources.values()].filter(
        ({ type: other, properties: own }) =>
          HOLDERS.includes(other) && listOf(own.ManagedPolicyArns).some((each) => naming(refOf(each) ?? '') === self),
      );
      const holders = [...new Set([...named, ...holding.map(({ logicalId }) => naming(logicalId))])];
      if (holders.length > 0) return holders.map((holder) => ['permissions of', holder, document]);
      return [['permissions by', self, document]];
    }
    default:
      return [['permissions by', self, document]];
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
    when: [],
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

const HOLDER_LISTS: readonly string[] = ['Roles', 'Users', 'Groups'];
const HOLDERS: readonly string[] = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** The logical ID, if it is nothing but a reference. */
function refOf(value: unknown): string | undefined {
  const call = intrinsic(value);
  return call?.name === 'Ref' && typeof call.argument === 'string' ? call.argument : undefined;
}

/** Whether an element of a list of policies, or of their holders, is compared as statements of its holder. */
export function isComparedAsStatements(
  resource: Resource,
  template: Template,
  naming: Naming,
): (value: unknown) => boolean {
  const policies = new Set(
    [...template.resources.values()]
      .filter(({ type }) => type === 'AWS::IAM::ManagedPolicy')
      .map(({ logicalId }) => naming(logicalId)),
  );
  return (value: unknown): boolean => {
    const ref = refOf(value);
    if (resource.type === 'AWS::IAM::ManagedPolicy') return ref !== undefined || typeof value === 'string';
    return HOLDERS.includes(resource.type) && ref !== undefined && policies.has(ref);
  };
}

/** Those that do not hang on a condition of the template. */
function plainNames(value: unknown): string[] {
  return listOf(value)
    .filter((each) => refOf(each) !== undefined || typeof each === 'string')
    .map(nameOf);
}

/** Policies in a value, whatever it is called: anything with a `Statement` that has an `Effect`. Also as JSON in a text. */
function documentsIn(value: unknown): unknown[] {
  if (typeof value === 'string') {
    if (!value.includes('"Effect"') || !value.includes('"Statement"')) return [];
    try {
      const parsed = JSON.parse(value) as unknown;
      return isPolicy(parsed) ? [parsed] : [];
    } catch {
      return [];
    }
  }
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (!isRecord(value)) return [];
  return isPolicy(value) ? [value] : Object.values(value).flatMap(documentsIn);
}

function isPolicy(value: unknown): boolean {
  if (!isRecord(value) || value.Statement === undefined) return false;
  return /"(Effect|Fn::If)":/.test(JSON.stringify(value.Statement));
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
