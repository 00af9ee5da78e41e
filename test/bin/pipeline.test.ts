import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/pipeline';
import { call } from '../support/call';
import { runTs, type Finished } from '../support/run';

const pipeline = (...args: string[]): Promise<Finished> => call('pipeline', main, args);

test('explains the pipeline of an environment, as a process', async () => {
  const { code, stdout, stderr } = await runTs('bin/pipeline.ts', ['explain', 'prod']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n\nTrigger')[0]).toMatchInlineSnapshot(`
    "Starts when main of prod-web changes. Of changes that wait for a stage only the newest goes on.

    stage     action                   does                                         takes                      gives         role
    --------  -----------------------  -------------------------------------------  -------------------------  ------------  ----------
    Source    Source/CodeCommit        prod-web, branch main; by event, not polled  –                          SourceOutput  Source
    Build     Build/CodeBuild          project prod-delivery-Build                  SourceOutput               BuildOutput   BuildStart
    Test      Test/CodeBuild           project prod-delivery-Test                   SourceOutput, BuildOutput  –             TestStart
    Approval  Approval/Manual          waits for a person, 7 days at most           –                          –             Pipeline
    Deploy    Deploy/ElasticBeanstalk  prod-web-3755de; rolled back if it fails     BuildOutput                –             Deploy

    Pipeline: runs the pipeline of prod (codepipeline.amazonaws.com)
      may   sts:AssumeRole
         on arn:aws:iam::ACCOUNT:role/SOURCE_ROLE
         on arn:aws:iam::ACCOUNT:role/BUILDSTART_ROLE
         on arn:aws:iam::ACCOUNT:role/TESTSTART_ROLE
         on arn:aws:iam::ACCOUNT:role/DEPLOY_ROLE
      may   sns:Publish
         on arn:aws:sns:ap-northeast-1:ACCOUNT:TOPIC
      may   kms:Decrypt, DescribeKey, GenerateDataKey
         on arn:aws:kms:ap-northeast-1:ACCOUNT:key/TOPIC_KEY
         if kms:ViaService StringEquals sns.ap-northeast-1.amazonaws.com
      may   s3:GetBucketAcl, GetBucketLocation, GetBucketVersioning
         on arn:aws:s3:::ARTIFACTS
      may   s3:GetObject, GetObjectVersion
         on arn:aws:s3:::ARTIFACTS/*
        why CodePipeline makes up the keys of artifacts; the bucket belongs to this one pipeline
      may   s3:PutObject
         on arn:aws:s3:::ARTIFACTS/*
        why CodePipeline makes up the keys of artifacts; the bucket belongs to this one pipeline
      may   kms:Decrypt, DescribeKey, GenerateDataKey
         on arn:aws:kms:ap-northeast-1:ACCOUNT:key/KEY
         if kms:ViaService StringEquals s3.ap-northeast-1.amazonaws.com"
  `);
  // Everybody, in the order in which they act.
  expect(stdout.match(/^[A-Z]\w+(?=: )/gm)).toEqual([
    'Pipeline',
    'Trigger',
    'Source',
    'BuildStart',
    'Build',
    'TestStart',
    'Test',
    'Deploy',
    'ApprovalRule',
    'Contributors',
  ]);
  expect(stdout).toContain(
    '  never codecommit:DeleteRepository, UpdateRepositoryName\n     on arn:aws:codecommit:ap-northeast-1:ACCOUNT:prod-web',
  );
});

test('dev asks nobody, and has main unprotected', async () => {
  const { stdout } = await pipeline('explain', 'dev');
  expect(stdout).not.toMatch(/Manual|refs\/heads\/main|sns:Publish/);
});

test('explains it to programs', async () => {
  const { stdout } = await pipeline('explain', 'prod', '--json');
  const { stages, permitted } = JSON.parse(stdout) as {
    stages: { name: string }[];
    permitted: { name: string; permissions: object[] }[];
  };
  expect(stages.map(({ name }) => name)).toEqual(['Source', 'Build', 'Test', 'Approval', 'Deploy']);
  expect(stages[4]).toMatchObject({
    provider: 'ElasticBeanstalk',
    inputs: ['BuildOutput'],
    rollsBack: true,
    role: 'Deploy',
  });
  expect(permitted.find(({ name }) => name === 'Trigger')?.permissions).toEqual([
    {
      actions: ['codepipeline:StartPipelineExecution'],
      resources: ['arn:aws:codepipeline:ap-northeast-1:ACCOUNT:PIPELINE'],
    },
  ]);
});

test('draws it', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'pipeline-')), 'prod.svg');
  const { code } = await pipeline('explain', 'prod', '--svg', file);
  expect(code).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/^<svg [^]*<title id="title">Pipeline of prod<\/title>[^]*<\/svg>\n$/);
});

test.each<[string, string[], number, RegExp]>([
  ['no command', [], 2, /say what to do: explain/],
  ['an unknown command', ['show'], 2, /unknown command "show"; use one of: explain/],
  ['no environment', ['explain'], 2, /missing required argument "environment"/],
  ['two environments', ['explain', 'dev,prod'], 2, /dev,prod: name one environment/],
  ['an unknown environment', ['explain', 'prd'], 1, /environment: "prd" is not an environment; did you mean "prod"/],
  ['an unknown option', ['explain', 'dev', '--jsn'], 2, /--jsn/],
  [
    'a picture in no folder',
    ['explain', 'dev', '--svg', '/nowhere/x.svg'],
    1,
    /--svg: "\/nowhere\/x.svg" cannot be written/,
  ],
])('refuses %s', async (_, args, expected, message) => {
  const { code, stdout, stderr } = await pipeline(...args);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(message);
});

test('--help says what there is', async () => {
  const { code, stdout } = await pipeline('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}explain \[options\] <environment> /m);
});
