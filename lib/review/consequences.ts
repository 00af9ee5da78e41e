import { canonical } from './canonical';
import { policyOf, type Fate, type PolicyAttribute } from './deletion-fate';
import { display } from './display';
import { ownEntry } from './fields';
import { quote, type Danger } from './finding';
import { GLUE_TYPES, statefulType } from './stateful-types';
import type { Resource } from './template';

/** Where the old one goes: what a reviewer fears most. */
export function dangerOf(fate: Fate, type: string, stateful = statefulType(type)): Danger {
  if (stateful !== undefined) return fate === 'deleted' ? 'data-loss' : 'destructive';
  return GLUE_TYPES.has(type) || fate === 'retained' ? 'none' : 'destructive';
}

/** `the old one is deleted (UpdateReplacePolicy: Delete, the default). It holds rows`. */
export function consequence(fate: Fate, holds: string, resource: Resource, attribute: PolicyAttribute): string {
  const becomes = {
    deleted: 'is deleted',
    snapshot: 'is deleted after a snapshot',
    retained: 'stays, outside of the stack',
  };
  return `${becomes[fate]} (${policyOf(fate, resource, attribute)}). It holds ${holds}`;
}

/** A fixed name is taken as long as the old resource has it. */
export function nameNotes(before: Resource, after: Resource, causes: readonly string[] = []): string[] {
  const name = statefulType(after.type)?.name ?? ownEntry(OTHER_NAMES, after.type);
  if (name === undefined || after.properties[name] === undefined || causes.includes(name)) return [];
  if (canonical(before.properties[name]) !== canonical(after.properties[name])) return [];
  // In another VPC the block is free.
  if (causes.includes('VpcId') || canonical(before.properties.VpcId) !== canonical(after.properties.VpcId)) return [];
  return [
    `it keeps the fixed \`${name}\` ${quote(display(after.properties[name]))}, so CloudFormation cannot make the new one while the old one has it`,
  ];
}

/** Of types that hold no data. A block of addresses is as exclusive as a name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'GroupName',
  'AWS::EC2::Subnet': 'CidrBlock',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::WAFv2::WebACL': 'Name',
};
