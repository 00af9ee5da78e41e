import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  StorageClass,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface PrivateBucketProps {
  readonly encryptionKey: IKey;
  /** Only where another account must know it beforehand; generated otherwise. */
  readonly bucketName?: string | undefined;
  /** Days until objects, and old versions of them, are deleted. Without it they stay. */
  readonly expirationDays?: number | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/** Days until objects move to cheaper storage. S3 takes them into STANDARD_IA from day 30. Source: S3 User Guide, lifecycle. */
const COLD_AFTER_DAYS = 30;
/** Days that access logs and old versions are kept. */
const ACCESS_LOG_DAYS = 365;
const OLD_VERSION_DAYS = 30;
/** Days until the parts of an upload that nobody finished are deleted. */
const ABANDONED_UPLOAD_DAYS = 7;

/**
 * A bucket for data: no public access, TLS only, encrypted with a key of one's own, versioned, and with a log of who
 * accessed it.
 */
export class PrivateBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const shared = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: props.removalPolicy,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...shared,
      // S3 delivers access logs only to buckets encrypted with its own keys.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          expiration: Duration.days(ACCESS_LOG_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(ABANDONED_UPLOAD_DAYS),
        },
      ],
    });
    Validations.of(accessLogs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds the access logs of another bucket; logging its own would never end',
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...shared,
      bucketName: props.bucketName,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.encryptionKey,
      // One call to KMS for many objects.
      bucketKeyEnabled: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'access/',
      lifecycleRules: [
        {
          transitions:
            props.expirationDays === undefined || props.expirationDays > 2 * COLD_AFTER_DAYS
              ? [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(COLD_AFTER_DAYS) }]
              : [],
          expiration: props.expirationDays === undefined ? undefined : Duration.days(props.expirationDays),
          noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(ABANDONED_UPLOAD_DAYS),
        },
      ],
    });
  }
}
