import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { NotifiedAlarm } from '../../foundation/constructs/notified-alarm';

export interface BlockSurgeAlarmProps {
  readonly metricName: string;
  /** Blocked requests in five minutes. */
  readonly threshold: number;
  readonly notices: ITopic;
}

/** Raised when many requests are blocked: an attack, or a rule that refuses what it should not. */
export class BlockSurgeAlarm extends Construct {
  constructor(scope: Construct, id: string, props: BlockSurgeAlarmProps) {
    super(scope, id);
    new NotifiedAlarm(this, 'Alarm', {
      notices: props.notices,
      alarmDescription: 'Many requests are blocked: an attack, or a rule that refuses what it should not',
      metric: new Metric({
        // Source: "AWS WAF metrics and dimensions", AWS WAF Developer Guide.
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: props.metricName, Rule: 'ALL', Region: Stack.of(this).region },
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
