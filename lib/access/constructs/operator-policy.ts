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

/**
 * Lets people start sessions on the instances of one environment, with its session document and no other, and resume and
 * end their own.
 * Source: "Sample IAM policies for Session Manager", Systems Manager User Guide.
 */
export class OperatorPolicy extends Construct {
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: OperatorPolicyProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const instances = stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' });
    const document = stack.formatArn({ service: 'ssm', resource: 'document', resourceName: props.documentName });
    const ownSessions = stack.formatArn({ service: 'ssm', resource: 'session', resourceName: '${aws:userid}-*' });
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
        new PolicyStatement({ actions: ['ssm:ResumeSession', 'ssm:TerminateSession'], resources: [ownSessions] }),
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
      ownSessions,
      'Session IDs start with the user ID of whoever started them, and end at random',
    );
    this.policy = policy;
  }
}
