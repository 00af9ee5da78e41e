/** Where the pipeline deploys to. All of it is known at synthesis. */
export interface Site {
  readonly applicationName: string;
  readonly beanstalkEnvironmentName: string;
  /** `8.5` */
  readonly phpVersion: string;
}

/** What permissions and actions name: tokens in a template, words in an explanation. */
export interface DeliveryNames {
  readonly environmentName: string;
  readonly partition: string;
  readonly region: string;
  /** Of the pipeline. */
  readonly account: string;
  readonly repositoryName: string;
  readonly repositoryArn: string;
  readonly artifactBucketArn: string;
  readonly keyArn: string;
  readonly topicArn: string;
  /** Of the key that the topic is encrypted with. */
  readonly topicKeyArn: string;
}

/** The account that the site stands in, and the roles that a deployment passes on there. */
export interface SiteNames {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly instanceRoleArn: string;
  readonly serviceRoleArn: string;
  readonly artifactBucketArn: string;
  readonly keyArn: string;
}

/** Names that another account's policies must know beforehand; used only where the site stands in another account. */
export const pipelineRoleName = (environmentName: string): string => `${environmentName}-delivery-pipeline`;
export const deployRoleName = (environmentName: string): string => `${environmentName}-delivery-deploy`;
/** At most 57 of S3's 63 characters: 20 for the environment, 12 for the account, 14 for the region. */
export const artifactBucketName = (environmentName: string, account: string, region: string): string =>
  `${environmentName}-delivery-${account}-${region}`;

/** CodeBuild names a report group after its project, so the project's own name must be known, too. */
export const projectName = (environmentName: string, stage: string): string => `${environmentName}-delivery-${stage}`;
/** A buildspec's `reports: tests:` writes to the group of this name. */
export const reportGroupName = (environmentName: string, stage: string): string =>
  `${projectName(environmentName, stage)}-tests`;

/** The repository of an environment, by the name that its settings give, if they give one. */
export const repositoryName = (environmentName: string, given: string | undefined): string =>
  given ?? `${environmentName}-web`;

/** The branch that is delivered. */
export const MAIN = 'main';
