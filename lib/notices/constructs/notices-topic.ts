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

  /**
   * As narrow as the service can be known to KMS. A condition that it does not fulfil loses its notices without a word; where
   * none is documented, the topic's own policy is what admits it.
   */
  private encrypt({ service, saysToKms }: Publisher): PolicyStatement {
    const { account, region } = Stack.of(this);
    return new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: {
        account: { StringEquals: { 'aws:SourceAccount': account } },
        'via SNS': { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
        nothing: undefined,
      }[saysToKms],
    });
  }
}
