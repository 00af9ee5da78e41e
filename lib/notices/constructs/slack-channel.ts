import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import type { NoticesSettings } from '../notices-settings';

export interface SlackChannelProps {
  readonly channel: NonNullable<NoticesSettings['slack']>;
  readonly topic: ITopic;
}

/** A channel of Slack that is told what the topic is told. Nobody can do anything in the account from there. */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, props: SlackChannelProps) {
    super(scope, id);
    const { stackName, account } = Stack.of(this);
    // Pictures in messages about alarms, and nothing else; it is the most that a command typed in the channel could do.
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'Lets messages about alarms in Slack show their metric',
      statements: [
        new PolicyStatement({
          actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics', 'cloudwatch:DescribeAlarms'],
          resources: ['*'],
        }),
      ],
    });
    acknowledgeWildcard(policy, '*', 'Reading metrics takes no resource but *; nothing is changed, and no log is read');
    const role = new Role(this, 'Role', {
      description: 'Shows notices in Slack',
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
      managedPolicies: [policy],
    });
    new CfnSlackChannelConfiguration(this, 'Channel', {
      configurationName: stackName,
      slackWorkspaceId: props.channel.workspaceId,
      slackChannelId: props.channel.channelId,
      iamRoleArn: role.roleArn,
      snsTopicArns: [props.topic.topicArn],
      // Without it the service puts in AdministratorAccess.
      guardrailPolicies: [policy.managedPolicyArn],
      loggingLevel: 'ERROR',
      userRoleRequired: false,
    });
  }
}
