import * as codecommit from '@aws-sdk/client-codecommit';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag/lib/packs/aws-solutions';
import { buildImage } from '../../lib/delivery/build-images';
import { describeRole } from '../../lib/delivery/constructs/written-role';
import { permitted, THE_PIPELINE, type Permitted } from '../../lib/delivery/delivery-roles';
import type { DeliveryStack } from '../../lib/delivery/delivery-stack';
import { readableNames } from '../../lib/delivery/readable-names';
import { deliveredSite } from '../../lib/environments/delivered-site';
import type { Environment } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { PLATFORMS } from '../../lib/web/platforms';
import { ACCOUNT, decide, keyPolicyOf, policiesOf, REGION, resolve, takesArn, type Arns } from '../support/iam';
import { policyMisfits, type StatementJson } from '../support/policy-fit';
import {
  jsonOf,
  resourcesOfType,
  synthesize,
  templateOf,
  type Resource,
  type TemplateJson,
} from '../support/synthesize';
import { DELIVERY, SITE, STAGES, type DeliveryInput } from './support';

function delivery(change: Partial<DeliveryInput> = {}, environment: object = {}): DeliveryStack {
  const input = { ...SITE, ...environment, delivery: { ...DELIVERY, ...change } };
  const stack = synthesize(input).delivery;
  if (stack === undefined) throw new Error('no Delivery stack');
  return stack;
}

const arn = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

const BUCKET = 'arn:aws:s3:::artifacts';
const KEY = arn('kms', 'key/0f1e2d3c');
const REPOSITORY = arn('codecommit', 'test-web');
const TOPIC = arn('sns', 'topic');
const TOPIC_KEY = arn('kms', 'key/notices');
const PIPELINE = arn('codepipeline', 'pipeline-1');
const TEST_LOG = arn('logs', 'log-group:test-log');
const ARNS: Arns = {
  ArtifactsBucket: BUCKET,
  Key: KEY,
  SourceRepository: REPOSITORY,
  Pipeline: 'pipeline-1',
  StageBuildLogGroup: `${arn('logs', 'log-group:build-log')}:*`,
  StageTestLogGroup: `${TEST_LOG}:*`,
  ActionsSource: role('source'),
  ActionsBuildStart: role('build-start'),
  ActionsTestStart: role('test-start'),
  ActionsDeploy: role('deploy'),
  ApprovalRuleRunbook: 'runbook',
  ApprovalRuleRole: `arn:aws:iam::${ACCOUNT}:role/rule`,
};
/** What the data of IAM have otherwise. */
const RIGHT_ALTHOUGH = [
  // Of the two generations of load balancers it has the tags of the first one alone.
  'elasticloadbalancing:AddTags needs a loadbalancer',
  `elasticloadbalancing:AddTags takes none of ${arn('elasticloadbalancing', 'targetgroup/awseb-*')}`,
];
/** What stands for references to the Web stack, and to Notices. */
const WEB_ROLES = { InstanceRole: role('web-instance'), ServiceRole: role('web-service') };
const ELSEWHERE = { ...WEB_ROLES, NoticesTopic: TOPIC, NoticesKey: TOPIC_KEY };

let stack: DeliveryStack;
let template: Template;
let json: TemplateJson;
let plain: DeliveryStack;

beforeAll(() => {
  stack = delivery();
  template = templateOf(stack);
  json = withReferences(jsonOf(stack));
  const [source, build, , , deploy] = STAGES;
  plain = delivery(
    { repository: { name: 'dev-web', protectMain: false }, stages: [source, build, deploy] as DeliveryInput['stages'] },
    { protectData: false, web: { ...SITE.web, platform: 'php-8.0' } },
  );
});

/** References to outputs of other stacks, as CloudFormation would fill them in. */
function withReferences(of: TemplateJson): TemplateJson {
  return JSON.parse(JSON.stringify(of), (_, value: unknown) => {
    const output = (value as { 'Fn::GetStackOutput'?: { OutputName: string } } | null)?.['Fn::GetStackOutput'];
    if (output === undefined) return value;
    const found = Object.entries(ELSEWHERE).find(([name]) => output.OutputName.includes(name));
    if (found === undefined) throw new Error(`nothing stands for ${output.OutputName}`);
    return found[1];
  }) as TemplateJson;
}

function one(of: TemplateJson, type: string): [string, Resource] {
  const [found, ...others] = resourcesOfType(of, type);
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return found;
}

interface StageProperties {
  readonly Name: string;
  readonly OnFailure?: object;
  readonly Actions: {
    readonly ActionTypeId: { readonly Category: string; readonly Provider: string };
    readonly Configuration: Record<string, unknown>;
    readonly InputArtifacts: { readonly Name: string }[];
    readonly OutputArtifacts: { readonly Name: string }[];
    readonly RoleArn?: unknown;
  }[];
}

function stagesOf(of: TemplateJson): StageProperties[] {
  return one(of, 'AWS::CodePipeline::Pipeline')[1].Properties?.Stages as StageProperties[];
}

