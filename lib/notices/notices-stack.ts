import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { EnvironmentBudget } from './constructs/environment-budget';
import { NoticesTopic } from './constructs/notices-topic';
import { SlackChannel } from './constructs/slack-channel';
import type { NoticesSettings } from './notices-settings';
import type { PublisherName } from './publishers';

export interface NoticesStackProps extends EnvironmentStackProps {
  readonly notices: NoticesSettings;
  /** Site: beside the environment's stacks. Pipeline: in the account of a pipeline that has one of its own. */
  readonly side: 'site' | 'pipeline';
  /** Services that write to the topic by themselves. */
  readonly publishers: readonly PublisherName[];
}

/** Who is told when something is wrong: one topic, which every alarm of the environment's stacks goes to. */
export class NoticesStack extends EnvironmentStack {
  readonly topic: ITopic;
  /** Whoever publishes under a role of their own needs it, too. */
  readonly key: IKey;

  constructor(scope: Construct, props: NoticesStackProps) {
    const { notices, side, environmentName } = props;
    const [name, of] =
      side === 'site' ? ['Notices', environmentName] : ['PipelineNotices', `the pipeline of ${environmentName}`];
    super(scope, name, props, `Notices of ${of}: who is told when something is wrong`);
    const { topic, key } = new NoticesTopic(this, 'Notices', {
      emails: notices.emails,
      publishers: props.publishers,
      removalPolicy: this.dataRemovalPolicy,
    });
    this.topic = topic;
    this.key = key;
    if (notices.slack) new SlackChannel(this, 'Slack', { channel: notices.slack, topic });
    if (notices.monthlyBudget !== undefined && side === 'site') {
      new EnvironmentBudget(this, 'Budget', { environmentName, amount: notices.monthlyBudget, topic });
    }
    new CfnOutput(this, 'TopicArn', { description: 'Others can subscribe to it, too', value: topic.topicArn });
  }
}
