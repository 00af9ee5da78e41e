import { projectName, reportGroupName, type DeliveryNames } from '../delivery-names';
import type { BuildStage } from '../delivery-settings';
import type { Permission } from '../permission';
import { KEY_USE, readArtifacts, writeArtifacts } from './artifact-permissions';

/** Where a stage's projects keep what they download: a folder of the artifact bucket. */
export const cachePrefix = (stage: string): string => `cache/${stage}`;
/** Where the raw reports of a stage go. */
export const reportPrefix = (stage: string): string => `reports/${stage}`;

/** The action: it starts a build of one project and waits for it. Source: "CodeBuild action reference", CodePipeline User Guide. */
export function startPermissions(
  { partition, region, account, environmentName }: DeliveryNames,
  { name }: BuildStage,
): Permission[] {
  const project = `arn:${partition}:codebuild:${region}:${account}:project/${projectName(environmentName, name)}`;
  return [
    { actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'], resources: [project] },
  ];
}

/**
 * The build itself. It runs what is in the repository and in its libraries, so it may do nothing but read artifacts, write its
 * own log, cache and report, and, where it makes one, an artifact.
 * Source of the actions: "Allow CodeBuild to interact with other AWS services", CodeBuild User Guide.
 */
export function projectPermissions(
  { partition, region, account, environmentName, artifactBucketArn, keyArn }: DeliveryNames,
  { kind, name }: BuildStage,
  logGroupArn: string,
): Permission[] {
  const cache = cachePrefix(name);
  const reports = `arn:${partition}:codebuild:${region}:${account}:report-group/${reportGroupName(environmentName, name)}`;
  const testReports: Permission[] = [
    {
      // The first although the group is there: CodeBuild asks for it by its name, which may or may not count as making it.
      actions: [
        'codebuild:CreateReportGroup',
        'codebuild:CreateReport',
        'codebuild:UpdateReport',
        'codebuild:BatchPutTestCases',
      ],
      resources: [reports],
    },
    {
      actions: ['s3:PutObject'],
      resources: [`${artifactBucketArn}/${reportPrefix(name)}/*`],
      because: 'Raw reports are new objects under one prefix, named after builds',
    },
  ];
  return [
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] },
    ...readArtifacts(artifactBucketArn),
    // Without it a cache that is not there yet looks like one that is forbidden. (A request for one object names no prefix.)
    { actions: ['s3:ListBucket'], resources: [artifactBucketArn] },
    ...(kind === 'build'
      ? writeArtifacts(artifactBucketArn)
      : [
          {
            actions: ['s3:PutObject'],
            resources: [`${artifactBucketArn}/${cache}/*`],
            because: 'CodeBuild makes up the keys of caches, under a prefix of this one project',
          },
          ...testReports,
        ]),
    // Not only through S3: CodeBuild encrypts what a project puts out with its key, and does not say through which service.
    { actions: [...KEY_USE, 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], resources: [keyArn] },
  ];
}
