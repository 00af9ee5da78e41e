import { Match, type Template } from 'aws-cdk-lib/assertions';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { formatProblem, ProblemsError } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';
import { validateEnvironments } from '../../lib/environments/validate';
import { reviewSchema } from '../../lib/review/review-settings';
import { ACCOUNT, decide, keyPolicyOf, policiesOf, REGION, type Arns } from '../support/iam';
import { jsonOf, resourcesOfType, synthesize, templateOf, type TemplateJson } from '../support/synthesize';

const BASE: EnvironmentInput = {
  name: 'test',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a'],
  network: {
    cidr: '10.9.0.0/16',
    tiers: [{ name: 'data', prefixLength: 24 }],
    nat: 'none',
    flowLogs: { retentionDays: 30 },
  },
  review: {
    repository: 'infrastructure',
    branches: ['main', 'release/1'],
    failOn: 'broadening',
    logs: { retentionDays: 90 },
    timeoutMinutes: 15,
  },
};

const arnOf = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const REPOSITORY = arnOf('codecommit', 'infrastructure');
const OTHER_REPOSITORY = arnOf('codecommit', 'infrastructure-2');
const BUCKET = 'arn:aws:s3:::test-review-artifacts';
const KEY = arnOf('kms', 'key/0f1e2d3c');
const LOGS = {
  synthesize: arnOf('logs', 'log-group:test-Review-Synthesize-1'),
  report: arnOf('logs', 'log-group:test-Review-Report-1'),
};
const PROJECTS = { synthesize: arnOf('codebuild', 'project/synthesize'), report: arnOf('codebuild', 'project/report') };
const MACHINE = arnOf('states', 'stateMachine:test');
const REVIEWER = `arn:aws:iam::${ACCOUNT}:role/test-Review-Reviewer`;
const ARNS: Arns = {
  ArtifactsBucket: BUCKET,
  Key: KEY,
  SynthesizeIdentityLog: `${LOGS.synthesize}:*`,
  ReportIdentityLog: `${LOGS.report}:*`,
  SynthesizeBuildProject: PROJECTS.synthesize,
  ReportBuildProject: PROJECTS.report,
  ReportReviewerRole: REVIEWER,
  WorkflowStateMachine: MACHINE,
};

const OBJECT = `${BUCKET}/assemblies/run/head.json.gz`;
const NEW = { 's3:if-none-match': '*' };
const VIA_S3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };

let template: Template;
let json: TemplateJson;

beforeAll(() => {
  const { review } = synthesize(BASE);
  if (review === undefined) throw new Error('no Review stack');
  template = templateOf(review);
  json = jsonOf(review);
});

type Row = readonly [action: string, resource: string, context: Record<string, string>, allowed: boolean];

