import { PolicyDocument, PolicyStatement, Role, ServicePrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';

export interface DeliveryRoleProps {
  readonly bucket: IBucket;
  /** What the keys of its objects begin with: `data/`. It touches no others. */
  readonly folders: readonly string[];
  readonly key: IKey;
  readonly logGroup: ILogGroup;
}

/**
 * What Firehose needs to deliver to one bucket, for streams of this account only.
 * Source: "Grant Firehose access to an Amazon S3 destination", Amazon Data Firehose Developer Guide.
 */
export class DeliveryRole extends Construct {
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const objects = props.folders.map((folder) => props.bucket.arnForObjects(`${folder}*`));
    const role = new Role(this, 'Role', {
      description: 'Delivers a Firehose stream to its bucket',
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        // Firehose names the stream's account: a stream of another account cannot make it use this role.
        conditions: { StringEquals: { 'sts:ExternalId': account } },
      }),
      inlinePolicies: {
        Deliver: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
              resources: [props.bucket.bucketArn],
            }),
            new PolicyStatement({
              actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
              resources: objects,
            }),
            new PolicyStatement({
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              resources: [props.key.keyArn],
              conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
            }),
            new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [props.logGroup.logGroupArn] }),
          ],
        }),
      },
    });
    for (const folder of objects) {
      acknowledgeWildcard(
        role,
        folder,
        'Objects are named by date and partition when they are written; the folder is one',
      );
    }
    // The role has all it needs, and the CDK would give it more.
    this.role = role.withoutPolicyUpdates();
  }
}
