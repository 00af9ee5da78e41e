import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { NotifiedAlarm } from '../../foundation/constructs/notified-alarm';

export interface StreamAlarmsProps {
  readonly stream: IDeliveryStream;
  /** The longest that a record may wait in a buffer, in seconds. */
  readonly bufferSeconds: number;
  readonly notices: ITopic;
}

const PERIOD = Duration.minutes(5);
/** Seconds that a delivery may take on top of the wait in the buffer: Firehose retries for a while before it is late. */
const DELIVERY_GRACE_SECONDS = 600;

/** Says when records are late, refused or undeliverable. Metrics: "Monitor with CloudWatch metrics", Firehose Developer Guide. */
export class StreamAlarms extends Construct {
  constructor(scope: Construct, id: string, props: StreamAlarmsProps) {
    super(scope, id);
    const { stream, notices } = props;
    const shared = { notices, evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING };
    new NotifiedAlarm(this, 'Freshness', {
      ...shared,
      alarmDescription: 'The oldest record that is not in S3 yet is late: look at the log of failed deliveries',
      metric: stream.metric('DeliveryToS3.DataFreshness', { statistic: Stats.MAXIMUM, period: PERIOD }),
      threshold: props.bufferSeconds + DELIVERY_GRACE_SECONDS,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
    new NotifiedAlarm(this, 'Throttled', {
      ...shared,
      alarmDescription:
        'Records were refused because the stream is over its quota: slow producers down or ask for more',
      metric: stream.metric('ThrottledRecords', { statistic: Stats.SUM, period: PERIOD }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
    new NotifiedAlarm(this, 'Failed', {
      ...shared,
      alarmDescription: 'Writes to S3 failed: look at the log of failed deliveries, the bucket and its key',
      metric: stream.metric('DeliveryToS3.Success', { statistic: Stats.MINIMUM, period: PERIOD }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    });
  }
}
