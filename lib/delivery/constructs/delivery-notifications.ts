import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface DeliveryNotificationsProps {
  readonly encryptionKey: IKey;
  readonly emails: readonly string[];
}

/** Who tells of failures. */
const NOTIFIER = new ServicePrincipal('codestar-notifications.amazonaws.com');

/**
 * The topic that people are told through, encrypted.
 * Source of its policy and the key's: "Configure Amazon SNS topics for notifications" and "Troubleshooting", Developer Tools
 * console User Guide.
 */
export class DeliveryNotifications extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: DeliveryNotificationsProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const topic = new Topic(this, 'Topic', {
      displayName: Stack.of(this).stackName,
      masterKey: props.encryptionKey,
      enforceSSL: true,
    });
    for (const email of props.emails) topic.addSubscription(new EmailSubscription(email));
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [NOTIFIER],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    props.encryptionKey.addToResourcePolicy(
      new PolicyStatement({
        principals: [NOTIFIER],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
      }),
    );
    this.topic = topic;
  }
}
