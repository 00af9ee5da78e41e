/** A service that writes to the topic by itself. */
export interface Publisher {
  readonly service: string;
  /** What its messages are about, as an ARN pattern; undefined where the service sends no such condition to SNS. */
  readonly sourceArn?: (place: Place) => string;
  /** Whether it says for which account it asks. */
  readonly saysAccount: boolean;
  /** What it tells KMS that can be asked for: its account, that it comes by way of SNS, or nothing that is documented. */
  readonly saysToKms: 'account' | 'via SNS' | 'nothing';
}

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * Who tells people something, and by what it is known that it is for this account.
 *
 * Sources: "Using Amazon SNS access control with CloudWatch alarms", CloudWatch User Guide; "Configure Amazon SNS topics for
 * notifications", Developer Tools console User Guide; "Creating an Amazon SNS topic for budget notifications", AWS Cost
 * Management User Guide; "Using resource-based policies for EventBridge": it takes no conditions in the policy of a topic, and
 * sends none to a key ("Key management", SNS Developer Guide).
 */
export const PUBLISHERS = {
  alarms: {
    service: 'cloudwatch.amazonaws.com',
    sourceArn: ({ partition, region, account }) => `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`,
    saysAccount: true,
    saysToKms: 'account',
  },
  pipelines: { service: 'codestar-notifications.amazonaws.com', saysAccount: true, saysToKms: 'via SNS' },
  events: { service: 'events.amazonaws.com', saysAccount: false, saysToKms: 'nothing' },
  budgets: {
    service: 'budgets.amazonaws.com',
    sourceArn: ({ partition, account }) => `arn:${partition}:budgets::${account}:*`,
    saysAccount: true,
    saysToKms: 'account',
  },
} as const satisfies Readonly<Record<string, Publisher>>;

export type PublisherName = keyof typeof PUBLISHERS;