/** What nobody in this stack may do, whatever else they may. */
const NOBODY: readonly Row[] = [
  ['codecommit:GitPush', REPOSITORY, {}, false],
  ['codecommit:MergePullRequestByFastForward', REPOSITORY, {}, false],
  ['codecommit:MergePullRequestBySquash', REPOSITORY, {}, false],
  ['codecommit:CreateCommit', REPOSITORY, {}, false],
  ['codecommit:DeleteBranch', REPOSITORY, {}, false],
  ['codecommit:OverridePullRequestApprovalRules', REPOSITORY, {}, false],
  ['codecommit:DeletePullRequestApprovalRule', REPOSITORY, {}, false],
  ['codecommit:DisassociateApprovalRuleTemplateFromRepository', REPOSITORY, {}, false],
  ['codecommit:GitPull', OTHER_REPOSITORY, {}, false],
  ['codecommit:UpdatePullRequestApprovalState', OTHER_REPOSITORY, {}, false],
  ['codecommit:PostCommentForPullRequest', OTHER_REPOSITORY, {}, false],
  ['s3:DeleteObject', OBJECT, {}, false],
  ['s3:ListBucket', BUCKET, {}, false],
  ['kms:Decrypt', KEY, {}, false],
  ['kms:GenerateDataKey', KEY, {}, false],
  ['codebuild:UpdateProject', PROJECTS.report, {}, false],
  ['iam:PassRole', REVIEWER, {}, false],
  ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/Admin`, {}, false],
];

function simulate(role: string, rows: readonly Row[]): void {
  test.each([...rows, ...NOBODY])('%s on %s with %j: %p', async (action, resource, context, allowed) => {
    const decision = await decide(policiesOf(json, role, ARNS), { action, resource, context }, keyPolicyOf(json, ARNS));
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });
}

describe('Synthesize, which runs the code of the pull request', () => {
  simulate('SynthesizeIdentityRole', [
    ['codecommit:GitPull', REPOSITORY, {}, true],
    ['s3:PutObject', OBJECT, NEW, true],
    // It could replace what another build made.
    ['s3:PutObject', OBJECT, {}, false],
    ['s3:PutObject', `${BUCKET}/other/head.json.gz`, NEW, false],
    ['s3:PutObject', 'arn:aws:s3:::another-bucket/assemblies/x', NEW, false],
    ['s3:GetObject', OBJECT, {}, false],
    ['kms:GenerateDataKey', KEY, VIA_S3, true],
    ['kms:Decrypt', KEY, VIA_S3, false],
    ['logs:PutLogEvents', `${LOGS.synthesize}:log-stream:x`, {}, true],
    ['logs:PutLogEvents', `${LOGS.report}:log-stream:x`, {}, false],
    ['codecommit:GetPullRequest', REPOSITORY, {}, false],
    ['codecommit:PostCommentForPullRequest', REPOSITORY, {}, false],
    ['codecommit:PostCommentReply', REPOSITORY, {}, false],
    ['codecommit:UpdateComment', REPOSITORY, {}, false],
    ['codecommit:UpdatePullRequestApprovalState', REPOSITORY, {}, false],
    ['sts:AssumeRole', REVIEWER, {}, false],
    ['codebuild:StartBuild', PROJECTS.report, {}, false],
    ['states:StartExecution', MACHINE, {}, false],
    ['events:PutEvents', arnOf('events', 'event-bus/default'), {}, false],
    ['ssm:GetParameter', arnOf('ssm', 'parameter/prod/secret'), {}, false],
  ]);
});

describe('Report, which runs the code of the destination', () => {
  simulate('ReportIdentityRole', [
    ['codecommit:GitPull', REPOSITORY, {}, true],
    ['s3:GetObject', OBJECT, {}, true],
    ['s3:GetObject', `${BUCKET}/other/x`, {}, false],
    ['s3:PutObject', OBJECT, NEW, false],
    ['kms:Decrypt', KEY, VIA_S3, true],
    ['kms:GenerateDataKey', KEY, VIA_S3, false],
    ['logs:PutLogEvents', `${LOGS.report}:log-stream:x`, {}, true],
    ['logs:PutLogEvents', `${LOGS.synthesize}:log-stream:x`, {}, false],
    // Only as the reviewer.
    ['codecommit:PostCommentForPullRequest', REPOSITORY, {}, false],
    ['codecommit:UpdatePullRequestApprovalState', REPOSITORY, {}, false],
  ]);

  test('may become the reviewer', async () => {
    const policies = policiesOf(json, 'ReportReviewerAssume', ARNS);
    expect(await decide(policies, { action: 'sts:AssumeRole', resource: REVIEWER })).toBe('Allowed');
    const admin = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/Admin` };
    expect(await decide(policies, admin)).toBe('ImplicitlyDenied');
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^ReportIdentityRole') }],
    });
  });
});

describe('the reviewer', () => {
  simulate('ReportReviewerRole', [
    ['codecommit:GetPullRequest', REPOSITORY, {}, true],
    ['codecommit:GetCommentsForPullRequest', REPOSITORY, {}, true],
    ['codecommit:PostCommentForPullRequest', REPOSITORY, {}, true],
    ['codecommit:UpdateComment', REPOSITORY, {}, true],
    ['codecommit:UpdatePullRequestApprovalState', REPOSITORY, {}, true],
    ['codecommit:GitPull', REPOSITORY, {}, false],
    ['codecommit:UpdatePullRequestStatus', REPOSITORY, {}, false],
    ['s3:GetObject', OBJECT, {}, false],
  ]);

  test('is Report, and always in the same session: otherwise a comment could not be updated', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportIdentityRole'), 'Arn'] } },
            Condition: { StringEquals: { 'sts:RoleSessionName': 'review' } },
          },
        ],
      },
    });
    expect(JSON.stringify(json.Outputs?.ReviewerArn?.Value)).toMatch(/:assumed-role\/.*\/review"/);
  });
});

describe('the state machine', () => {
  const rule = (name: string): string => arnOf('events', `rule/${name}`);
  simulate('WorkflowIdentityRole', [
    ['codebuild:StartBuild', PROJECTS.synthesize, {}, true],
    ['codebuild:StartBuild', PROJECTS.report, {}, true],
    ['codebuild:StopBuild', PROJECTS.report, {}, true],
    ['codebuild:StartBuild', arnOf('codebuild', 'project/deploy'), {}, false],
    ['events:PutTargets', rule('StepFunctionsGetEventForCodeBuildStartBuildRule'), {}, true],
    ['events:PutTargets', rule('another'), {}, false],
    ['events:DeleteRule', rule('StepFunctionsGetEventForCodeBuildStartBuildRule'), {}, false],
    ['logs:CreateLogDelivery', '*', {}, true],
    ['logs:DeleteLogGroup', LOGS.report, {}, false],
    ['xray:PutTraceSegments', '*', {}, true],
    ['s3:GetObject', OBJECT, {}, false],
    ['codecommit:UpdatePullRequestApprovalState', REPOSITORY, {}, false],
  ]);
});

