import type { IProject } from 'aws-cdk-lib/aws-codebuild';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';

export interface WorkflowRoleProps {
  /** What it starts. */
  readonly projects: readonly IProject[];
}

/** By it Step Functions learns that a build has ended. One of the account, made and owned by Step Functions. */
const BUILD_EVENTS_RULE = 'StepFunctionsGetEventForCodeBuildStartBuildRule';

/**
 * Starts two builds and waits for them.
 * Source: "IAM policies for calling AWS CodeBuild", "Using CloudWatch Logs to log execution history", Step Functions Developer Guide.
 */
export class WorkflowRole extends Construct {
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: WorkflowRoleProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const role = new Role(this, 'Role', {
      description: 'Runs the builds of a pull request one after the other',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
      inlinePolicies: {
        Run: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
              resources: props.projects.map(({ projectArn }) => projectArn),
            }),
            new PolicyStatement({
              actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
              resources: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: BUILD_EVENTS_RULE })],
            }),
            new PolicyStatement({
              actions: [
                'logs:CreateLogDelivery',
                'logs:GetLogDelivery',
                'logs:UpdateLogDelivery',
                'logs:DeleteLogDelivery',
                'logs:ListLogDeliveries',
                'logs:PutResourcePolicy',
                'logs:DescribeResourcePolicies',
                'logs:DescribeLogGroups',
                'xray:PutTraceSegments',
                'xray:PutTelemetryRecords',
                'xray:GetSamplingRules',
                'xray:GetSamplingTargets',
              ],
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    acknowledgeWildcard(
      role,
      '*',
      'Delivery of execution logs and X-Ray take no resource but *; Step Functions asks for all of them',
    );
    // The role has all it needs, and the CDK would give it more.
    this.role = role.withoutPolicyUpdates();
  }
}
