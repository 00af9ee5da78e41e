import { MAIN, type DeliveryNames, type Site, type SiteNames } from './delivery-names';
import { asksPeople, buildStages, type DeliverySettings } from './delivery-settings';
import type { Permission } from './permission';
import { approvalRulePermissions } from './permissions/approval-rule-permissions';
import { projectPermissions, startPermissions } from './permissions/build-permissions';
import { contributorPermissions } from './permissions/contributor-permissions';
import { deployPermissions } from './permissions/deploy-permissions';
import { pipelinePermissions, sourcePermissions, triggerPermissions } from './permissions/pipeline-permissions';
import { DEPLOY_ROLE, SOURCE_ROLE, startRole } from './pipeline-plan';

/** Somebody who may do something: a role, or the people with a policy. */
export interface Permitted {
  readonly name: string;
  readonly duty: string;
  /** Who acts as this; people who have the policy attached, if nobody does. */
  readonly assumedBy: string;
  /** Asked for only when the names in them are known. */
  readonly permissions: readonly Permission[];
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

/** Who the actions' roles trust. */
export const THE_PIPELINE = 'the pipeline';

/**
 * Everybody who may do something in the delivery of an environment, and what: the one list that the stack makes roles and policies
 * of, and that is printed.
 */
export function permitted(settings: DeliverySettings, site: Site, names: RoleNames): Permitted[] {
  const { environmentName } = names;
  const { protectMain, approvals, contributors } = settings.repository;
  const stages = [
    role(SOURCE_ROLE, THE_PIPELINE, `fetches commits of ${names.repositoryName}`, () => sourcePermissions(names)),
    ...buildStages(settings).flatMap((stage) => [
      role(startRole(stage.name), THE_PIPELINE, `starts ${stage.name}`, () => startPermissions(names, stage)),
      role(stage.name, 'codebuild.amazonaws.com', `runs ${stage.buildspec} for ${environmentName}`, () =>
        projectPermissions(names, stage, names.logGroupArn(stage.name)),
      ),
    ]),
    deployRole(site, () => names.site),
  ];
  const actions = stages.filter(({ assumedBy }) => assumedBy === THE_PIPELINE);
  const rule = `keeps the rule that pull requests to ${MAIN} need ${describeApprovals(approvals)}`;
  const groups = contributors.groups.join(', ') || 'nobody yet';
  return [
    role('Pipeline', 'codepipeline.amazonaws.com', `runs the pipeline of ${environmentName}`, () =>
      pipelinePermissions(
        names,
        actions.map(({ name }) => names.roleArn(name)),
        asksPeople(settings),
      ),
    ),
    role('Trigger', 'events.amazonaws.com', `starts the pipeline when ${MAIN} has changed`, () =>
      triggerPermissions(names.pipelineArn),
    ),
    ...stages,
    ...(protectMain
      ? [role('ApprovalRule', 'ssm.amazonaws.com', rule, () => approvalRulePermissions(names, names.runbookName))]
      : []),
    role('Contributors', groups, 'push, review and merge', () => contributorPermissions(names, protectMain)),
  ];
}

/** The role that deploys, in the account of the site. */
export function deployRole(site: Site, names: () => SiteNames): Permitted {
  return role(DEPLOY_ROLE, THE_PIPELINE, `deploys to ${site.beanstalkEnvironmentName}`, () =>
    deployPermissions(site, names()),
  );
}

function role(name: string, assumedBy: string, duty: string, permissions: () => readonly Permission[]): Permitted {
  return {
    name,
    duty,
    assumedBy,
    get permissions() {
      return permissions();
    },
  };
}

function describeApprovals(approvals: number): string {
  return approvals === 1 ? 'an approval' : `${approvals} approvals`;
}
