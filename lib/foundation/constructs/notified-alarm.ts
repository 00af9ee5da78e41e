import { Alarm, type AlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface NotifiedAlarmProps extends AlarmProps {
  /** Where it is told that it rings, and that it is well again. */
  readonly notices: ITopic;
}

/**
 * An alarm that reaches somebody. Every alarm of this repository is one: a test over the whole assembly refuses others
 * (test/gates/alarms.test.ts).
 */
export class NotifiedAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: NotifiedAlarmProps) {
    super(scope, id, props);
    const action = new SnsAction(props.notices);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
