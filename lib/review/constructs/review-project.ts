import { BuildSpec, ComputeType, LinuxBuildImage, Project, Source, type IProject } from 'aws-cdk-lib/aws-codebuild';
import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { BuildSpecification } from '../build-specs';
import { QUEUED_MINUTES } from '../review-workflow';
import type { BuildRole } from './build-role';

export interface ReviewProjectProps {
  readonly description: string;
  readonly repository: IRepository;
  readonly key: IKey;
  readonly identity: BuildRole;
  readonly buildSpec: BuildSpecification;
  readonly variables: Readonly<Record<string, string>>;
  /** Minutes until a build is stopped. */
  readonly timeoutMinutes: number;
}

/** More pull requests than this wait for each other. */
const MOST_BUILDS = 4;

/** Builds of one commit of the repository. What they run comes from here, not from a file of that commit. */
export class ReviewProject extends Construct {
  readonly project: IProject;

  constructor(scope: Construct, id: string, props: ReviewProjectProps) {
    super(scope, id);
    const variables = Object.entries(props.variables).map(([name, value]) => [name, { value }] as const);
    this.project = new Project(this, 'Project', {
      description: props.description,
      role: props.identity.roleAsItIs,
      source: Source.codeCommit({ repository: props.repository }),
      buildSpec: BuildSpec.fromObjectToYaml({ ...props.buildSpec }),
      environment: {
        buildImage: LinuxBuildImage.AMAZON_LINUX_2023_6,
        computeType: ComputeType.SMALL,
        privileged: false,
      },
      environmentVariables: Object.fromEntries(variables),
      timeout: Duration.minutes(props.timeoutMinutes),
      queuedTimeout: Duration.minutes(QUEUED_MINUTES),
      concurrentBuildLimit: MOST_BUILDS,
      grantReportGroupPermissions: false,
      encryptionKey: props.key,
      logging: { cloudWatch: { logGroup: props.identity.logGroup } },
    });
  }
}
