import { Group, ManagedPolicy, PolicyStatement, Role, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';

export interface OperatorPolicyProps {
  readonly environmentName: string;
  /** The session document that operators use. */
  readonly documentName: string;
  /** Encrypts the sessions. */
  readonly key: IKey;
  /** Names of groups and roles of the account to attach the policy to. */
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

/** What is done to a session of one's own. The plugin opens its channel by a signed call since 1.2.764.0 (November 2025). */
const SESSION_ACTIONS = ['ssm:ResumeSession', 'ssm:TerminateSession', 'ssmmessages:OpenDataChannel'];

/**
 * Lets people start sessions on the instances of one environment, with its session document and no other, and resume and
 * end their own.
 *
 * A session's ID begins with the ID or the name of an IAM user, or with the session name of an assumed role, which no policy
 * variable has: such a session is known by the tag that Session Manager gives it, whose value is its owner's `aws:userid`.
 * Source: "Sample IAM policies for Session Manager", and "Additional sample IAM policies", example 4, Systems Manager User Guide.
 */
export class OperatorPolicy extends Construct {
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: OperatorPolicyProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const instances = stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' });
    const document = stack.formatArn({ service: 'ssm', resource: 'document', resourceName: props.documentName });
    const sessions = (resourceName: string): string =>
      stack.formatArn({ service: 'ssm', resource: 'session', resourceName });
    const ownById = sessions('${aws:userid}-*');
    const ownByName = sessions('${aws:username}-*');
    const anySession = sessions('*');
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `Sessions on the instances of ${props.environmentName}`,
      statements: [
        new PolicyStatement({
          actions: ['ssm:StartSession'],
          resources: [instances],
          conditions: {
            StringEquals: { 'ssm:resourceTag/Environment': props.environmentName },
            // Without the check, whoever names no document is not asked for the right to use one.
            BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' },
          },
        }),
        new PolicyStatement({
          actions: ['ssm:StartSession'],
          resources: [document],
          conditions: { BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' } },
        }),
        new PolicyStatement({ actions: SESSION_ACTIONS, resources: [ownById, ownByName] }),
        new PolicyStatement({
          actions: SESSION_ACTIONS,
          resources: [anySession],
          conditions: { StringEquals: { 'ssm:resourceTag/aws:ssmmessages:session-id': '${aws:userid}' } },
        }),
        new PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [props.key.keyArn] }),
      ],
      groups: props.groups.map((name) => Group.fromGroupName(this, `Group-${name}`, name)),
      roles: props.roles.map((name) => Role.fromRoleName(this, `Role-${name}`, name)),
    });
    acknowledgeWildcard(
      policy,
      instances,
      'Instances come and go; the condition admits those tagged for this environment',
    );
    acknowledgeWildcard(
      policy,
      ownById,
      'Session IDs start with the ID of the user who started them, and end at random',
    );
    acknowledgeWildcard(policy, ownByName, 'Or with the name of the user, where it is an IAM user');
    acknowledgeWildcard(
      policy,
      anySession,
      'The condition admits sessions that Session Manager has tagged with the ID of the caller',
    );
    this.policy = policy;
  }
}
