import type { IProject } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import { reportSpec } from '../build-specs';
import type { BuildProps } from './build-props';
import { BuildRole } from './build-role';
import { ReviewProject } from './review-project';
import { Reviewer } from './reviewer';

export interface ReportBuildProps extends BuildProps {
  /** pr-diff's level: what is forbidden, and so not approved. */
  readonly failOn: string;
}

const DESCRIPTION = 'Reports on pull requests: runs the code of the destination branch only';

/** Runs the code of the destination branch: compares, and comments and approves as the reviewer. */
export class ReportBuild extends Construct {
  readonly project: IProject;
  /** As comments and approval rules name the reviewer. */
  readonly reviewerArn: string;

  constructor(scope: Construct, id: string, props: ReportBuildProps) {
    super(scope, id);
    const { repository, key, bucket, artifactPrefix, timeoutMinutes, retentionDays, removalPolicy } = props;
    const objects = bucket.arnForObjects(`${artifactPrefix}/*`);
    const identity = new BuildRole(this, 'Identity', {
      repository,
      key,
      retentionDays,
      removalPolicy,
      description: DESCRIPTION,
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [objects] }),
        new PolicyStatement({
          actions: ['kms:Decrypt'],
          resources: [key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
        }),
      ],
    });
    acknowledgeWildcard(
      identity.role,
      objects,
      'Reads what builds left under one prefix of one bucket, named after executions that are still to come',
    );
    const reviewer = new Reviewer(this, 'Reviewer', { repository, reportRole: identity.role });
    this.reviewerArn = reviewer.sessionArn;
    this.project = new ReviewProject(this, 'Build', {
      repository,
      key,
      timeoutMinutes,
      identity,
      description: DESCRIPTION,
      buildSpec: reportSpec(),
      variables: {
        BUCKET: bucket.bucketName,
        REPOSITORY: repository.repositoryName,
        REVIEWER_ROLE: reviewer.role.roleArn,
        FAIL_ON: props.failOn,
      },
    }).project;
  }
}
