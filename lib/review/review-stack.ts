import { Repository } from 'aws-cdk-lib/aws-codecommit';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { PrivateBucket } from '../foundation/constructs/private-bucket';
import { StackKey } from '../foundation/constructs/stack-key';
import { PullRequestEvents } from './constructs/pull-request-events';
import { ReportBuild } from './constructs/report-build';
import { ReviewStateMachine } from './constructs/review-state-machine';
import { SynthesizeBuild } from './constructs/synthesize-build';
import type { ReviewSettings } from './review-settings';

export interface ReviewStackProps extends EnvironmentStackProps {
  readonly review: ReviewSettings;
  readonly notices: ITopic;
}

/** Days until an assembly is deleted, and old versions 30 days later. It is read within minutes, and tells about the infrastructure. */
const ARTIFACT_DAYS = 1;

/** Of the objects by which one build tells the other. */
const ARTIFACT_PREFIX = 'assemblies';

/**
 * What a pull request of a CodeCommit repository does to the infrastructure: as one comment, and as an approval. The build that
 * runs the pull request's code can do neither (docs/adr/0012).
 */
export class ReviewStack extends EnvironmentStack {
  /** As comments and approval rules name the reviewer. */
  readonly reviewerArn: string;

  constructor(scope: Construct, props: ReviewStackProps) {
    const { review } = props;
    super(scope, 'Review', props, `Pull requests of ${review.repository}: a report as a comment, and an approval`);
    const removalPolicy = this.dataRemovalPolicy;
    const { retentionDays } = review.logs;
    const key = new StackKey(this, 'Key', { purpose: 'Assemblies and logs', removalPolicy });
    const { bucket } = new PrivateBucket(this, 'Artifacts', {
      encryptionKey: key,
      expirationDays: ARTIFACT_DAYS,
      removalPolicy,
    });
    const repository = Repository.fromRepositoryName(this, 'Repository', review.repository);
    const shared = {
      key,
      artifactPrefix: ARTIFACT_PREFIX,
      timeoutMinutes: review.timeoutMinutes,
      retentionDays,
      removalPolicy,
    };

    const synthesize = new SynthesizeBuild(this, 'Synthesize', { ...shared, repository, bucket });
    const report = new ReportBuild(this, 'Report', { ...shared, repository, bucket, failOn: review.failOn });
    const { stateMachine } = new ReviewStateMachine(this, 'Workflow', {
      ...shared,
      synthesize: synthesize.project,
      report: report.project,
      notices: props.notices,
    });
    new PullRequestEvents(this, 'PullRequests', { repository, branches: review.branches, stateMachine });
    this.reviewerArn = report.reviewerArn;

    new CfnOutput(this, 'ReviewerArn', {
      description: 'Name it in an approval rule, which makes its approval count',
      value: report.reviewerArn,
    });
    new CfnOutput(this, 'StateMachineArn', {
      description: 'Its executions: one for each revision of a pull request',
      value: stateMachine.stateMachineArn,
    });
  }
}