describe('the events', () => {
  simulate('PullRequestsRole', [
    ['states:StartExecution', MACHINE, {}, true],
    ['states:StartExecution', arnOf('states', 'stateMachine:another'), {}, false],
    ['states:StopExecution', arnOf('states', 'execution:test:x'), {}, false],
    ['codebuild:StartBuild', PROJECTS.report, {}, false],
  ]);
});

test('no policy has a wildcard where an ARN could stand', () => {
  const resources = resourcesOfType(json, 'AWS::IAM::Role')
    .concat(resourcesOfType(json, 'AWS::IAM::Policy'))
    .flatMap(([id]) => policiesOf(json, id, ARNS))
    .flatMap(({ Statement }) => Statement as { Action: string | string[]; Resource: string | string[] }[])
    .filter(({ Resource }) => [Resource].flat().some((resource) => resource.includes('*')))
    .map(({ Action, Resource }) => `${[Action].flat()[0] ?? ''} ${[Resource].flat().join()}`);
  expect(resources.sort()).toEqual([
    'logs:CreateLogDelivery *',
    `logs:CreateLogStream ${LOGS.report}:*`,
    `logs:CreateLogStream ${LOGS.synthesize}:*`,
    `s3:GetObject ${BUCKET}/assemblies/*`,
    `s3:PutObject ${BUCKET}/assemblies/*`,
  ]);
});

test('services use the roles for this account only', () => {
  const trusts = resourcesOfType(json, 'AWS::IAM::Role')
    .map(([, { Properties }]) => JSON.stringify(Properties?.AssumeRolePolicyDocument))
    .filter((trust) => trust.includes('"Service"'));
  expect(trusts).toHaveLength(4);
  for (const trust of trusts)
    expect(trust).toContain('{"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}}');
});

test('builds: what they run is not in the repository, no privileges, bounded, logged', () => {
  const projects = resourcesOfType(json, 'AWS::CodeBuild::Project');
  expect(projects).toHaveLength(2);
  for (const [, { Properties }] of projects) {
    expect(Properties).toMatchObject({
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Cache: { Type: 'NO_CACHE' },
      ConcurrentBuildLimit: 4,
      TimeoutInMinutes: 15,
      Environment: { PrivilegedMode: false, Image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0' },
      Source: { Type: 'CODECOMMIT', BuildSpec: expect.stringMatching(/^version: "0.2"\n/) as string },
      LogsConfig: { CloudWatchLogs: { Status: 'ENABLED' } },
    });
  }
});

test('pull requests into the branches of the settings, opened or pushed to, start it', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.codecommit'],
      'detail-type': ['CodeCommit Pull Request State Change'],
      resources: [{ 'Fn::Join': ['', [Match.anyValue(), { Ref: 'AWS::AccountId' }, ':infrastructure']] }],
      detail: {
        event: ['pullRequestCreated', 'pullRequestSourceBranchUpdated'],
        destinationReference: ['refs/heads/main', 'refs/heads/release/1'],
      },
    },
    Targets: [
      Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^WorkflowStateMachine') }, Input: Match.absent() }),
    ],
  });
});

interface State {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Catch?: { readonly Next: string }[];
  readonly Result?: object;
  readonly Parameters: Record<string, unknown> & {
    readonly EnvironmentVariablesOverride: Record<string, string>[];
  };
}

type States = Readonly<Record<'Synthesize' | 'Not synthesized' | 'Report', State>>;

