import { artifactBucketName, deployRoleName, type DeliveryNames } from './delivery-names';
import { DEPLOY_ROLE } from './pipeline-plan';
import type { RoleNames } from './delivery-roles';

export interface ReadableInput {
  readonly environmentName: string;
  readonly region: string;
  readonly account: string | undefined;
  readonly targetAccount: string | undefined;
  readonly repositoryName: string;
}

/** Names in words, where a deployment has generated ones. */
export function readableNames(input: ReadableInput): RoleNames {
  const { environmentName, region, targetAccount } = input;
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const account = input.account ?? 'ACCOUNT';
  const siteAccount = targetAccount ?? account;
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const role = (name: string, of = account): string => `arn:${partition}:iam::${of}:role/${name}`;
  const bucket = targetAccount === undefined ? 'ARTIFACTS' : artifactBucketName(environmentName, account, region);
  const shared: Pick<DeliveryNames, 'partition' | 'region' | 'artifactBucketArn' | 'keyArn'> = {
    partition,
    region,
    artifactBucketArn: `arn:${partition}:s3:::${bucket}`,
    keyArn: arn('kms', 'key/KEY'),
  };
  return {
    ...shared,
    environmentName,
    account,
    repositoryName: input.repositoryName,
    repositoryArn: arn('codecommit', input.repositoryName),
    topicArn: arn('sns', 'TOPIC'),
    topicKeyArn: arn('kms', 'key/TOPIC_KEY'),
    pipelineArn: arn('codepipeline', 'PIPELINE'),
    runbookName: 'RUNBOOK',
    site: {
      ...shared,
      keyArn: arn('kms', targetAccount === undefined ? 'key/KEY' : 'key/*'),
      account: siteAccount,
      instanceRoleArn: role('WEB_INSTANCE_ROLE', siteAccount),
      serviceRoleArn: role('WEB_SERVICE_ROLE', siteAccount),
    },
    roleArn: (name) =>
      targetAccount !== undefined && name === DEPLOY_ROLE
        ? role(deployRoleName(environmentName), targetAccount)
        : role(`${name.toUpperCase()}_ROLE`),
    logGroupArn: (stage) => arn('logs', `log-group:${stage.toUpperCase()}_LOG:*`),
  };
}
