export interface ReviewWorkflowOptions {
  /** The ARN of the integration `codebuild:startBuild.sync` in the partition. */
  readonly startBuild: string;
  readonly synthesizeProject: string;
  readonly reportProject: string;
  /** Where builds leave what others read, without a slash at its end. */
  readonly artifactPrefix: string;
  /** Minutes that a build may run. */
  readonly timeoutMinutes: number;
}

/** Minutes that a build may wait for its turn, on top of the time that it may run. */
export const QUEUED_MINUTES = 30;

/** Where the project has as many builds as it may have: wait for one of them to end. */
const WHEN_FULL = {
  ErrorEquals: ['CodeBuild.AccountLimitExceededException'],
  IntervalSeconds: 60,
  BackoffRate: 1.5,
  MaxAttempts: 6,
} as const;

/**
 * Synthesize, then Report in either case. Everything that Report is told comes from the event, which only CodeCommit can send,
 * or is said here: nothing from the build that ran the pull request's code but whether it succeeded.
 * Source: Amazon States Language; "Call AWS CodeBuild with Step Functions", Step Functions Developer Guide.
 */
export function reviewWorkflow(options: ReviewWorkflowOptions): object {
  const { startBuild, synthesizeProject, reportProject, artifactPrefix, timeoutMinutes } = options;
  const artifacts = ['ARTIFACTS', `States.Format('${artifactPrefix}/{}', $$.Execution.Name)`] as const;
  const build = (
    project: string,
    sourceVersion: string,
    variables: readonly (readonly [string, string])[],
  ): object => ({
    Type: 'Task',
    Resource: startBuild,
    TimeoutSeconds: (timeoutMinutes + QUEUED_MINUTES) * 60,
    Parameters: {
      ProjectName: project,
      'SourceVersion.$': sourceVersion,
      EnvironmentVariablesOverride: variables.map(([Name, value]) => ({
        Name,
        Type: 'PLAINTEXT',
        'Value.$': value,
      })),
    },
  });
  return {
    Comment: 'What a pull request does to the infrastructure: as a comment, and as an approval',
    StartAt: 'Synthesize',
    States: {
      Synthesize: {
        ...build(synthesizeProject, '$.detail.sourceCommit', [
          ['DESTINATION_COMMIT', '$.detail.destinationCommit'],
          artifacts,
        ]),
        ResultSelector: { result: 'SUCCEEDED' },
        ResultPath: '$.synthesis',
        Retry: [WHEN_FULL],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Not synthesized' }],
        Next: 'Report',
      },
      'Not synthesized': { Type: 'Pass', Result: { result: 'FAILED' }, ResultPath: '$.synthesis', Next: 'Report' },
      Report: {
        ...build(reportProject, '$.detail.destinationCommit', [
          ['PULL_REQUEST_ID', '$.detail.pullRequestId'],
          ['REVISION_ID', '$.detail.revisionId'],
          ['SOURCE_COMMIT', '$.detail.sourceCommit'],
          ['DESTINATION_COMMIT', '$.detail.destinationCommit'],
          ['SYNTHESIS', '$.synthesis.result'],
          artifacts,
        ]),
        // It may be run again: what it writes is the same.
        Retry: [WHEN_FULL, { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 60, MaxAttempts: 1 }],
        End: true,
      },
    },
  };
}