describe('the workflow', () => {
  const states = (): States => {
    const [machine] = resourcesOfType(json, 'AWS::StepFunctions::StateMachine');
    const parts = (machine?.[1].Properties?.DefinitionString as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : 'PROJECT')).join('');
    return (JSON.parse(text) as { States: States }).States;
  };
  const variables = ({ Parameters }: State): Record<string, string> =>
    Object.fromEntries(
      Parameters.EnvironmentVariablesOverride.map((variable): [string, string] => [
        variable.Name ?? '',
        variable['Value.$'] ?? '',
      ]),
    );

  test('reports in either case, and never takes a failure for a success', () => {
    const { Synthesize, Report, 'Not synthesized': failed } = states();
    expect(Synthesize).toMatchObject({
      Next: 'Report',
      ResultSelector: { result: 'SUCCEEDED' },
      ResultPath: '$.synthesis',
    });
    expect(Synthesize.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Not synthesized' },
    ]);
    expect(failed).toMatchObject({ Result: { result: 'FAILED' }, ResultPath: '$.synthesis', Next: 'Report' });
    expect(Report.End).toBe(true);
  });

  test('Report is told what the event says, and runs the destination', () => {
    const { Synthesize, Report } = states();
    expect(Report.Parameters['SourceVersion.$']).toBe('$.detail.destinationCommit');
    expect(variables(Report)).toEqual({
      PULL_REQUEST_ID: '$.detail.pullRequestId',
      REVISION_ID: '$.detail.revisionId',
      SOURCE_COMMIT: '$.detail.sourceCommit',
      DESTINATION_COMMIT: '$.detail.destinationCommit',
      SYNTHESIS: '$.synthesis.result',
      ARTIFACTS: "States.Format('assemblies/{}', $$.Execution.Name)",
    });
    expect(Synthesize.Parameters['SourceVersion.$']).toBe('$.detail.sourceCommit');
    expect(variables(Synthesize).ARTIFACTS).toBe(variables(Report).ARTIFACTS);
  });

  test('is logged and traced, and an execution that fails alarms', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: Match.objectLike({ Level: 'ALL' }),
      TracingConfiguration: { Enabled: true },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ExecutionsFailed', Threshold: 0 });
  });
});

test('every log is encrypted and kept as long as said; assemblies go after a day', () => {
  const groups = resourcesOfType(json, 'AWS::Logs::LogGroup');
  expect(groups).toHaveLength(3);
  for (const [, group] of groups) {
    expect(group).toMatchObject({ Properties: { RetentionInDays: 90, KmsKeyId: expect.anything() as object } });
  }
  template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 1 })] },
  });
});

describe('settings', () => {
  const messages = (change: object): string[] =>
    shapeProblems(reviewSchema, { repository: 'a', logs: { retentionDays: 30 }, ...change }, 'dev.review').map(
      formatProblem,
    );

  test('have defaults', () => {
    expect(reviewSchema.parse({ repository: 'a', logs: { retentionDays: 30 } })).toMatchObject({
      branches: ['main'],
      failOn: 'destructive',
      timeoutMinutes: 20,
    });
  });

  test.each<[object, string]>([
    [{ repository: 'https://git-codecommit/v1/repos/a' }, 'is not the name of a CodeCommit repository'],
    [{ repository: 'a.git' }, 'is not the name of a CodeCommit repository'],
    [{ branches: [] }, 'is not a list of branches, each once'],
    [{ branches: ['main', 'main'] }, 'is not a list of branches, each once'],
    [{ branches: ['a..b'] }, 'is not the name of a branch'],
    [{ failOn: 'never' }, 'is not one of data-loss, destructive, broadening, any'],
    [{ timeoutMinutes: 4 }, 'is not a whole number of minutes from 5 to 120'],
    [{ logs: {} }, 'dev.review.logs.retentionDays: is missing'],
  ])('refuse %j', (change, message) => {
    expect(messages(change)).toEqual([expect.stringContaining(message)]);
  });
});

describe('two environments', () => {
  const environment = (name: string, cidr: string, change: object = {}, review: object = {}): object => ({
    ...BASE,
    name,
    network: { ...BASE.network, cidr },
    ...change,
    review: { ...BASE.review, ...review },
  });
  const problems = (change: object, review: object = {}, first: object = {}): string[] => {
    try {
      validateEnvironments([
        environment('one', '10.1.0.0/16', first),
        environment('two', '10.2.0.0/16', change, review),
      ]);
      return [];
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(formatProblem);
    }
  };
  const RIVAL =
    'two.review.repository: "infrastructure" is reviewed by one, too, and each pull request would get two comments and two approvals; remove review from one of them, or give them accounts of their own';
  const elsewhere = { region: 'us-east-1', availabilityZones: ['us-east-1a'] };

  test.each<[string, object, object, object, string[]]>([
    ['in the same account', {}, {}, {}, [RIVAL]],
    ['that may be in the same account', { account: '111122223333' }, {}, {}, [RIVAL]],
    ['in other accounts', { account: '111122223333' }, {}, { account: '444455556666' }, []],
    ['in other regions', elsewhere, {}, {}, []],
    ['with other repositories', {}, { repository: 'other' }, {}, []],
  ])('%s', (_, change, review, first, expected) => {
    expect(problems(change, review, first)).toEqual(expected);
  });
});
