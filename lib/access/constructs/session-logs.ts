import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { PrivateBucket } from '../../foundation/constructs/private-bucket';
import { StackKey } from '../../foundation/constructs/stack-key';

export interface SessionLogsProps {
  /** A number of days that CloudWatch Logs knows. */
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/** Where the sessions of an environment are logged, and the key that encrypts sessions and logs. */
export class SessionLogs extends Construct {
  readonly key: IKey;
  readonly logGroup: ILogGroup;
  readonly bucket: IBucket;
  /** Of the objects in the bucket, without a slash at its end. */
  readonly keyPrefix = 'sessions';

  constructor(scope: Construct, id: string, props: SessionLogsProps) {
    super(scope, id);
    const { removalPolicy } = props;
    this.key = new StackKey(this, 'Key', { purpose: 'Sessions and their logs', removalPolicy });
    this.logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey: this.key,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.retentionDays,
      removalPolicy,
    });
    this.bucket = new PrivateBucket(this, 'Storage', { encryptionKey: this.key, removalPolicy }).bucket;
  }
}
