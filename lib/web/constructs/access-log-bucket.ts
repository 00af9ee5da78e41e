import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Validations, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AccessLogBucketProps {
  readonly removalPolicy: RemovalPolicy;
}

/** Days that access logs are kept, and until the parts of an upload that nobody finished are deleted. */
const LOG_DAYS = 365;
const ABANDONED_UPLOAD_DAYS = 7;

/** Takes the access logs of a load balancer: private, TLS only. */
export class AccessLogBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // Elastic Load Balancing delivers to no bucket with a key of one's own. Source: "Access logs for your ALB", step 1.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          expiration: Duration.days(LOG_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(ABANDONED_UPLOAD_DAYS),
        },
      ],
      removalPolicy: props.removalPolicy,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds the access logs of the load balancer; logging access to logs would never end',
    });
    this.bucket = bucket;
  }
}
