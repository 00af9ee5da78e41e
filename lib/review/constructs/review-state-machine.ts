import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IProject } from 'aws-cdk-lib/aws-codebuild';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, LogLevel, StateMachine, type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Duration, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { NotifiedAlarm } from '../../foundation/constructs/notified-alarm';
import { reviewWorkflow } from '../review-workflow';
import { WorkflowRole } from './workflow-role';

export interface ReviewStateMachineProps {
  readonly synthesize: IProject;
  readonly report: IProject;
  /** Of the objects by which one build tells the other, without a slash at its end. */
  readonly artifactPrefix: string;
  /** Minutes until a build is stopped. */
  readonly timeoutMinutes: number;
  readonly key: IKey;
  readonly notices: ITopic;
  /** Of the log of executions, in days that CloudWatch Logs knows. */
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/** Runs the two builds for each event, and says so if even the second fails: then nobody else does. */
export class ReviewStateMachine extends Construct {
  readonly stateMachine: IStateMachine;

  constructor(scope: Construct, id: string, props: ReviewStateMachineProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const log = new LogGroup(this, 'Log', {
      encryptionKey: props.key,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.retentionDays,
      removalPolicy: props.removalPolicy,
    });
    const definition = reviewWorkflow({
      startBuild: stack.formatArn({
        service: 'states',
        region: '',
        account: '',
        resource: 'codebuild',
        resourceName: 'startBuild.sync',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      synthesizeProject: props.synthesize.projectName,
      reportProject: props.report.projectName,
      artifactPrefix: props.artifactPrefix,
      timeoutMinutes: props.timeoutMinutes,
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromString(stack.toJsonString(definition)),
      role: new WorkflowRole(this, 'Identity', { projects: [props.synthesize, props.report] }).role,
      logs: { destination: log, level: LogLevel.ALL, includeExecutionData: true },
      tracingEnabled: true,
    });
    new NotifiedAlarm(this, 'Failed', {
      notices: props.notices,
      alarmDescription: 'A pull request got no report: look at the executions of the state machine',
      metric: this.stateMachine.metricFailed({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
