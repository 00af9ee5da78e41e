import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { RemovalPolicy } from 'aws-cdk-lib/core';

/** What both builds are made of. */
export interface BuildProps {
  readonly repository: IRepository;
  readonly key: IKey;
  readonly bucket: IBucket;
  /** Of the objects by which one build tells the other, without a slash at its end. */
  readonly artifactPrefix: string;
  /** Minutes until a build is stopped. */
  readonly timeoutMinutes: number;
  /** Of the build's log, in days that CloudWatch Logs knows. */
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
}