describe('the pipeline', () => {
  test('stages, their actions and artifacts, in order', () => {
    const rows = stagesOf(json).map(({ Name, Actions, OnFailure }) => {
      const [action] = Actions;
      if (action === undefined || Actions.length > 1) throw new Error(`${Name} does not have one action`);
      const { ActionTypeId, InputArtifacts, OutputArtifacts } = action;
      const names = (artifacts: { Name: string }[]): string => artifacts.map((artifact) => artifact.Name).join('+');
      const io = `${names(InputArtifacts)} > ${names(OutputArtifacts)}`;
      return [Name, ActionTypeId.Category, ActionTypeId.Provider, io, OnFailure];
    });
    expect(rows).toEqual([
      ['Source', 'Source', 'CodeCommit', ' > SourceOutput', undefined],
      ['Build', 'Build', 'CodeBuild', 'SourceOutput > BuildOutput', undefined],
      ['Test', 'Test', 'CodeBuild', 'SourceOutput+BuildOutput > ', undefined],
      ['Approval', 'Approval', 'Manual', ' > ', undefined],
      ['Deploy', 'Deploy', 'ElasticBeanstalk', 'BuildOutput > ', { Result: 'ROLLBACK' }],
    ]);
  });

  test('is of type V2, encrypts artifacts with the key, and lets only the newest of waiting changes go on', () => {
    template.hasResourceProperties('AWS::CodePipeline::Pipeline', {
      PipelineType: 'V2',
      ExecutionMode: 'SUPERSEDED',
      ArtifactStore: { Type: 'S3', EncryptionKey: { Type: 'KMS', Id: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } } },
    });
  });

  test('has its permissions before its first execution', () => {
    const [, pipeline] = one(json, 'AWS::CodePipeline::Pipeline') as [string, { DependsOn?: string[] }];
    // Whatever it names without referring to it, and what guards that.
    for (const start of ['RunnerPermissions', 'StageBuildProject', 'StageTestProject', 'StageTestReports']) {
      expect(pipeline.DependsOn).toContainEqual(expect.stringMatching(new RegExp(`^${start}`)));
    }
    expect(pipeline.DependsOn).toContainEqual(expect.stringMatching(/^ArtifactsBucketPolicy/));
  });

  test('is started by an event of main, and does not poll', () => {
    expect(stagesOf(json)[0]?.Actions[0]?.Configuration).toEqual({
      RepositoryName: 'test-web',
      BranchName: 'main',
      PollForSourceChanges: 'false',
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.codecommit'],
        'detail-type': ['CodeCommit Repository State Change'],
        resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^SourceRepository'), 'Arn'] }],
        detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['main'] },
      },
      Targets: [Match.objectLike({ RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TriggerStart'), 'Arn'] } })],
    });
  });

  test('asks people with a link and the commit, where it asks', () => {
    expect(stagesOf(json)[3]?.Actions[0]?.Configuration).toEqual({
      NotificationArn: TOPIC,
      CustomData: expect.stringMatching(/^Deploy to test-web-[0-9a-f]{6}\? Commit #\{Source\.CommitId\}$/) as unknown,
      ExternalEntityLink: `https://${REGION}.console.aws.amazon.com/codesuite/codecommit/repositories/test-web/commits?region=${REGION}`,
    });
    expect(stagesOf(jsonOf(plain)).map(({ Name }) => Name)).toEqual(['Source', 'Build', 'Deploy']);
    // Nor may a pipeline that asks nobody send messages.
    expect(JSON.stringify(policiesOf(jsonOf(plain), 'RunnerPermissions', ARNS))).not.toContain('sns:');
  });

  test('every action but an approval has a role of its own', () => {
    const roles = stagesOf(json).map(({ Actions }) => JSON.stringify(Actions[0]?.RoleArn));
    expect(roles[3]).toBeUndefined();
    expect(new Set(roles.filter((one) => (one as string | undefined) !== undefined)).size).toBe(4);
  });

  test('a stage more is data alone', () => {
    const smoke = { kind: 'test', name: 'Smoke', buildspec: 'ci/smoke.yml', timeoutMinutes: 60 } as const;
    const more = delivery({ stages: [...STAGES.slice(0, 4), smoke, ...STAGES.slice(4)] });
    expect(stagesOf(jsonOf(more)).map(({ Name }) => Name)).toEqual([
      'Source',
      'Build',
      'Test',
      'Approval',
      'Smoke',
      'Deploy',
    ]);
    templateOf(more).hasResourceProperties('AWS::CodeBuild::Project', {
      Name: 'test-delivery-Smoke',
      Source: { Type: 'CODEPIPELINE', BuildSpec: 'ci/smoke.yml' },
      TimeoutInMinutes: 60,
    });
    expect(new AwsSolutionsChecks().validateScope(more).violations).toEqual([]);
  });
});

describe('builds', () => {
  test('run a file of the repository, unprivileged, in time, one at a time, with a cache, a log and the key', () => {
    const projects = resourcesOfType(json, 'AWS::CodeBuild::Project').map(([, { Properties }]) => Properties);
    expect(projects).toHaveLength(2);
    for (const [index, stage] of ['Build', 'Test'].entries()) {
      expect(projects[index]).toMatchObject({
        Name: `test-delivery-${stage}`,
        Artifacts: { Type: 'CODEPIPELINE' },
        Source: { Type: 'CODEPIPELINE', BuildSpec: `buildspec.${stage.toLowerCase()}.yml` },
        EncryptionKey: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        Environment: {
          PrivilegedMode: false,
          Image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0',
          EnvironmentVariables: [
            { Name: 'PHP_PLATFORM', Type: 'PLAINTEXT', Value: '8.5' },
            // The name of the bundle, whatever the stage that builds it is called.
            ...(stage === 'Test' ? [{ Name: 'BUNDLE_ARTIFACT', Type: 'PLAINTEXT', Value: 'BuildOutput' }] : []),
          ],
        },
        LogsConfig: {
          CloudWatchLogs: { Status: 'ENABLED', GroupName: { Ref: expect.stringMatching(/LogGroup/) as unknown } },
        },
        Cache: { Type: 'S3', Location: { 'Fn::Join': ['/', [expect.anything(), `cache/${stage}`]] } },
        TimeoutInMinutes: 20,
        QueuedTimeoutInMinutes: 60,
        ConcurrentBuildLimit: 1,
      });
    }
  });

  test('report as JUnit to a group whose raw reports are encrypted; CodeBuild finds it by the name of the project', () => {
    template.hasResourceProperties('AWS::CodeBuild::ReportGroup', {
      Name: 'test-delivery-Test-tests',
      Type: 'TEST',
      ExportConfig: {
        ExportConfigType: 'S3',
        S3Destination: Match.objectLike({
          EncryptionDisabled: false,
          EncryptionKey: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
        }),
      },
    });
  });

  test('have the PHP of every platform; where CodeBuild has none, of the official image, without findings', () => {
    for (const { phpVersion } of Object.values(PLATFORMS)) expect(buildImage(phpVersion).image).toMatch(/:/);
    expect(() => buildImage('7.4')).toThrow('no build image is known for PHP 7.4: add it to build-images.ts');
    templateOf(plain).hasResourceProperties('AWS::CodeBuild::Project', {
      Environment: Match.objectLike({ Image: 'public.ecr.aws/docker/library/php:8.0-cli', PrivilegedMode: false }),
    });
    expect(new AwsSolutionsChecks().validateScope(plain).violations).toEqual([]);
  });
});

describe('what is kept', () => {
  test('the repository: main, seeded and encrypted, and outlives the stack', () => {
    template.hasResource('AWS::CodeCommit::Repository', {
      DeletionPolicy: 'Retain',
      Properties: {
        RepositoryName: 'test-web',
        Code: { BranchName: 'main', S3: Match.anyValue() },
        KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
      },
    });
    templateOf(plain).hasResource('AWS::CodeCommit::Repository', {
      DeletionPolicy: 'Delete',
      Properties: { Code: Match.absent() },
    });
  });

  test('artifacts: a name of the template only, TLS only, private, encrypted, until they expire', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: Match.absent(),
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }),
        ],
      },
      PublicAccessBlockConfiguration: Match.objectLike({ BlockPublicAcls: true, RestrictPublicBuckets: true }),
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 180 })] },
    });
    const policies = resourcesOfType(json, 'AWS::S3::BucketPolicy').map((policy) => JSON.stringify(policy));
    for (const policy of policies) expect(policy).toContain('"aws:SecureTransport":"false"');
  });

  test('everything that can be encrypted is, with one key', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    for (const [, { Properties }] of resourcesOfType(json, 'AWS::Logs::LogGroup')) {
      expect(Properties).toMatchObject({
        KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        RetentionInDays: 90,
      });
    }
  });
});

