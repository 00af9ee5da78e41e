import type { DeliveryNames } from '../delivery-names';
import type { Permission } from '../permission';
import { readArtifacts, useKey, writeArtifacts } from './artifact-permissions';

/** The pipeline itself: it lets actions act under roles of theirs, and asks people. */
export function pipelinePermissions(
  { artifactBucketArn, keyArn, region, topicArn, topicKeyArn }: DeliveryNames,
  actionRoleArns: readonly string[],
  asksPeople: boolean,
): Permission[] {
  return [
    { actions: ['sts:AssumeRole'], resources: actionRoleArns },
    ...(asksPeople ? [{ actions: ['sns:Publish'], resources: [topicArn] }, useKey(topicKeyArn, region, ['sns'])] : []),
    ...readArtifacts(artifactBucketArn),
    ...writeArtifacts(artifactBucketArn),
    useKey(keyArn, region, ['s3']),
  ];
}

/** Source of the actions: "CodeCommit source action reference", CodePipeline User Guide. */
export function sourcePermissions({ repositoryArn, artifactBucketArn, keyArn, region }: DeliveryNames): Permission[] {
  return [
    {
      actions: [
        'codecommit:CancelUploadArchive',
        'codecommit:GetBranch',
        'codecommit:GetCommit',
        'codecommit:GetRepository',
        'codecommit:GetUploadArchiveStatus',
        'codecommit:UploadArchive',
      ],
      resources: [repositoryArn],
    },
    ...readArtifacts(artifactBucketArn),
    ...writeArtifacts(artifactBucketArn),
    useKey(keyArn, region, ['codecommit', 's3']),
  ];
}

/** EventBridge, when the branch has changed. */
export function triggerPermissions(pipelineArn: string): Permission[] {
  return [{ actions: ['codepipeline:StartPipelineExecution'], resources: [pipelineArn] }];
}
