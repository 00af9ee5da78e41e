import type { DeliveryNames, Site, SiteNames } from './delivery-names';
import { asksPeople, buildStages, type DeliverySettings } from './delivery-settings';
import { approvalRulePermissions } from './permissions/approval-rule-permissions';
import { projectPermissions, startPermissions } from './permissions/build-permissions';
import { contributorPermissions } from './permissions/contributor-permissions';
import { deployPermissions } from './permissions/deploy-permissions';
import { pipelinePermissions, sourcePermissions, triggerPermissions } from './permissions/pipeline-permissions';
import { DEPLOY_ROLE, SOURCE_ROLE, startRole } from './pipeline-plan';
import type { Statement } from './statement';

/** Somebody who may do something: a role, or the people with a policy. */
export interface Permitted {
  readonly name: string;
  readonly duty: string;
  /** Who acts as this; people who have the policy attached, if nobody does. */
  readonly assumedBy: string;
  readonly statements: readonly Statement[];
}

/** What is known only once there is a template, or in words. */
export interface RoleNames extends DeliveryNames {
  readonly pipelineArn: string;
  /** Of the approval rule. */
  readonly runbookName: string;
  readonly site: SiteNames;
  readonly roleArn: (role: string) => string;
  readonly logGroupArn: (stage: string) => string;
}

/** The roles that the pipeline's actions act under, each once. */
function actionRoles(settings: DeliverySettings): string[] {
  return [SOURCE_ROLE, ...buildStages(settings).map(({ name }) => startRole(name)), DEPLOY_ROLE];
}

/** Everybody who may do something in the delivery of an environment, and what: from the same functions as the policies. */
export function permitted(settings: DeliverySettings, site: Site, names: RoleNames): Permitted[] {
  const { repository } = settings;
  const pipeline = 'the pipeline';
  return [
    {
      name: 'Pipeline',
      duty: 'runs the stages',
      assumedBy: 'codepipeline.amazonaws.com',
      statements: pipelinePermissions(names, actionRoles(settings).map(names.roleArn), asksPeople(settings)),
    },
    {
      name: 'Trigger',
      duty: 'starts the pipeline when main has changed',
      assumedBy: 'events.amazonaws.com',
      statements: triggerPermissions(names.pipelineArn),
    },
    {
      name: SOURCE_ROLE,
      duty: 'fetches the commit',
      assumedBy: pipeline,
      statements: sourcePermissions(names),
    },
    ...buildStages(settings).flatMap((stage) => [
      {
        name: startRole(stage.name),
        duty: `starts ${stage.name}`,
        assumedBy: pipeline,
        statements: startPermissions(names, stage),
      },
      {
        name: stage.name,
        duty: `runs ${stage.buildspec}`,
        assumedBy: 'codebuild.amazonaws.com',
        statements: projectPermissions(names, stage, names.logGroupArn(stage.name)),
      },
    ]),
    {
      name: DEPLOY_ROLE,
      duty: `deploys to ${site.beanstalkEnvironmentName}`,
      assumedBy: pipeline,
      statements: deployPermissions(site, names.site),
    },
    ...(repository.protectMain
      ? [
          {
            name: 'ApprovalRule',
            duty: 'keeps the rule that pull requests to main need an approval',
            assumedBy: 'ssm.amazonaws.com',
            statements: approvalRulePermissions(names, names.runbookName),
          },
        ]
      : []),
    {
      name: 'Contributors',
      duty: 'push, review and merge',
      assumedBy: repository.contributors.groups.length === 0 ? 'nobody yet' : repository.contributors.groups.join(', '),
      statements: contributorPermissions(names, repository.protectMain),
    },
  ];
}