test('failures are told to the notices', () => {
  const [, rule] = one(json, 'AWS::CodeStarNotifications::NotificationRule');
  expect(rule.Properties).toMatchObject({
    EventTypeIds: ['codepipeline-pipeline-pipeline-execution-failed'],
    Targets: [{ TargetType: 'SNS', TargetAddress: TOPIC }],
  });
});

/** What starts the runbook of the approval rule: a construct that other stacks have, too (test/foundation/daily-runbook.test.ts). */
const STARTER = 'ApprovalRuleDaily';

/** The role and its permissions are two resources, and the second is looked at. */
function hasPolicyOfItsOwn(id: string): boolean {
  return id.startsWith('RunnerRole') || id.startsWith(`${STARTER}Role`);
}

describe('permissions', () => {
  test('no policy of AWS is attached, AdministratorAccess-AWSElasticBeanstalk least of all', () => {
    expect(JSON.stringify(json)).not.toContain(':policy/');
  });

  test('where * stands for all resources, none of the actions takes an ARN', async () => {
    const everywhere = resourcesOfType(json, 'AWS::IAM::Role')
      .filter(([id]) => !hasPolicyOfItsOwn(id))
      .concat(resourcesOfType(json, 'AWS::IAM::Policy'), resourcesOfType(json, 'AWS::IAM::ManagedPolicy'))
      .flatMap(([id]) => policiesOf(json, id, ARNS))
      .flatMap(
        ({ Statement }) => Statement as { Effect: string; Action: string | string[]; Resource: string | string[] }[],
      )
      .filter(({ Effect, Resource }) => Effect === 'Allow' && [Resource].flat().includes('*'));
    const actions = [...new Set(everywhere.flatMap(({ Action }) => Action))];
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect([action, await takesArn(action)]).toEqual([action, false]);
    expect(await takesArn('s3:GetObject')).toBe(true);
  });

  test('every role that is listed is made once, and trusts whom the list says, under a condition if that is a service', () => {
    const listed = everybody().filter(({ name }) => name !== 'Contributors');
    const roles = resourcesOfType(json, 'AWS::IAM::Role').filter(([id]) => !id.startsWith(STARTER));
    const made = roles.map(([id, { Properties }]) => {
      const document = Properties?.AssumeRolePolicyDocument as {
        Statement: { Principal: Record<string, unknown>; Condition?: object }[];
      };
      const [statement, ...others] = document.Statement;
      if (statement === undefined || others.length > 0) throw new Error(`${id} trusts more than one`);
      const { Principal, Condition } = statement;
      expect([id, Principal.AWS === undefined]).toEqual([id, Condition !== undefined]);
      if (Principal.AWS !== undefined) expect(JSON.stringify(Principal.AWS)).toMatch(/^{"Fn::GetAtt":\["RunnerRole/);
      return [Properties?.Description, Principal.Service ?? THE_PIPELINE];
    });
    expect(made.sort()).toEqual(listed.map((one) => [describeRole(one), one.assumedBy]).sort());
  });

  test('every statement is on resources of kinds that its actions take', async () => {
    const types = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
    const found: string[] = [];
    for (const [id] of types.flatMap((type) => resourcesOfType(json, type))) {
      if (hasPolicyOfItsOwn(id)) continue;
      const statements = policiesOf(json, id, ARNS).flatMap(({ Statement }) => Statement as StatementJson[]);
      found.push(...(await policyMisfits(statements, RIGHT_ALTHOUGH)));
    }
    expect(found).toEqual([]);
  });

  test('and what does not fit is found', async () => {
    const allow = (Action: string, ...Resource: string[]): StatementJson => ({ Effect: 'Allow', Action, Resource });
    const misfits = (...statements: StatementJson[]): Promise<string[]> => policyMisfits(statements);
    expect(await misfits(allow('s3:GetObject', `${BUCKET}/*`), allow('s3:ListAllMyBuckets', '*'))).toEqual([]);
    // An object is no bucket, and the other way round.
    expect(await misfits(allow('s3:GetObject', BUCKET))).toHaveLength(2);
    expect(await misfits(allow('s3:ListBucket', `${BUCKET}/*`))).toHaveLength(2);
    expect(await misfits(allow('s3:GetObject', '*'))).toContain('s3:GetObject takes none of *');
    expect(await misfits(allow('ec2:DescribeInstances', arn('ec2', 'instance/*')))).not.toEqual([]);
    expect(await misfits(allow('sqs:SendMessage', arn('sqs', 'a'), TOPIC))).toEqual([
      `${TOPIC} is taken by none of sqs:SendMessage`,
    ]);
    // What the runbook's role once had.
    expect(await misfits(allow('ssm:StartAutomationExecution', arn('ssm', 'automation-definition/runbook:*')))).toEqual(
      ['ssm:StartAutomationExecution needs a automation-execution', 'ssm:StartAutomationExecution needs a document'],
    );
  });

  const VIA_S3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };
  const VIA_SNS = { 'kms:ViaService': `sns.${REGION}.amazonaws.com` };
  const PROJECT = arn('codebuild', 'project/test-delivery-Test');
  const REPORTS = arn('codebuild', 'report-group/test-delivery-Test-tests');
  const object = (key: string): string => `${BUCKET}/${key}`;

  async function expectDecision(
    start: string,
    [action, resource, context, allowed]: readonly [string, string, Record<string, string>, boolean],
  ): Promise<void> {
    const decision = await decide(
      policiesOf(json, start, ARNS),
      { action, resource, context },
      keyPolicyOf(json, ARNS),
    );
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  }

  type Row = [string, string, Record<string, string>, boolean];

  test.each<Row>([
    ['sts:AssumeRole', role('deploy'), {}, true],
    ['sts:AssumeRole', role('build-start'), {}, true],
    ['sts:AssumeRole', role('Administrator'), {}, false],
    ['sns:Publish', TOPIC, {}, true],
    ['sns:Publish', arn('sns', 'another'), {}, false],
    ['kms:GenerateDataKey', TOPIC_KEY, VIA_SNS, true],
    ['kms:GenerateDataKey', TOPIC_KEY, VIA_S3, false],
    ['kms:GenerateDataKey', KEY, VIA_SNS, false],
    ['s3:GetObject', object('pipeline/SourceOutp/x'), {}, true],
    ['s3:DeleteObject', object('pipeline/SourceOutp/x'), {}, false],
    ['s3:GetObject', 'arn:aws:s3:::another/x', {}, false],
    ['kms:Decrypt', KEY, VIA_S3, true],
    ['kms:Decrypt', KEY, {}, false],
    ['codebuild:StartBuild', PROJECT, {}, false],
    ['elasticbeanstalk:UpdateEnvironment', arn('elasticbeanstalk', 'environment/test-web/test-web-0a1b2c'), {}, false],
    ['iam:PassRole', WEB_ROLES.InstanceRole, {}, false],
  ])('the pipeline: %s on %s with %j: %p', (...row) => expectDecision('RunnerPermissions', row));

  test.each<Row>([
    ['codecommit:UploadArchive', REPOSITORY, {}, true],
    ['codecommit:GetBranch', REPOSITORY, {}, true],
    ['codecommit:GetBranch', arn('codecommit', 'another'), {}, false],
    ['codecommit:GitPush', REPOSITORY, {}, false],
    ['s3:PutObject', object('pipeline/SourceOutp/x'), {}, true],
    ['kms:GenerateDataKey', KEY, VIA_S3, true],
    ['kms:Decrypt', KEY, { 'kms:ViaService': `codecommit.${REGION}.amazonaws.com` }, true],
    ['kms:Decrypt', KEY, { 'kms:ViaService': `sns.${REGION}.amazonaws.com` }, false],
    ['sts:AssumeRole', role('deploy'), {}, false],
  ])('the source action: %s on %s with %j: %p', (...row) => expectDecision('ActionsSource', row));

  test.each<Row>([
    ['codebuild:StartBuild', PROJECT, {}, true],
    ['codebuild:BatchGetBuilds', PROJECT, {}, true],
    ['codebuild:StopBuild', PROJECT, {}, true],
    ['codebuild:StartBuild', arn('codebuild', 'project/test-delivery-Build'), {}, false],
    ['codebuild:UpdateProject', PROJECT, {}, false],
    ['s3:GetObject', object('pipeline/SourceOutp/x'), {}, false],
  ])('the test action: %s on %s with %j: %p', (...row) => expectDecision('ActionsTestStart', row));

  test.each<Row>([
    ['s3:GetObject', object('pipeline/SourceOutp/x'), {}, true],
    ['s3:PutObject', object('pipeline/BuildOutpu/x'), {}, true],
    ['s3:PutObject', 'arn:aws:s3:::another/x', {}, false],
    ['s3:DeleteObject', object('pipeline/BuildOutpu/x'), {}, false],
    ['logs:PutLogEvents', arn('logs', 'log-group:build-log:log-stream:s'), {}, true],
    ['logs:PutLogEvents', `${TEST_LOG}:log-stream:s`, {}, false],
    ['kms:GenerateDataKey', KEY, {}, true],
    ['kms:Decrypt', arn('kms', 'key/another'), {}, false],
    ['codebuild:CreateReport', REPORTS, {}, false],
    ['codecommit:GitPull', REPOSITORY, {}, false],
    ['elasticbeanstalk:CreateApplicationVersion', arn('elasticbeanstalk', 'applicationversion/test-web/v1'), {}, false],
    ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:x-AbCdEf'), {}, false],
    ['iam:PassRole', WEB_ROLES.InstanceRole, {}, false],
  ])('a build: %s on %s with %j: %p', (...row) => expectDecision('StageBuildRole', row));

  test.each<Row>([
    ['s3:GetObject', object('pipeline/BuildOutpu/x'), {}, true],
    // A test changes nothing of what is deployed.
    ['s3:PutObject', object('pipeline/BuildOutpu/x'), {}, false],
    ['s3:PutObject', object('cache/Test/x'), {}, true],
    ['s3:PutObject', object('cache/Build/x'), {}, false],
    ['s3:PutObject', object('reports/Test/x.zip'), {}, true],
    ['s3:ListBucket', BUCKET, {}, true],
    ['s3:ListBucket', 'arn:aws:s3:::another', {}, false],
    ['codebuild:CreateReport', REPORTS, {}, true],
    ['codebuild:BatchPutTestCases', REPORTS, {}, true],
    ['codebuild:CreateReport', arn('codebuild', 'report-group/another'), {}, false],
    ['codebuild:DeleteReportGroup', REPORTS, {}, false],
    ['logs:PutLogEvents', `${TEST_LOG}:log-stream:s`, {}, true],
    ['codecommit:GitPull', REPOSITORY, {}, false],
  ])('a test run: %s on %s with %j: %p', (...row) => expectDecision('StageTestBuild', row));

  test.each<Row>([
    ['codepipeline:StartPipelineExecution', PIPELINE, {}, true],
    ['codepipeline:StartPipelineExecution', arn('codepipeline', 'another'), {}, false],
    ['codepipeline:UpdatePipeline', PIPELINE, {}, false],
  ])('the trigger: %s on %s with %j: %p', (...row) => expectDecision('TriggerStart', row));

  test.each<Row>([
    ['codecommit:CreateApprovalRuleTemplate', '*', {}, true],
    ['codecommit:DeleteApprovalRuleTemplate', '*', {}, false],
    ['codecommit:AssociateApprovalRuleTemplateWithRepository', REPOSITORY, {}, true],
    ['codecommit:AssociateApprovalRuleTemplateWithRepository', arn('codecommit', 'another'), {}, false],
    ['codecommit:GitPush', REPOSITORY, {}, false],
    // Both of the kinds that a start names, and the older one.
    ['ssm:StartAutomationExecution', arn('ssm', 'document/runbook'), {}, true],
    ['ssm:StartAutomationExecution', arn('ssm', 'automation-execution/0a1b'), {}, true],
    ['ssm:StartAutomationExecution', arn('ssm', 'automation-definition/runbook:1'), {}, true],
    ['ssm:StartAutomationExecution', arn('ssm', 'document/another'), {}, false],
    ['ssm:GetAutomationExecution', arn('ssm', 'automation-execution/0a1b'), {}, true],
    ['ssm:StopAutomationExecution', arn('ssm', 'automation-execution/0a1b'), {}, false],
  ])('the runbook: %s on %s with %j: %p', (...row) => expectDecision('ApprovalRuleRole', row));

  describe('the deploy action', () => {
    const TAG = 'aws:ResourceTag/elasticbeanstalk:environment-name';
    const environmentName = (): string => deliveredSite(validated())?.beanstalkEnvironmentName ?? '';
    const OWN = 'OWN ENVIRONMENT';
    const STACK = arn('cloudformation', 'stack/awseb-e-abc123-stack/0a1b');
    const GROUP = arn(
      'autoscaling',
      'autoScalingGroup:0a1b:autoScalingGroupName/awseb-e-abc123-stack-AWSEBAutoScalingGroup-1',
    );
    const INSTANCE = arn('ec2', 'instance/i-0a1b');
    const TEMPLATE = arn('ec2', 'launch-template/lt-0a1b');
    const STORE = `arn:aws:s3:::elasticbeanstalk-${REGION}-${ACCOUNT}`;
    const PASS = (service: string): Record<string, string> => ({ 'iam:PassedToService': service });
    test.each<Row>([
      [
        'elasticbeanstalk:CreateApplicationVersion',
        arn('elasticbeanstalk', 'applicationversion/test-web/v1'),
        {},
        true,
      ],
      [
        'elasticbeanstalk:CreateApplicationVersion',
        arn('elasticbeanstalk', 'applicationversion/prod-web/v1'),
        {},
        false,
      ],
      ['elasticbeanstalk:UpdateEnvironment', arn('elasticbeanstalk', `environment/test-web/${OWN}`), {}, true],
      [
        'elasticbeanstalk:UpdateEnvironment',
        arn('elasticbeanstalk', 'environment/test-web/test-web-another'),
        {},
        false,
      ],
      ['elasticbeanstalk:TerminateEnvironment', arn('elasticbeanstalk', `environment/test-web/${OWN}`), {}, false],
      ['elasticbeanstalk:DeleteApplication', arn('elasticbeanstalk', 'application/test-web'), {}, false],
      ['cloudformation:UpdateStack', STACK, { [TAG]: OWN }, true],
      ['cloudformation:UpdateStack', STACK, { [TAG]: 'shop-web-0a1b2c' }, false],
      ['cloudformation:CreateStack', STACK, {}, true],
      ['cloudformation:UpdateStack', arn('cloudformation', 'stack/test-Network/0a1b'), {}, false],
      ['cloudformation:SetStackPolicy', STACK, { [TAG]: OWN }, false],
      ['autoscaling:UpdateAutoScalingGroup', GROUP, { [TAG]: OWN }, true],
      ['autoscaling:UpdateAutoScalingGroup', GROUP, { [TAG]: 'shop-web-0a1b2c' }, false],
      [
        'autoscaling:DeleteAutoScalingGroup',
        arn('autoscaling', 'autoScalingGroup:0a1b:autoScalingGroupName/shop'),
        {},
        false,
      ],
      ['autoscaling:DescribeAutoScalingGroups', '*', {}, true],
      ['ec2:RunInstances', INSTANCE, { 'ec2:LaunchTemplate': TEMPLATE }, true],
      ['ec2:RunInstances', INSTANCE, {}, false],
      ['ec2:TerminateInstances', INSTANCE, { [TAG]: OWN }, true],
      ['ec2:TerminateInstances', INSTANCE, { [TAG]: 'shop-web-0a1b2c' }, false],
      ['ec2:TerminateInstances', INSTANCE, {}, false],
      ['ec2:CreateLaunchTemplateVersion', TEMPLATE, { [TAG]: OWN }, true],
      ['ec2:DeleteLaunchTemplate', TEMPLATE, { [TAG]: 'shop-web-0a1b2c' }, false],
      ['ec2:DeleteLaunchTemplate', TEMPLATE, {}, false],
      ['ec2:CreateLaunchTemplateVersion', TEMPLATE, {}, false],
      ['ec2:CreateLaunchTemplate', TEMPLATE, {}, true],
      ['ec2:CreateTags', INSTANCE, { 'ec2:CreateAction': 'RunInstances' }, true],
      ['ec2:CreateTags', INSTANCE, {}, false],
      ['ec2:AuthorizeSecurityGroupIngress', arn('ec2', 'security-group/sg-1'), {}, false],
      [
        'elasticloadbalancing:RegisterTargets',
        arn('elasticloadbalancing', 'targetgroup/awseb-AWSEB-1A2B/0a1b'),
        { [TAG]: OWN },
        true,
      ],
      ['elasticloadbalancing:RegisterTargets', arn('elasticloadbalancing', 'targetgroup/shop/0a1b'), {}, false],
      [
        'elasticloadbalancing:DeleteLoadBalancer',
        arn('elasticloadbalancing', 'loadbalancer/app/test-We/0a1b'),
        {},
        false,
      ],
      [
        'cloudwatch:PutMetricAlarm',
        arn('cloudwatch', 'alarm:awseb-e-abc123-stack-AWSEBCloudwatchAlarmHigh-1'),
        {},
        true,
      ],
      ['cloudwatch:PutMetricAlarm', arn('cloudwatch', 'alarm:test-Stream-Freshness'), {}, false],
      ['logs:CreateLogGroup', arn('logs', `log-group:/aws/elasticbeanstalk/${OWN}/var/log/web.log`), {}, true],
      ['logs:DeleteLogGroup', arn('logs', `log-group:/aws/elasticbeanstalk/${OWN}/var/log/web.log`), {}, false],
      ['s3:GetObject', object('pipeline/BuildOutpu/x'), {}, true],
      ['s3:PutObject', object('pipeline/BuildOutpu/x'), {}, false],
      ['s3:PutObject', `${STORE}/bundle.zip`, {}, true],
      ['s3:PutObject', `arn:aws:s3:::elasticbeanstalk-us-east-1-${ACCOUNT}/bundle.zip`, {}, false],
      ['s3:DeleteBucket', STORE, {}, false],
      ['kms:Decrypt', KEY, VIA_S3, true],
      ['kms:GenerateDataKey', KEY, VIA_S3, false],
      ['iam:PassRole', WEB_ROLES.InstanceRole, PASS('ec2.amazonaws.com'), true],
      ['iam:PassRole', WEB_ROLES.InstanceRole, PASS('lambda.amazonaws.com'), false],
      ['iam:PassRole', WEB_ROLES.InstanceRole, PASS('elasticbeanstalk.amazonaws.com'), false],
      ['iam:PassRole', WEB_ROLES.InstanceRole, {}, false],
      ['iam:PassRole', WEB_ROLES.ServiceRole, PASS('elasticbeanstalk.amazonaws.com'), true],
      ['iam:PassRole', WEB_ROLES.ServiceRole, PASS('ec2.amazonaws.com'), false],
      ['iam:PassRole', WEB_ROLES.ServiceRole, {}, false],
      ['iam:GetRole', WEB_ROLES.ServiceRole, {}, true],
      ['iam:GetRole', role('Administrator'), {}, false],
      ['cloudformation:TagResource', STACK, { [TAG]: OWN }, true],
      ['cloudformation:UntagResource', STACK, { [TAG]: OWN }, true],
      ['cloudformation:TagResource', STACK, { [TAG]: 'shop-web-0a1b2c' }, false],
      ['cloudformation:TagResource', arn('cloudformation', 'stack/test-Network/0a1b'), {}, false],
      ['logs:DescribeLogGroups', '*', {}, true],
      ['ec2:DescribeInstanceAttribute', INSTANCE, { [TAG]: OWN }, true],
      ['ec2:DescribeInstanceAttribute', INSTANCE, {}, false],
      ['ec2:DescribeVpnConnections', '*', {}, false],
      ['cloudwatch:DeleteAlarms', arn('cloudwatch', 'alarm:test-Stream-Freshness'), {}, false],
      ['iam:PassRole', role('Administrator'), PASS('ec2.amazonaws.com'), false],
      ['iam:CreateRole', role('x'), {}, false],
    ])('%s on %s with %j: %p', (action, resource, context, allowed) => {
      const own = (text: string): string => text.replace(OWN, environmentName());
      const ownContext = Object.fromEntries(Object.entries(context).map(([key, value]) => [key, own(value)]));
      return expectDecision('ActionsDeploy', [action, own(resource), ownContext, allowed]);
    });
  });

  describe('a contributor', () => {
    const main = { 'codecommit:References': 'refs/heads/main' };
    const branch = { 'codecommit:References': 'refs/heads/change' };
    const VIA = { 'kms:ViaService': `codecommit.${REGION}.amazonaws.com` };
    const OWN_USER = { 'aws:username': 'hanako' };
    const FOR_GIT = { 'iam:ServiceSpecificCredentialServiceName': 'codecommit.amazonaws.com' };
    const FOR_BEDROCK = { 'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com' };
    const user = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;
    const rows: [string, string, Record<string, string>, string][] = [
      ['codecommit:GitPull', REPOSITORY, {}, 'Allowed'],
      ['codecommit:GitPush', REPOSITORY, branch, 'Allowed'],
      // Git asks first without naming a branch.
      ['codecommit:GitPush', REPOSITORY, {}, 'Allowed'],
      ['codecommit:GitPush', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:PutFile', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:DeleteFile', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:CreateCommit', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:CreateCommit', REPOSITORY, branch, 'Allowed'],
      ['codecommit:DeleteBranch', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:DeleteBranch', REPOSITORY, branch, 'Allowed'],
      ['codecommit:MergeBranchesByFastForward', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:MergePullRequestBySquash', REPOSITORY, main, 'Allowed'],
      ['codecommit:CreatePullRequest', REPOSITORY, {}, 'Allowed'],
      ['codecommit:UpdatePullRequestApprovalState', REPOSITORY, {}, 'Allowed'],
      ['codecommit:OverridePullRequestApprovalRules', REPOSITORY, {}, 'ExplicitlyDenied'],
      ['codecommit:DisassociateApprovalRuleTemplateFromRepository', REPOSITORY, {}, 'ExplicitlyDenied'],
      ['codecommit:DeleteRepository', REPOSITORY, {}, 'ExplicitlyDenied'],
      ['codecommit:UpdateRepositoryName', REPOSITORY, {}, 'ExplicitlyDenied'],
      ['codecommit:CreateBranch', REPOSITORY, main, 'ExplicitlyDenied'],
      ['codecommit:CreateBranch', REPOSITORY, branch, 'Allowed'],
      ['codecommit:BatchDisassociateApprovalRuleTemplateFromRepositories', REPOSITORY, {}, 'ExplicitlyDenied'],
      ['codecommit:UpdateApprovalRuleTemplateContent', '*', {}, 'ExplicitlyDenied'],
      ['codecommit:GitPush', arn('codecommit', 'another'), branch, 'ImplicitlyDenied'],
      ['codecommit:ListRepositories', '*', {}, 'Allowed'],
      ['codecommit:DeleteApprovalRuleTemplate', '*', {}, 'ExplicitlyDenied'],
      ['iam:CreateServiceSpecificCredential', user('hanako'), { ...OWN_USER, ...FOR_GIT }, 'Allowed'],
      ['iam:CreateServiceSpecificCredential', user('hanako'), { ...OWN_USER, ...FOR_BEDROCK }, 'ImplicitlyDenied'],
      ['iam:CreateServiceSpecificCredential', user('taro'), { ...OWN_USER, ...FOR_GIT }, 'ImplicitlyDenied'],
      ['kms:GenerateDataKeyWithoutPlaintext', KEY, VIA, 'Allowed'],
      ['iam:CreateAccessKey', user('hanako'), OWN_USER, 'ImplicitlyDenied'],
      ['kms:Decrypt', KEY, VIA, 'Allowed'],
      ['kms:Decrypt', KEY, VIA_S3, 'ImplicitlyDenied'],
      ['s3:GetObject', object('pipeline/BuildOutpu/x'), {}, 'ImplicitlyDenied'],
      ['codepipeline:StartPipelineExecution', PIPELINE, {}, 'ImplicitlyDenied'],
    ];
    test.each(rows)('%s on %s with %j: %s', async (action, resource, context, expected) => {
      const policies = policiesOf(json, 'ContributorsPolicy', ARNS);
      expect(await decide(policies, { action, resource, context }, keyPolicyOf(json, ARNS))).toBe(expected);
    });

    test('may push to main where it is not protected, and still not delete the repository', async () => {
      const policies = policiesOf(withReferences(jsonOf(plain)), 'ContributorsPolicy', ARNS);
      const push = { action: 'codecommit:GitPush', resource: REPOSITORY, context: main };
      expect(await decide(policies, push)).toBe('Allowed');
      expect(await decide(policies, { action: 'codecommit:DeleteRepository', resource: REPOSITORY })).toBe(
        'ExplicitlyDenied',
      );
      templateOf(plain).resourceCountIs('AWS::SSM::Association', 0);
    });

    test('is attached by the name of a group, and fits a managed policy', () => {
      template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Groups: ['developers'] });
      // 6,144 characters without white space. Source: "IAM and AWS STS quotas", IAM User Guide.
      const [document] = policiesOf(json, 'ContributorsPolicy', ARNS);
      expect(JSON.stringify(document).length).toBeLessThan(6144);
    });
  });

  test('inline policies fit a role: 10,240 characters together', () => {
    for (const [id] of resourcesOfType(json, 'AWS::IAM::Role')) {
      if (hasPolicyOfItsOwn(id)) continue;
      expect(JSON.stringify(policiesOf(json, id, ARNS)).length).toBeLessThan(10_240);
    }
  });
});

function validated(): Environment {
  const [environment] = validateEnvironments([{ ...SITE, delivery: DELIVERY }]);
  if (environment === undefined) throw new Error('validation answered no environment');
  return environment;
}

/** Everything that a policy says, each action and resource by itself: how statements are joined does not count. */
function saidBy(statements: readonly unknown[]): string[] {
  const said = statements.flatMap((statement) => {
    const { Effect, Action, Resource, Condition } = statement as Record<string, unknown>;
    return [Action]
      .flat()
      .flatMap((action) =>
        [Resource].flat().map((resource) => JSON.stringify([Effect, action, resource, Condition ?? {}])),
      );
  });
  return [...new Set(said)].sort();
}

const NAMES = readableNames({
  environmentName: 'test',
  region: REGION,
  account: ACCOUNT,
  targetAccount: undefined,
  repositoryName: 'test-web',
});

/** Everybody who may do something, as it is explained. */
function everybody(): Permitted[] {
  const environment = validated();
  const site = deliveredSite(environment);
  if (environment.delivery === undefined || site === undefined) throw new Error('nothing to explain');
  return permitted(environment.delivery, site, NAMES);
}

test('what is explained is what is synthesized', () => {
  const names = NAMES;
  const arns: Arns = {
    ArtifactsBucket: names.artifactBucketArn,
    Key: names.keyArn,
    SourceRepository: names.repositoryArn,
    Pipeline: 'PIPELINE',
    StageBuildLogGroup: names.logGroupArn('Build'),
    StageTestLogGroup: names.logGroupArn('Test'),
    ActionsSource: names.roleArn('Source'),
    ActionsBuildStart: names.roleArn('BuildStart'),
    ActionsTestStart: names.roleArn('TestStart'),
    ActionsDeploy: names.roleArn('Deploy'),
    ApprovalRuleRunbook: names.runbookName,
  };
  const ids: Record<string, string> = {
    Pipeline: 'RunnerPermissions',
    Trigger: 'TriggerStart',
    Source: 'ActionsSource',
    BuildStart: 'ActionsBuildStart',
    Build: 'StageBuildRole',
    TestStart: 'ActionsTestStart',
    Test: 'StageTestBuild',
    Deploy: 'ActionsDeploy',
    Contributors: 'ContributorsPolicy',
    ApprovalRule: 'ApprovalRuleRole',
  };
  // Nobody is left out: every role and policy of the template is one of these, or goes with one.
  const starts = [...Object.values(ids), 'Runner', STARTER];
  const unexplained = Object.entries(json.Resources).filter(
    ([id, { Type }]) => Type.startsWith('AWS::IAM::') && !starts.some((start) => id.startsWith(start)),
  );
  expect(unexplained.map(([id]) => id)).toEqual([]);
  const text = JSON.stringify(json)
    .replaceAll(WEB_ROLES.InstanceRole, names.site.instanceRoleArn)
    .replaceAll(WEB_ROLES.ServiceRole, names.site.serviceRoleArn)
    .replaceAll(TOPIC, names.topicArn)
    .replaceAll(TOPIC_KEY, names.topicKeyArn);
  const explained = everybody();
  expect(explained.map(({ name }) => name).sort()).toEqual(Object.keys(ids).sort());
  for (const { name, permissions } of explained) {
    const synthesized = policiesOf(JSON.parse(text) as TemplateJson, ids[name] ?? '', arns).flatMap(
      ({ Statement }) => Statement,
    );
    const told = permissions.map(({ effect, actions, resources, conditions }) => ({
      Effect: effect ?? 'Allow',
      Action: actions,
      Resource: resources,
      Condition: conditions,
    }));
    expect({ name, said: saidBy(told) }).toEqual({ name, said: saidBy(synthesized) });
  }
});

describe('the rule that others must agree', () => {
  interface Step {
    readonly name: string;
    readonly onFailure?: string;
    readonly isCritical?: boolean;
    readonly nextStep?: string;
    readonly inputs: Readonly<Record<string, string>>;
  }
  const runbookOf = (
    of: TemplateJson,
  ): { mainSteps: Step[]; parameters: Record<string, { allowedPattern?: string }> } =>
    resolve(one(of, 'AWS::SSM::Document')[1].Properties?.Content, {}) as ReturnType<typeof runbookOf>;
  const associationOf = (of: TemplateJson): Record<string, unknown> =>
    one(of, 'AWS::SSM::Association')[1].Properties ?? {};

  /** The inputs of a step as Automation would have them. */
  function filledIn({ inputs }: Step, approvals: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(inputs).map(([name, text]) => [name, text.replace('{{ Approvals }}', approvals)]),
    );
  }

  test('is made by a runbook that can run again and again, at once and every day', () => {
    const { mainSteps } = runbookOf(json);
    expect(mainSteps.map(({ name, inputs, onFailure, nextStep }) => [name, inputs.Api, onFailure, nextStep])).toEqual([
      ['Find', 'GetApprovalRuleTemplate', 'step:Create', 'Update'],
      ['Update', 'UpdateApprovalRuleTemplateContent', undefined, 'Associate'],
      ['Create', 'CreateApprovalRuleTemplate', undefined, 'Associate'],
      ['Associate', 'AssociateApprovalRuleTemplateWithRepository', undefined, undefined],
    ]);
    // A template that is not there yet must not count as a failed run.
    expect(mainSteps[0]?.isCritical).toBe(false);
    expect(associationOf(json)).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      WaitForSuccessTimeoutSeconds: 600,
      DocumentVersion: '$LATEST',
    });
  });

  test('is the content that CodeCommit takes, with the number that the settings give, one unless they do', () => {
    const three = jsonOf(delivery({ repository: { ...DELIVERY.repository, approvals: 3 } }));
    expect(associationOf(json).Parameters).toMatchObject({ Approvals: ['1'] });
    expect(associationOf(three).Parameters).toMatchObject({ Approvals: ['3'] });
    // Only the parameter differs, so the number takes effect when it changes, and the daily run keeps it.
    expect(runbookOf(three)).toEqual(runbookOf(json));
    const [, update, create] = runbookOf(three).mainSteps;
    for (const content of [
      update && filledIn(update, '3').newRuleContent,
      create && filledIn(create, '3').approvalRuleTemplateContent,
    ]) {
      // As in the examples of the AWS CLI, codecommit create-approval-rule-template, where a pool of approvers is named, too.
      expect(JSON.parse(content ?? '')).toEqual({
        Version: '2018-11-08',
        DestinationReferences: ['refs/heads/main'],
        Statements: [{ Type: 'Approvers', NumberOfApprovalsNeeded: 3 }],
      });
    }
  });

  test('takes the numbers of the settings as its parameter, and no text', () => {
    const pattern = new RegExp(runbookOf(json).parameters.Approvals?.allowedPattern ?? '');
    for (const number of ['1', '5']) expect(number).toMatch(pattern);
    for (const text of ['0', '', '1,2', '{{ x }}', '10']) expect(text).not.toMatch(pattern);
  });

  test('calls CodeCommit by names that its SDK knows', async () => {
    const commands = codecommit as unknown as Record<string, new (input: object) => never>;
    for (const step of runbookOf(json).mainSteps) {
      const { Service, Api, ...input } = filledIn(step, '1');
      expect(Service).toBe('codecommit');
      const Command = commands[`${Api ?? ''}Command`];
      if (Command === undefined) throw new Error(`there is no ${Api ?? ''}`);
      expect(await bodyOf(new Command(input))).toEqual(input);
    }
  });

  test('is run after the pipeline is there: its role can be assumed by then', () => {
    const association = one(json, 'AWS::SSM::Association')[1] as { DependsOn?: string[] };
    expect(association.DependsOn).toContainEqual(expect.stringMatching(/^Pipeline/));
  });
});

/** What the SDK would send. It leaves out what its model does not know. */
async function bodyOf(command: never): Promise<unknown> {
  let sent = '';
  const client = new codecommit.CodeCommitClient({
    region: REGION,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: {
      handle: (request: { body: Uint8Array }) => {
        sent = new TextDecoder().decode(request.body);
        return Promise.reject(new Error('sent'));
      },
    },
    maxAttempts: 1,
  });
  await expect(client.send(command)).rejects.toThrow('sent');
  return JSON.parse(sent);
}
