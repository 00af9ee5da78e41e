import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CfnNotificationRule } from 'aws-cdk-lib/aws-codestarnotifications';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PlannedStage } from '../pipeline-plan';

export interface DeliveryPipelineProps {
  readonly stages: readonly PlannedStage[];
  readonly role: IRole;
  /** The ARN of a role by its name in the plan. */
  readonly roleArn: (role: string) => string;
  readonly artifacts: IBucket;
  readonly encryptionKey: IKey;
  readonly topic: ITopic;
}

/**
 * The plan as a pipeline. It is made of the resource itself: the CDK's own construct decides on roles and permissions, and of
 * the deploy action's it makes an administrator.
 */
export class DeliveryPipeline extends Construct {
  readonly pipelineName: string;
  readonly pipelineArn: string;

  constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const pipeline = new CfnPipeline(this, 'Pipeline', {
      pipelineType: 'V2',
      // Of changes that wait for a stage only the newest goes on.
      executionMode: 'SUPERSEDED',
      roleArn: props.role.roleArn,
      artifactStore: {
        type: 'S3',
        location: props.artifacts.bucketName,
        encryptionKey: { id: props.encryptionKey.keyArn, type: 'KMS' },
      },
      restartExecutionOnUpdate: false,
      stages: props.stages.map((stage) => this.stage(stage, props.roleArn)),
    });
    this.pipelineName = pipeline.ref;
    this.pipelineArn = stack.formatArn({ service: 'codepipeline', resource: pipeline.ref });
    new CfnNotificationRule(this, 'Failures', {
      name: `${stack.stackName}-failures`,
      detailType: 'FULL',
      eventTypeIds: ['codepipeline-pipeline-pipeline-execution-failed'],
      resource: this.pipelineArn,
      targets: [{ targetType: 'SNS', targetAddress: props.topic.topicArn }],
    });
  }

  private stage(stage: PlannedStage, roleArn: (role: string) => string): CfnPipeline.StageDeclarationProperty {
    return {
      name: stage.name,
      actions: [
        {
          name: stage.name,
          actionTypeId: { category: stage.category, owner: 'AWS', provider: stage.provider, version: '1' },
          inputArtifacts: stage.inputs.map((name) => ({ name })),
          outputArtifacts: stage.outputs.map((name) => ({ name })),
          configuration: stage.configuration,
          namespace: stage.namespace,
          roleArn: stage.role === undefined ? undefined : roleArn(stage.role),
          runOrder: 1,
          timeoutInMinutes: stage.timeoutMinutes,
        },
      ],
      // To what succeeded in this stage last; the first execution has nothing to go back to.
      onFailure: stage.rollsBack ? { result: 'ROLLBACK' } : undefined,
    };
  }
}
