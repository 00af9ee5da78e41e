import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
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
  type SiteNames,
} from './delivery-names';
import { permitted, type Permitted, type RoleNames } from './delivery-roles';
import { buildStages, type DeliverySettings } from './delivery-settings';
import { DEPLOY_ROLE, planPipeline, type PlannedStage } from './pipeline-plan';

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
  /** Where failures and waiting approvals are told, and what encrypts it. */
  readonly notices: { readonly topic: ITopic; readonly key: IKey };
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
    const key = new StackKey(this, 'Key', { purpose: 'Code and artifacts', removalPolicy });
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
    const { topic } = props.notices;
    if (targetAccount !== undefined) admitTarget({ environmentName, targetAccount, artifacts, encryptionKey: key });

    const known: DeliveryNames = {
      environmentName,
      partition: this.partition,
      region: this.region,
      account: this.account,
      repositoryName: name,
      repositoryArn: repository.repositoryArn,
      artifactBucketArn: artifacts.bucketArn,
      keyArn: key.keyArn,
      topicArn: topic.topicArn,
      topicKeyArn: props.notices.key.keyArn,
    };
    const names: RoleNames = {
      ...known,
      // What comes later: the permissions of a role are asked for when it is made.
      get pipelineArn() {
        return pipeline.pipelineArn;
      },
      get site() {
        return siteNames(known, props.siteRoles);
      },
      get runbookName() {
        return child('ApprovalRule', ApprovalRule).runbookName;
      },
      roleArn: (role) => actions.arnOf(role),
      logGroupArn: (stage) => child(stageId(stage), BuildStage).logGroupArn,
    };
    const child = <T>(id: string, type: new (...args: never[]) => T): T => {
      const found: unknown = this.node.findChild(id);
      if (found instanceof type) return found;
      throw new Error(`${id} is not what its name says`);
    };
    const everybody = permitted(delivery, site, names);
    const one = (wanted: string): Permitted => {
      const found = everybody.find((candidate) => candidate.name === wanted);
      if (found === undefined) throw new Error(`delivery-roles.ts has no ${wanted}`);
      return found;
    };

    const approvalRule = delivery.repository.protectMain
      ? new ApprovalRule(this, 'ApprovalRule', {
          permitted: one('ApprovalRule'),
          names,
          approvals: delivery.repository.approvals,
        })
      : undefined;
    const { policy: contributors } = new ContributorPolicy(this, 'Contributors', {
      repositoryName: name,
      permitted: one('Contributors'),
      groups: delivery.repository.contributors.groups,
    });
    const runner = new PipelineRole(this, 'Runner', {
      permitted: one('Pipeline'),
      roleName: targetAccount && pipelineRoleName(environmentName),
    });
    const actions = new ActionRoles(this, 'Actions', { pipelineRole: runner.role });
    const stages = planPipeline(delivery, site, names);
    for (const role of rolesOf(stages)) {
      if (role === DEPLOY_ROLE && targetAccount !== undefined) {
        actions.use(role, `arn:${this.partition}:iam::${targetAccount}:role/${deployRoleName(environmentName)}`);
      } else {
        actions.add(one(role));
      }
    }
    for (const settings of buildStages(delivery)) {
      new BuildStage(this, stageId(settings.name), {
        environmentName,
        settings,
        permitted: one(settings.name),
        phpVersion: site.phpVersion,
        artifacts,
        encryptionKey: key,
        logRetentionDays: delivery.logs.retentionDays,
        removalPolicy,
        // A test looks at the bundle, whose folder CodeBuild names after it.
        bundle: stages.find((stage) => stage.name === settings.name)?.inputs[1],
      });
    }

    const pipeline = new DeliveryPipeline(this, 'Pipeline', {
      stages,
      role: runner.role,
      roleArn: names.roleArn,
      artifacts,
      encryptionKey: key,
      topic,
    });
    // It starts when it is made, and must then find everything that it names: not all of that is referred to.
    const named = this.node.children.filter((part) => part instanceof BuildStage);
    pipeline.node.addDependency(...named, artifacts, runner.permit());
    approvalRule?.runAfter(pipeline);
    new SourceTrigger(this, 'Trigger', {
      repository,
      pipelineArn: pipeline.pipelineArn,
      permitted: one('Trigger'),
    });

    new CfnOutput(this, 'CloneUrl', {
      description: 'With HTTPS Git credentials of an IAM user',
      value: repository.repositoryCloneUrlHttp,
    });
    new CfnOutput(this, 'PipelineName', { value: pipeline.pipelineName });
    new CfnOutput(this, 'ContributorPolicyArn', { value: contributors.managedPolicyArn });
  }
}

const stageId = (stage: string): string => `Stage${stage}`;

/** The roles of the plan, each once. */
function rolesOf(stages: readonly PlannedStage[]): Set<string> {
  return new Set(stages.flatMap(({ role }) => role ?? []));
}

function siteNames(names: DeliveryNames, roles: SiteRoles | undefined): SiteNames {
  if (roles === undefined) throw new Error('the site stands in this account, and its roles were not given');
  return { ...names, instanceRoleArn: roles.instanceRole.roleArn, serviceRoleArn: roles.serviceRole.roleArn };
}
