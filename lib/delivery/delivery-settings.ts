import { z } from 'zod';
import { iamNames } from '../foundation/iam-names';
import { retentionDaysSchema } from '../foundation/retention';
import { setting } from '../foundation/settings';

/** Source: "Quotas in AWS CodePipeline", CodePipeline User Guide. */
const MOST_STAGES = 50;
/** Minutes that a build may take, and wait. Source: `CreateProject`, CodeBuild API Reference. */
const LONGEST_BUILD_MINUTES = 2160;
const LONGEST_QUEUE_MINUTES = 480;
/** Minutes that an approval may wait. Source: `ActionDeclaration`, CodePipeline API Reference. */
const LONGEST_APPROVAL_MINUTES = 86_400;
/** More, and a small team merges nothing any more. CodeCommit itself states no limit. */
const MOST_APPROVALS = 5;
/** Less, and there is nothing left that a failed deployment could be rolled back to. */
const LEAST_ARTIFACT_DAYS = 30;
const MOST_ARTIFACT_DAYS = 3650;

/** Names of stages become names of artifacts and construct IDs. */
const name = setting(
  z.string().regex(/^[A-Z][A-Za-z0-9]{0,39}$/),
  'a name of letters and digits that starts with a capital (40 characters at most)',
  'Build',
);

const minutes = (least: number, most: number, example: number): z.ZodInt =>
  setting(z.int().min(least).max(most), `a whole number of minutes from ${least} to ${most}`, example);

/** What CodeBuild runs: a file of the repository, and how long and how often at once. */
const project = (buildspec: string) => ({
  name,
  /** The file in the repository that says what is run. */
  buildspec: setting(
    z.string().regex(/^(?!\/|.*\.\.)[\w./-]{1,100}\.ya?ml$/),
    'the path of a YAML file in the repository',
    buildspec,
  ).default(buildspec),
  timeoutMinutes: minutes(5, LONGEST_BUILD_MINUTES, 20).default(20),
  /** Minutes that a build may wait for its turn. */
  queueMinutes: minutes(5, LONGEST_QUEUE_MINUTES, 60).default(60),
  /** Builds of this stage at one time. */
  concurrentBuilds: setting(z.int().min(1).max(60), 'a whole number of builds from 1 to 60', 1).default(1),
});

export const stageSchema = z.discriminatedUnion('kind', [
  /** The repository's main branch. */
  z.strictObject({ kind: z.literal('source'), name }),
  /** Makes the bundle that later stages test and deploy. */
  z.strictObject({ kind: z.literal('build'), ...project('buildspec.build.yml') }),
  /** Tests the source, beside the bundle that was made of it. Its JUnit report goes to a report group. */
  z.strictObject({ kind: z.literal('test'), ...project('buildspec.test.yml') }),
  /** Waits for a person. */
  z.strictObject({
    kind: z.literal('approval'),
    name,
    /** What whoever approves should look at. The repository's commits in the console, unless given. */
    link: setting(
      z.string().regex(/^https:\/\/[^\s"<>]{4,200}$/),
      'an address that starts with https://',
      'https://staging.example.com',
    ).optional(),
    timeoutMinutes: minutes(5, LONGEST_APPROVAL_MINUTES, 10_080).default(10_080),
  }),
  /** Puts the bundle of the last build on the environment's site; rolled back if it fails. */
  z.strictObject({ kind: z.literal('deploy'), name }),
]);

export const deliverySchema = z.strictObject({
  repository: z.strictObject({
    /** Of the CodeCommit repository: `<environment>-web` unless given. */
    name: setting(
      z.string().regex(/^(?!.*\.git$)[\w.-]{1,100}$/),
      'a name of letters, digits, dots, hyphens and underscores (100 characters at most, not ending in .git)',
      'dev-web',
    ).optional(),
    /** Makes lib/web/app the first commit. Only a repository that is being created takes it. */
    seed: z.boolean().default(false),
    /** Changes come to main by an approved pull request only. */
    protectMain: z.boolean().default(true),
    /** How many people must approve a pull request to main. */
    approvals: setting(z.int().min(1).max(MOST_APPROVALS), `a whole number from 1 to ${MOST_APPROVALS}`, 2).default(1),
    /** Who may work with the repository. */
    contributors: z.strictObject({ groups: iamNames('developers') }).default({ groups: [] }),
  }),
  /** In the order in which a change passes them. */
  stages: setting(z.array(stageSchema).min(1).max(MOST_STAGES), `a list of 1 to ${MOST_STAGES} stages`, [
    { kind: 'source', name: 'Source' },
    { kind: 'build', name: 'Build' },
    { kind: 'deploy', name: 'Deploy' },
  ]),
  /** Days that artifacts and reports are kept. What is gone cannot be rolled back to. */
  artifactDays: setting(
    z.int().min(LEAST_ARTIFACT_DAYS).max(MOST_ARTIFACT_DAYS),
    `a whole number of days from ${LEAST_ARTIFACT_DAYS} to ${MOST_ARTIFACT_DAYS}`,
    180,
  ).default(180),
  /** How long the logs of builds are kept. */
  logs: z.strictObject({ retentionDays: retentionDaysSchema }),
  /**
   * The account that the site stands in, if it is another than the pipeline's. The environment's other stacks then go
   * there, and only Delivery stays in `account`.
   */
  targetAccount: setting(
    z.string().regex(/^\d{12}$/),
    'an account ID of 12 digits, in quotes',
    '210987654321',
  ).optional(),
});

export type DeliverySettings = z.output<typeof deliverySchema>;
export type Stage = DeliverySettings['stages'][number];
export type StageKind = Stage['kind'];
export type BuildStage = Extract<Stage, { kind: 'build' | 'test' }>;

/** The stages that CodeBuild runs. */
export function buildStages({ stages }: DeliverySettings): BuildStage[] {
  return stages.filter((stage) => stage.kind === 'build' || stage.kind === 'test');
}

/** Whether a stage waits for a person. */
export function asksPeople({ stages }: DeliverySettings): boolean {
  return stages.some(({ kind }) => kind === 'approval');
}
