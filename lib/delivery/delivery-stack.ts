import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { PrivateBucket } from '../foundation/constructs/private-bucket';
import { StackKey } from '../foundation/constructs/stack-key';
import { ActionRoles } from './constructs/action-roles';
import { admitTarget } from './constructs/admit-target';
import { ApprovalRule } from './constructs/approval-rule';
import { BuildStage } from './constructs/build-stage';
import { ContributorPolicy } from './constructs/contributor-policy';
import { DeliveryNotifications } from './constructs/delivery-notifications';
import { DeliveryPipeline } from './constructs/delivery-pipeline';
import { PipelineRole } from './constructs/pipeline-role';
import { SourceRepository } from './constructs/source-repository';
import { SourceTrigger } from './constructs/source-trigger';
import {
  artifactBucketName,
  deployRoleName,
  pipelineRoleName,
  repositoryName,
  type DeliveryNames,
  type Site,
} from './delivery-names';
import { asksPeople, buildStages, type DeliverySettings } from './delivery-settings';
import { projectPermissions, startPermissions } from './permissions/build-permissions';
import { contributorPermissions } from './permissions/contributor-permissions';
import { deployPermissions } from './permissions/deploy-permissions';
import { pipelinePermissions, sourcePermissions, triggerPermissions } from './permissions/pipeline-permissions';
import { DEPLOY_ROLE, planPipeline, SOURCE_ROLE, startRole } from './pipeline-plan';

/** What a deployment passes on to the services that act for the site. */
export interface SiteRoles {
  readonly instanceRole: IRole;
  readonly serviceRole: IRole;
}

export interface DeliveryStackProps extends EnvironmentStackProps {
  readonly delivery: DeliverySettings;
  readonly site: Site;
  /** The roles of the site, where it stands in the account of the pipeline; see DeliveryTargetStack for where it does not. */
  readonly siteRoles: SiteRoles | undefined;
  /** The folder that a repository may be seeded with. */
  readonly application: string;
}

/** From a push to the site: repository, build, test, approval, deployment. */
export class DeliveryStack extends EnvironmentStack {
  constructor(scope: Construct, props: DeliveryStackProps) {
    const { delivery, environmentName, site } = props;
    super(scope, 'Delivery', props, `Delivery of ${environmentName}: from a push to ${site.beanstalkEnvironmentName}`);
    const { targetAccount } = delivery;
    const name = repositoryName(environmentName, delivery.repository.name);
    const removalPolicy = this.dataRemovalPolicy;
    const key = new StackKey(this, 'Key', { purpose: 'Code, artifacts and notifications', removalPolicy });
    const { bucket: artifacts } = new PrivateBucket(this, 'Artifacts', {
      encryptionKey: key,
      bucketName: targetAccount && artifactBucketName(environmentName, this.account, this.region),
      expirationDays: delivery.artifactDays,
      removalPolicy,
    });
    const { repository } = new SourceRepository(this, 'Source', {
      repositoryName: name,
      encryptionKey: key,
      seed: delivery.repository.seed ? props.application : undefined,
      removalPolicy,
    });
    const notifications = new DeliveryNotifications(this, 'Notifications', {
      encryptionKey: key,
      emails: delivery.notifications.emails,
    });
    const { topic } = notifications;
    if (targetAccount !== undefined) admitTarget({ environmentName, targetAccount, artifacts, encryptionKey: key });

    const names: DeliveryNames = {
      environmentName,
      partition: this.partition,
      region: this.region,
      account: this.account,
      repositoryName: name,
      repositoryArn: repository.repositoryArn,
      artifactBucketArn: artifacts.bucketArn,
      keyArn: key.keyArn,
      topicArn: topic.topicArn,
    };
    if (delivery.repository.protectMain) new ApprovalRule(this, 'ApprovalRule', { names });
    const { policy: contributors } = new ContributorPolicy(this, 'Contributors', {
      repositoryName: name,
      statements: contributorPermissions(names, delivery.repository.protectMain),
      groups: delivery.repository.contributors.groups,
    });

    const pipelineRole = new PipelineRole(this, 'Runner', {
      environmentName,
      roleName: targetAccount && pipelineRoleName(environmentName),
    });
    const stages = planPipeline(delivery, site, names);
    const roles = new ActionRoles(this, 'Actions', { pipelineRole: pipelineRole.role });
    roles.add(SOURCE_ROLE, `Fetches commits of ${name}`, sourcePermissions(names));
    for (const settings of buildStages(delivery)) {
      roles.add(startRole(settings.name), `Starts ${settings.name}`, startPermissions(names, settings));
      new BuildStage(this, `Stage${settings.name}`, {
        environmentName,
        settings,
        phpVersion: site.phpVersion,
        artifacts,
        encryptionKey: key,
        logRetentionDays: delivery.logs.retentionDays,
        removalPolicy,
        // A test looks at the bundle, whose folder CodeBuild names after it.
        bundle: stages.find((stage) => stage.name === settings.name)?.inputs[1],
        permissions: (logGroupArn) => projectPermissions(names, settings, logGroupArn),
      });
    }
    this.addDeployRole(roles, names, props);

    const pipeline = new DeliveryPipeline(this, 'Pipeline', {
      stages,
      role: pipelineRole.role,
      roleArn: (name) => roles.arnOf(name),
      artifacts,
      encryptionKey: key,
      topic,
    });
    // It starts when it is made, and must then find everything that it names: not all of that is referred to.
    const named = this.node.children.filter((child) => child instanceof BuildStage || child === notifications);
    pipeline.node.addDependency(
      ...named,
      artifacts,
      pipelineRole.permit(pipelinePermissions(names, roles.all, asksPeople(delivery))),
    );
    new SourceTrigger(this, 'Trigger', {
      repository,
      pipelineArn: pipeline.pipelineArn,
      statements: triggerPermissions(pipeline.pipelineArn),
    });

    new CfnOutput(this, 'CloneUrl', {
      description: 'With HTTPS Git credentials of an IAM user',
      value: repository.repositoryCloneUrlHttp,
    });
    new CfnOutput(this, 'PipelineName', { value: pipeline.pipelineName });
    new CfnOutput(this, 'TopicArn', { description: 'Tells of failures and waiting approvals', value: topic.topicArn });
    new CfnOutput(this, 'ContributorPolicyArn', { value: contributors.managedPolicyArn });
  }

  private addDeployRole(roles: ActionRoles, names: DeliveryNames, props: DeliveryStackProps): void {
    const { delivery, environmentName, site, siteRoles } = props;
    if (delivery.targetAccount !== undefined) {
      roles.use(
        DEPLOY_ROLE,
        `arn:${this.partition}:iam::${delivery.targetAccount}:role/${deployRoleName(environmentName)}`,
      );
      return;
    }
    if (siteRoles === undefined) throw new Error('the site stands in this account, and its roles were not given');
    const statements = deployPermissions(site, {
      ...names,
      instanceRoleArn: siteRoles.instanceRole.roleArn,
      serviceRoleArn: siteRoles.serviceRole.roleArn,
    });
    roles.add(DEPLOY_ROLE, `Deploys to ${site.beanstalkEnvironmentName}`, statements);
  }
}
