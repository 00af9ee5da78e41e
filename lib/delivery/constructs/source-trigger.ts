import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import { Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { MAIN } from '../delivery-names';
import type { Permitted } from '../delivery-roles';
import { WrittenRole } from './written-role';

export interface SourceTriggerProps {
  readonly repository: IRepository;
  readonly pipelineArn: string;
  readonly permitted: Permitted;
}

/** Starts the pipeline as soon as the branch has changed. Source: "CodeCommit source actions and EventBridge", CodePipeline User Guide. */
export class SourceTrigger extends Construct {
  constructor(scope: Construct, id: string, props: SourceTriggerProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    const { role } = new WrittenRole(this, 'Start', {
      permitted: props.permitted,
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    new Rule(this, 'Rule', {
      description: `${MAIN} has changed`,
      eventPattern: {
        source: ['aws.codecommit'],
        detailType: ['CodeCommit Repository State Change'],
        resources: [props.repository.repositoryArn],
        detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [MAIN] },
      },
      targets: [{ bind: () => ({ arn: props.pipelineArn, role }) }],
    });
  }
}
