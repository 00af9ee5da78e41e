import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, InstanceProfile, type IManagedPolicy, type IRole } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import type { AccessSettings } from './access-settings';
import { InstanceRole } from './constructs/instance-role';
import { ManagedInstance } from './constructs/managed-instance';
import { OperatorPolicy } from './constructs/operator-policy';
import { SessionLogs } from './constructs/session-logs';
import { preferencesName, sessionPreferences } from './session-preferences';

export interface AccessStackProps extends EnvironmentStackProps {
  readonly access: AccessSettings;
  readonly vpc: IVpc;
  /** Private subnets for the managed instance. */
  readonly appSubnets: readonly ISubnet[];
}

/** Session Manager instead of SSH: who may start sessions, on what, and where they are logged. */
export class AccessStack extends EnvironmentStack {
  /** For instances that are to be reached through Session Manager. */
  readonly instanceRole: IRole;
  /** For roles of one's own whose instances are to be reached so. */
  readonly sessionPolicy: IManagedPolicy;

  constructor(scope: Construct, props: AccessStackProps) {
    const { access, environmentName } = props;
    super(scope, 'Access', props, `Access to instances of ${environmentName}: Session Manager, logged and encrypted`);
    const logs = new SessionLogs(this, 'Logs', {
      retentionDays: access.logs.retentionDays,
      removalPolicy: this.dataRemovalPolicy,
    });

    const documentName = preferencesName(environmentName, access);
    new CfnDocument(this, 'Preferences', {
      name: documentName,
      documentType: 'Session',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: sessionPreferences(access, {
        bucketName: logs.bucket.bucketName,
        keyPrefix: logs.keyPrefix,
        logGroupName: logs.logGroup.logGroupName,
        keyArn: logs.key.keyArn,
      }),
    });

    const { role, policy: sessionPolicy } = new InstanceRole(this, 'Instance', { logs });
    this.instanceRole = role;
    this.sessionPolicy = sessionPolicy;
    const profile = new CfnInstanceProfile(this, 'InstanceProfile', { roles: [role.roleName] });
    const { policy } = new OperatorPolicy(this, 'Operators', {
      environmentName,
      documentName,
      key: logs.key,
      ...access.operators,
    });

    new CfnOutput(this, 'InstanceProfileName', { value: profile.ref });
    new CfnOutput(this, 'OperatorPolicyArn', { value: policy.managedPolicyArn });
    const target = access.managedInstance
      ? new ManagedInstance(this, 'ManagedInstance', {
          vpc: props.vpc,
          subnets: props.appSubnets,
          instanceProfile: InstanceProfile.fromInstanceProfileAttributes(this, 'Profile', {
            instanceProfileArn: profile.attrArn,
            role,
          }),
        }).instanceId
      : 'INSTANCE_ID';
    new CfnOutput(this, 'StartSession', {
      description: 'Starts a session',
      value: `aws ssm start-session --region ${this.region} --target ${target} --document-name ${documentName}`,
    });
  }
}
