import {
  AppendDelimiterToRecordProcessor,
  Compression,
  DeliveryStream,
  EnableLogging,
  MetadataExtractionProcessor,
  S3Bucket,
  StreamEncryption,
  type IDeliveryStream,
  type S3BucketProps,
} from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, Duration, Size, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { PrivateBucket } from '../foundation/constructs/private-bucket';
import { StackKey } from '../foundation/constructs/stack-key';
import { DeliveryRole } from './constructs/delivery-role';
import { ProducerPolicy } from './constructs/producer-policy';
import { StreamAlarms } from './constructs/stream-alarms';
import { DATA_FOLDER, dataPrefix, ERROR_FOLDER, ERROR_PREFIX, PREFIX_TIME_ZONE } from './object-prefixes';
import type { StreamSettings } from './stream-settings';

export interface StreamStackProps extends EnvironmentStackProps {
  readonly stream: StreamSettings;
  readonly notices: ITopic;
}

/** Events to S3: a delivery stream that producers write to, and the policy that lets them. */
export class StreamStack extends EnvironmentStack {
  readonly deliveryStream: IDeliveryStream;
  readonly producerPolicy: IManagedPolicy;

  constructor(scope: Construct, props: StreamStackProps) {
    const { stream, environmentName } = props;
    super(scope, 'Stream', props, `Events of ${environmentName}: Firehose to S3, and the policy of its producers`);
    const removalPolicy = this.dataRemovalPolicy;
    const key = new StackKey(this, 'Key', { purpose: 'Events', removalPolicy });
    const { bucket } = new PrivateBucket(this, 'Storage', {
      encryptionKey: key,
      expirationDays: stream.expirationDays,
      removalPolicy,
    });
    const logGroup = new LogGroup(this, 'DeliveryLog', {
      encryptionKey: key,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: stream.logs.retentionDays,
      removalPolicy,
    });
    const { role } = new DeliveryRole(this, 'Delivery', {
      bucket,
      folders: [DATA_FOLDER, ERROR_FOLDER],
      key,
      logGroup,
    });
    // Partitioning cannot be switched on or off in a stream that exists: another ID makes another stream.
    const id = stream.partitionKey === undefined ? 'DeliveryStream' : 'PartitionedDeliveryStream';
    // eslint-disable-next-line awscdk/no-variable-construct-id -- one of these two
    this.deliveryStream = new DeliveryStream(this, id, {
      encryption: StreamEncryption.customerManagedKey(key),
      role,
      destination: new S3Bucket(bucket, {
        ...bufferAndPartitions(stream),
        role,
        compression: Compression.GZIP,
        timeZone: TimeZone.of(PREFIX_TIME_ZONE),
        dataOutputPrefix: dataPrefix(stream.partitionKey),
        errorOutputPrefix: ERROR_PREFIX,
        loggingConfig: new EnableLogging(logGroup),
      }),
    });
    new StreamAlarms(this, 'Alarms', {
      stream: this.deliveryStream,
      bufferSeconds: stream.buffer.seconds,
      notices: props.notices,
    });
    this.producerPolicy = new ProducerPolicy(this, 'Producers', {
      environmentName,
      deliveryStreamArn: this.deliveryStream.deliveryStreamArn,
      ...stream.producers,
    }).policy;

    new CfnOutput(this, 'DeliveryStreamName', { value: this.deliveryStream.deliveryStreamName });
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'ProducerPolicyArn', {
      description: 'Attach it to whoever writes to the stream',
      value: this.producerPolicy.managedPolicyArn,
    });
  }
}

function bufferAndPartitions({ buffer, partitionKey }: StreamSettings): S3BucketProps {
  const shared = {
    bufferingInterval: Duration.seconds(buffer.seconds),
    bufferingSize: Size.mebibytes(buffer.mebibytes),
  };
  // A newline behind each record: producers send JSON without one, and readers want one to a line.
  const delimiter = new AppendDelimiterToRecordProcessor();
  if (partitionKey === undefined) return { ...shared, processors: [delimiter] };
  return {
    ...shared,
    dynamicPartitioning: { enabled: true },
    processors: [MetadataExtractionProcessor.jq16({ [partitionKey]: `.${partitionKey}` }), delimiter],
  };
}
