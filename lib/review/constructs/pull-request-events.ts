import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface PullRequestEventsProps {
  readonly repository: IRepository;
  /** Branches into which pull requests go that are looked at. */
  readonly branches: readonly string[];
  readonly stateMachine: IStateMachine;
}

/**
 * Starts a review when a pull request is opened, and with every push to it. Nobody but AWS can send an event whose source
 * starts with `aws.`, so what it says of the destination can be believed; and the destination is what Report trusts.
 * Source: "Monitoring CodeCommit events in Amazon EventBridge", CodeCommit User Guide; `PutEvents`, EventBridge API Reference.
 */
export class PullRequestEvents extends Construct {
  constructor(scope: Construct, id: string, props: PullRequestEventsProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: 'Starts the review of a pull request',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        Start: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['states:StartExecution'],
              resources: [props.stateMachine.stateMachineArn],
            }),
          ],
        }),
      },
    });
    new Rule(this, 'Rule', {
      description: `Pull requests into ${props.branches.join(', ')}`.slice(0, 512),
      eventPattern: {
        source: ['aws.codecommit'],
        detailType: ['CodeCommit Pull Request State Change'],
        resources: [props.repository.repositoryArn],
        detail: {
          event: ['pullRequestCreated', 'pullRequestSourceBranchUpdated'],
          destinationReference: props.branches.map((branch) => `refs/heads/${branch}`),
        },
      },
      targets: [new SfnStateMachine(props.stateMachine, { role: role.withoutPolicyUpdates() })],
    });
  }
}
