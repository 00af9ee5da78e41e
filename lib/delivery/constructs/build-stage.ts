import {
  BuildSpec,
  Cache,
  CfnReportGroup,
  ComputeType,
  LinuxBuildImage,
  PipelineProject,
  type IBuildImage,
} from 'aws-cdk-lib/aws-codebuild';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack, Validations, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { buildImage, type BuildImage } from '../build-images';
import { projectName, reportGroupName } from '../delivery-names';
import type { Permitted } from '../delivery-roles';
import type { BuildStage as Settings } from '../delivery-settings';
import { cachePrefix, reportPrefix } from '../permissions/build-permissions';
import { WrittenRole } from './written-role';

export interface BuildStageProps {
  readonly environmentName: string;
  readonly settings: Settings;
  readonly phpVersion: string;
  readonly artifacts: IBucket;
  readonly encryptionKey: IKey;
  /** The artifact that holds the bundle, where the stage gets one beside the source. */
  readonly bundle?: string | undefined;
  readonly logRetentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  /** What the build may do; its permissions name the log group of this stage. */
  readonly permitted: Permitted;
}

/** A project of CodeBuild that runs a buildspec of the repository: its log, its cache, its report, its role. */
export class BuildStage extends Construct {
  readonly logGroupArn: string;

  constructor(scope: Construct, id: string, props: BuildStageProps) {
    super(scope, id);
    const { environmentName, settings, encryptionKey, artifacts, removalPolicy } = props;
    const image = buildImage(props.phpVersion);
    const logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.logRetentionDays,
      removalPolicy,
    });
    this.logGroupArn = logGroup.logGroupArn;
    const { account, region } = Stack.of(this);
    const { role } = new WrittenRole(this, 'Build', {
      permitted: props.permitted,
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com', {
        // Source: "Cross-service confused deputy prevention", CodeBuild User Guide.
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: {
            'aws:SourceArn': `arn:${Stack.of(this).partition}:codebuild:${region}:${account}:project/${projectName(environmentName, settings.name)}`,
          },
        },
      }),
    });
    const project = new PipelineProject(this, 'Project', {
      projectName: projectName(environmentName, settings.name),
      description: `${settings.buildspec} of ${environmentName}, PHP ${props.phpVersion}`,
      role,
      buildSpec: BuildSpec.fromSourceFilename(settings.buildspec),
      environment: { buildImage: asBuildImage(image), computeType: ComputeType.SMALL, privileged: false },
      environmentVariables: Object.fromEntries(
        Object.entries({
          PHP_PLATFORM: props.phpVersion,
          ...image.variables,
          ...(props.bundle === undefined ? {} : { BUNDLE_ARTIFACT: props.bundle }),
        }).map(([name, value]) => [name, { value }]),
      ),
      encryptionKey,
      cache: Cache.bucket(artifacts, { prefix: cachePrefix(settings.name) }),
      logging: { cloudWatch: { logGroup } },
      timeout: Duration.minutes(settings.timeoutMinutes),
      queuedTimeout: Duration.minutes(settings.queueMinutes),
      concurrentBuildLimit: settings.concurrentBuilds,
      grantReportGroupPermissions: false,
    });
    if (!image.curated) {
      Validations.of(project).acknowledge({
        id: 'AwsSolutions-CB5',
        reason: `No image that CodeBuild maintains has PHP ${props.phpVersion}; it is the official image of PHP, unchanged and unprivileged`,
      });
    }
    if (settings.kind === 'test') this.addReports(props);
  }

  /** Where a buildspec's `reports: tests:` goes. The CDK's own construct gives the raw reports no key of ours. */
  private addReports({ environmentName, settings, artifacts, encryptionKey }: BuildStageProps): void {
    new CfnReportGroup(this, 'Reports', {
      name: reportGroupName(environmentName, settings.name),
      type: 'TEST',
      deleteReports: true,
      exportConfig: {
        exportConfigType: 'S3',
        s3Destination: {
          bucket: artifacts.bucketName,
          path: reportPrefix(settings.name),
          packaging: 'ZIP',
          encryptionKey: encryptionKey.keyArn,
          encryptionDisabled: false,
        },
      },
    });
  }
}

function asBuildImage({ image, curated }: BuildImage): IBuildImage {
  return curated ? LinuxBuildImage.fromCodeBuildImageId(image) : LinuxBuildImage.fromDockerRegistry(image);
}
