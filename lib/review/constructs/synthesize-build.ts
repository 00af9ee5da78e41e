import type { IProject } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../../foundation/constructs/acknowledge';
import { synthesizeSpec } from '../build-specs';
import type { BuildProps } from './build-props';
import { BuildRole } from './build-role';
import { ReviewProject } from './review-project';

const DESCRIPTION = 'Synthesizes pull requests: runs their code, and may do next to nothing';

/**
 * Runs the code of a pull request, which may be anybody's: it may make new objects under one prefix, and can neither read,
 * replace nor delete any, nor speak about the pull request.
 */
export class SynthesizeBuild extends Construct {
  readonly project: IProject;

  constructor(scope: Construct, id: string, props: BuildProps) {
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
        new PolicyStatement({
          actions: ['s3:PutObject'],
          resources: [objects],
          // Only with `If-None-Match: *`, which S3 refuses where there is an object: what another build made stays.
          // Source: "Enforce conditional writes on Amazon S3 buckets", S3 User Guide.
          conditions: { Null: { 's3:if-none-match': 'false' } },
        }),
        new PolicyStatement({
          actions: ['kms:GenerateDataKey'],
          resources: [key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
        }),
      ],
    });
    acknowledgeWildcard(
      identity.role,
      objects,
      'New objects only, under one prefix of one bucket, named after executions that are still to come',
    );
    this.project = new ReviewProject(this, 'Build', {
      repository,
      key,
      timeoutMinutes,
      identity,
      description: DESCRIPTION,
      buildSpec: synthesizeSpec(),
      variables: { BUCKET: bucket.bucketName },
    }).project;
  }
}
