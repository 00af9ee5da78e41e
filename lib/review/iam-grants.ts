import { isRecord } from '../foundation/settings';
import { alternatives, isWhenImplied, showWhen, whenOf, type When } from './alternatives';
import { canonical, type Naming } from './canonical';
import { blockCovers } from './address-blocks';
import { display } from './display';
import { listOf, ownEntry, valueAt, type Fields } from './fields';
import type { Resource } from './template';

/** Something that permits by being named: a policy in a list, a member of a group, an account that something is shared with. */
export interface NamedGrant {
  readonly text: string;
  /** The text without its conditions. */
  readonly name: string;
  /** A block of addresses, which may stand for smaller ones. */
  readonly block?: string;
  readonly when: readonly When[];
}

export interface GrantList {
  /** From `Properties`, with dots. What permits is each element; in a resource without a list, all of these together. */
  readonly properties: readonly string[];
  /** Stands before what is named: `attached:`. */
  readonly verb: string;
  /** All properties make one grant, not each element of the one. */
  readonly whole?: true;
  /** In a new resource it permits nothing that others did not. */
  readonly onlyLater?: true;
  /** Who comes in place of another one may permit more, or less. */
  readonly possibly?: true;
}

const POLICIES: GrantList = { properties: ['ManagedPolicyArns'], verb: 'attached:' };
const swapped = (property: string, verb: string): GrantList => ({
  properties: [property],
  verb,
  onlyLater: true,
  possibly: true,
});
const each = (property: string, verb: string): GrantList => ({ properties: [property], verb });
const whole = (verb: string, ...properties: string[]): GrantList => ({ properties, verb, whole: true });
const RUNS_AS = 'runs as';
const REACHED = 'reached as a member of';

/** Sources: the pages of the types in the CloudFormation Template Reference, November 2026. */
export const GRANT_LISTS: Readonly<Record<string, readonly GrantList[]>> = {
  'AWS::ACMPCA::Permission': [whole('lets', 'CertificateAuthorityArn', 'Principal', 'Actions', 'SourceAccount')],
  'AWS::CodeBuild::Project': [swapped('ServiceRole', RUNS_AS)],
  'AWS::Cognito::IdentityPoolRoleAttachment': [each('Roles', 'roles'), each('RoleMappings', 'role mappings')],
  'AWS::EC2::Instance': [swapped('IamInstanceProfile', RUNS_AS), swapped('SecurityGroupIds', REACHED)],
  'AWS::EC2::LaunchTemplate': [
    swapped('LaunchTemplateData.IamInstanceProfile', RUNS_AS),
    swapped('LaunchTemplateData.SecurityGroupIds', REACHED),
  ],
  'AWS::EC2::PrefixList': [{ ...each('Entries', 'lists'), onlyLater: true }],
  'AWS::EC2::VPCEndpointServicePermissions': [each('AllowedPrincipals', 'lets connect:')],
  'AWS::ECS::TaskDefinition': [swapped('TaskRoleArn', RUNS_AS)],
  'AWS::EKS::AccessEntry': [
    whole('lets in', 'PrincipalArn', 'ClusterName', 'Type'),
    each('AccessPolicies', 'access policy'),
    each('KubernetesGroups', 'Kubernetes group'),
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [swapped('SecurityGroups', REACHED)],
  'AWS::IAM::Group': [POLICIES],
  'AWS::IAM::InstanceProfile': [swapped('Roles', RUNS_AS)],
  'AWS::IAM::ManagedPolicy': ['Roles', 'Users', 'Groups'].map((property) => each(property, 'attached to')),
  'AWS::IAM::Role': [POLICIES],
  'AWS::IAM::User': [POLICIES, each('Groups', 'member of')],
  'AWS::IAM::UserToGroupAddition': [each('Users', 'member of {GroupName}:')],
  'AWS::Lambda::Function': [swapped('Role', RUNS_AS), swapped('VpcConfig.SecurityGroupIds', REACHED)],
  'AWS::Lambda::LayerVersionPermission': [
    whole('lets use', 'LayerVersionArn', 'Principal', 'Action', 'OrganizationId'),
  ],
  'AWS::RAM::ResourceShare': [
    each('Principals', 'shared with'),
    each('ResourceArns', 'shared:'),
    each('PermissionArns', 'shared for'),
    whole('shared outside of the organization:', 'AllowExternalPrincipals'),
  ],
  'AWS::RDS::DBCluster': [swapped('VpcSecurityGroupIds', REACHED)],
  'AWS::RDS::DBInstance': [swapped('VPCSecurityGroups', REACHED)],
  'AWS::RolesAnywhere::Profile': [
    each('RoleArns', 'role'),
    each('ManagedPolicyArns', 'session policy'),
    swapped('SessionPolicy', 'session policy'),
  ],
  'AWS::SSO::Assignment': [
    whole('lets', 'PrincipalType', 'PrincipalId', 'PermissionSetArn', 'TargetType', 'TargetId', 'InstanceArn'),
  ],
  'AWS::SSO::PermissionSet': [each('ManagedPolicies', 'attached:')],
  'AWS::Serverless::Function': [each('Policies', 'attached:'), swapped('Role', RUNS_AS)],
  'AWS::StepFunctions::StateMachine': [swapped('RoleArn', RUNS_AS)],
};

/** The properties that {@link GRANT_LISTS} tells about. */
export function grantProperties(type: string): string[] {
  return (ownEntry(GRANT_LISTS, type) ?? []).flatMap(({ properties }) => properties);
}

/** @param naming names renamed resources as the other side does */
export function namedGrants(
  resource: Resource | undefined,
  list: GrantList,
  definitions: Fields,
  naming: Naming,
  isTold: (value: unknown) => boolean,
): NamedGrant[] {
  if (resource === undefined) return [];
  const properties = JSON.parse(canonical(resource.properties, naming)) as Fields;
  const { Condition: condition } = resource.attributes;
  const own = typeof condition === 'string' ? [whenOf(condition, definitions)] : [];
  const verb = list.verb.replace('{GroupName}', display(properties.GroupName));
  const elements = list.properties.map((path) => valueAt(properties, path));
  const values = list.whole === true ? [elements] : elements.flatMap(listOf);
  if (list.whole === true && elements.every((value) => value === undefined || value === 'false')) return [];
  return values.flatMap((value) =>
    alternatives(value, definitions)
      .filter(({ value: chosen }) => !hasStatement(chosen) && !isTold(chosen))
      .map(({ value: chosen, when }): NamedGrant => {
        const all = [...own, ...when];
        const named =
          list.whole === true && Array.isArray(chosen) ? chosen.map(display).join(' ').trim() : display(chosen);
        const only = all.length === 0 ? '' : ` if ${all.map(showWhen).join(' and ')}`;
        const cidr = isRecord(chosen) ? chosen.Cidr : undefined;
        return {
          text: `${verb} ${named}${only}`,
          name: `${verb} ${named}`,
          ...(typeof cidr === 'string' ? { block: cidr } : {}),
          when: all,
        };
      }),
  );
}

/** Those are compared as statements. */
function hasStatement(value: unknown): boolean {
  return isRecord(value) && value.Statement !== undefined;
}

/** Those of one side that the other has not, under whatever conditions. */
export function newGrants(before: readonly NamedGrant[], after: readonly NamedGrant[]): NamedGrant[] {
  return after.filter(({ name, block, when }) =>
    before.every(
      (other) =>
        !isWhenImplied(other.when, when) ||
        (other.name !== name && !(block !== undefined && other.block !== undefined && blockCovers(other.block, block))),
    ),
  );
}
