import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { PUBLISHERS, type Publisher, type PublisherName } from '../publishers';

export interface NoticesTopicProps {
  readonly emails: readonly string[];
  /** Services that write to it by themselves; nobody else does but by a policy of their own. */
  readonly publishers: readonly PublisherName[];
  readonly removalPolicy: RemovalPolicy;
}

/** The topic that people are told through, encrypted, and open to the services that tell something. */
export class NoticesTopic extends Construct {
  readonly topic: ITopic;
  readonly key: IKey;

  constructor(scope: Construct, id: string, props: NoticesTopicProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const key = new Key(this, 'Key', {
      description: `Notices of ${stackName}`,
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy,
    });
    const topic = new Topic(this, 'Topic', { displayName: stackName, masterKey: key, enforceSSL: true });
    for (const email of props.emails) topic.addSubscription(new EmailSubscription(email));
    for (const name of props.publishers) {
      topic.addToResourcePolicy(this.publish(PUBLISHERS[name], topic));
      key.addToResourcePolicy(this.encrypt(PUBLISHERS[name]));
    }
    this.topic = topic;
    this.key = key;
  }

  private publish({ service, sourceArn, saysAccount }: Publisher, topic: ITopic): PolicyStatement {
    const { account } = Stack.of(this);
    return new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        ...(saysAccount ? { StringEquals: { 'aws:SourceAccount': account } } : {}),
        ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn(Stack.of(this)) } }),
      },
    });
  }

  /** By way of SNS only: no service may use the key for anything else. */
  private encrypt({ service, saysAccountToKms }: Publisher): PolicyStatement {
    const { account, region } = Stack.of(this);
    return new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: saysAccountToKms
        ? { StringEquals: { 'aws:SourceAccount': account } }
        : { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
    });
  }
}
