import { projectName, type DeliveryNames, type Site } from './delivery-names';
import type { DeliverySettings, Stage, StageKind } from './delivery-settings';
import { MAIN } from './delivery-names';

/** One stage has one action, which does its work under a role of its own. */
export interface PlannedStage {
  readonly name: string;
  readonly kind: StageKind;
  readonly category: 'Source' | 'Build' | 'Test' | 'Approval' | 'Deploy';
  readonly provider: 'CodeCommit' | 'CodeBuild' | 'Manual' | 'ElasticBeanstalk';
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  /** Variables that later actions can name, as `#{Source.CommitId}`. */
  readonly namespace?: string;
  /** The role of the action; none for an approval, which the pipeline itself asks for. */
  readonly role?: string;
  /** Minutes until it fails by itself; the action's own limit if there is none. */
  readonly timeoutMinutes?: number;
  /** Goes back to what succeeded last. */
  readonly rollsBack: boolean;
}

/** What a plan names beyond its settings. */
export type PlanNames = Pick<DeliveryNames, 'environmentName' | 'region' | 'topicArn' | 'repositoryName'>;

/**
 * The stages as CodePipeline takes them: what goes in, what comes out, what they are told. Whoever shows the pipeline and
 * whoever makes it start from here.
 *
 * @param settings as validation has accepted them
 */
export function planPipeline(settings: DeliverySettings, site: Site, names: PlanNames): PlannedStage[] {
  let source = '';
  let bundle = '';
  return settings.stages.map((stage): PlannedStage => {
    const shared = { name: stage.name, kind: stage.kind, rollsBack: false, outputs: [] };
    switch (stage.kind) {
      case 'source':
        source = outputOf(stage);
        return {
          ...shared,
          category: 'Source',
          provider: 'CodeCommit',
          inputs: [],
          outputs: [source],
          configuration: {
            RepositoryName: names.repositoryName,
            BranchName: MAIN,
            // An event starts it.
            PollForSourceChanges: 'false',
          },
          namespace: SOURCE_VARIABLES,
          role: SOURCE_ROLE,
        };
      case 'build': {
        bundle = outputOf(stage);
        return {
          ...shared,
          category: 'Build',
          provider: 'CodeBuild',
          inputs: [source],
          outputs: [bundle],
          configuration: { ProjectName: projectName(names.environmentName, stage.name) },
          role: startRole(stage.name),
        };
      }
      case 'test':
        return {
          ...shared,
          category: 'Test',
          provider: 'CodeBuild',
          // The bundle beside the source: tests are no part of it, and are of use only for what is deployed.
          inputs: [source, bundle],
          configuration: { ProjectName: projectName(names.environmentName, stage.name), PrimarySource: source },
          role: startRole(stage.name),
        };
      case 'approval':
        return {
          ...shared,
          category: 'Approval',
          provider: 'Manual',
          inputs: [],
          configuration: {
            NotificationArn: names.topicArn,
            // Not its message, which has no limit where this has one; the link shows it.
            CustomData: `Deploy to ${site.beanstalkEnvironmentName}? Commit #{${SOURCE_VARIABLES}.CommitId}`,
            ExternalEntityLink: stage.link ?? commitsLink(names.region, names.repositoryName),
          },
          timeoutMinutes: stage.timeoutMinutes,
        };
      case 'deploy':
        return {
          ...shared,
          category: 'Deploy',
          provider: 'ElasticBeanstalk',
          inputs: [bundle],
          configuration: {
            ApplicationName: site.applicationName,
            EnvironmentName: site.beanstalkEnvironmentName,
          },
          role: DEPLOY_ROLE,
          rollsBack: true,
        };
    }
  });
}

export const SOURCE_ROLE = 'Source';
export const DEPLOY_ROLE = 'Deploy';
/** The role that starts builds of a stage. */
export const startRole = (stage: string): string => `${stage}Start`;

const SOURCE_VARIABLES = 'Source';

function outputOf({ name }: Stage): string {
  return `${name}Output`;
}

/** Where the console shows what has been committed. */
function commitsLink(region: string, repository: string): string {
  const host = region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : `${region}.console.aws.amazon.com`;
  return `https://${host}/codesuite/codecommit/repositories/${repository}/commits?region=${region}`;
}
