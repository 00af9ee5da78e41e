import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ArnFormat, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface StackKeyProps {
  /** What it encrypts: `Flow logs`. */
  readonly purpose: string;
  /** The names of the log groups that it encrypts, where they are not generated ones. */
  readonly logGroupNames?: string;
  readonly removalPolicy: RemovalPolicy;
}

/** A key of a stack's own. CloudWatch Logs may use it for the stack's log groups, whose generated names start with its name. */
export class StackKey extends Key {
  constructor(scope: Construct, id: string, props: StackKeyProps) {
    const { region, stackName } = Stack.of(scope);
    super(scope, id, {
      description: `${props.purpose} of ${stackName}`,
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy,
    });
    const logGroups = this.stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: props.logGroupNames ?? `${stackName}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    // Source: "Encrypt log data in CloudWatch Logs", CloudWatch Logs User Guide.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      }),
    );
  }
}
