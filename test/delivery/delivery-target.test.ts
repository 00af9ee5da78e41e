import { AwsSolutionsChecks } from 'cdk-nag/lib/packs/aws-solutions';
import type { EnvironmentStacks } from '../../lib/environments/create-environment';
import { ACCOUNT as SITE_ACCOUNT, decide, policiesOf, REGION, resolve, type Arns } from '../support/iam';
import { jsonOf, resourcesOfType, synthesize, type TemplateJson } from '../support/synthesize';
import { DELIVERY, SITE } from './support';

/** The pipeline stands here, and the site in the account that the simulation takes for its own. */
const PIPELINE_ACCOUNT = '444455556666';
const BUCKET_NAME = `test-delivery-${PIPELINE_ACCOUNT}-${REGION}`;
const BUCKET = `arn:aws:s3:::${BUCKET_NAME}`;
const PIPELINE_ROLE = `arn:aws:iam::${PIPELINE_ACCOUNT}:role/test-delivery-pipeline`;
const DEPLOY_ROLE = `arn:aws:iam::${SITE_ACCOUNT}:role/test-delivery-deploy`;
const KEY = `arn:aws:kms:${REGION}:${PIPELINE_ACCOUNT}:key/0f1e2d3c`;

let stacks: EnvironmentStacks;
let pipeline: TemplateJson;
let target: TemplateJson;

beforeAll(() => {
  stacks = synthesize({
    ...SITE,
    account: PIPELINE_ACCOUNT,
    delivery: { ...DELIVERY, targetAccount: SITE_ACCOUNT },
  });
  if (stacks.delivery === undefined || stacks.deliveryTarget === undefined) throw new Error('a stack is missing');
  pipeline = jsonOf(stacks.delivery);
  target = jsonOf(stacks.deliveryTarget);
});

const ARNS: Arns = { ArtifactsBucket: BUCKET, Key: KEY };

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal: { readonly AWS?: string };
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of the pipeline's account that let the account of the site in. */
function admissions(type: string, property: string): Statement[] {
  return resourcesOfType(pipeline, type)
    .filter(([id]) => !id.includes('AccessLogs'))
    .flatMap(([, { Properties }]) => (resolve(Properties?.[property], ARNS) as { Statement: Statement[] }).Statement)
    .filter(({ Principal }) => Principal.AWS?.includes(SITE_ACCOUNT));
}

test('the pipeline stands in its account, and everything else in the account of the site', () => {
  const { delivery, deliveryTarget, network, web, access, firewall } = stacks;
  expect(delivery?.account).toBe(PIPELINE_ACCOUNT);
  for (const stack of [deliveryTarget, network, web, access, firewall]) expect(stack?.account).toBe(SITE_ACCOUNT);
});

/** The stacks whose outputs a template reads. */
function referredTo(template: TemplateJson): string[] {
  const outputs = JSON.stringify(template).matchAll(/"StackName":"([\w-]+)"/g);
  return [...new Set([...outputs].map(([, name = '']) => name))];
}

test('neither refers to the other: either can be deployed first', () => {
  expect(stacks.delivery?.dependencies.map(({ stackName }) => stackName)).toEqual(['test-PipelineNotices']);
  expect(stacks.pipelineNotices?.account).toBe(PIPELINE_ACCOUNT);
  expect(referredTo(pipeline)).toEqual(['test-PipelineNotices']);
  expect(stacks.deliveryTarget?.dependencies.map(({ stackName }) => stackName)).not.toContain('test-Delivery');
  expect(referredTo(target)).toEqual(['test-Web']);
});

test('the deploy action acts under the role of the other account, by the name that is known in both', () => {
  const [, resource] = resourcesOfType(pipeline, 'AWS::CodePipeline::Pipeline')[0] ?? [];
  const stages = resource?.Properties?.Stages as { Name: string; Actions: { RoleArn: unknown }[] }[];
  expect(stages.find(({ Name }) => Name === 'Deploy')?.Actions[0]?.RoleArn).toBe(DEPLOY_ROLE);
  const assumed = policiesOf(pipeline, 'RunnerPermissions', {
    ...ARNS,
    Actions: 'arn:aws:iam::444455556666:role/action',
    NoticesTopic: `arn:aws:sns:${REGION}:${PIPELINE_ACCOUNT}:topic`,
    NoticesKey: `arn:aws:kms:${REGION}:${PIPELINE_ACCOUNT}:key/notices`,
  });
  expect(JSON.stringify(assumed)).toContain(DEPLOY_ROLE);
  // It is made in one account only.
  expect(resourcesOfType(pipeline, 'AWS::IAM::Role').map(([id]) => id)).not.toContainEqual(
    expect.stringMatching(/^ActionsDeploy/),
  );
  expect(resourcesOfType(target, 'AWS::IAM::Role').map(([, role]) => role.Properties?.RoleName)).toEqual([
    'test-delivery-deploy',
  ]);
});

test('only that pipeline may assume it', () => {
  const [, role] = resourcesOfType(target, 'AWS::IAM::Role')[0] ?? [];
  expect(role?.Properties?.AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${PIPELINE_ACCOUNT}:root` },
        Condition: { ArnEquals: { 'aws:PrincipalArn': PIPELINE_ROLE } },
      },
    ],
  });
  const names = resourcesOfType(pipeline, 'AWS::IAM::Role').map(([, { Properties }]) => Properties?.RoleName);
  expect(names).toContain('test-delivery-pipeline');
});

test('the bucket lets that role read, and nobody else of the account', () => {
  expect(resourcesOfType(pipeline, 'AWS::S3::Bucket').map(([, { Properties }]) => Properties?.BucketName)).toContain(
    BUCKET_NAME,
  );
  const statements = admissions('AWS::S3::BucketPolicy', 'PolicyDocument');
  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
    's3:GetBucketAcl',
    's3:GetBucketLocation',
    's3:GetBucketVersioning',
    's3:GetObject',
    's3:GetObjectVersion',
  ]);
  for (const { Condition } of statements) {
    expect(Condition).toEqual({ ArnEquals: { 'aws:PrincipalArn': DEPLOY_ROLE } });
  }
});

test('the key lets that role decrypt what it reads from S3', () => {
  expect(admissions('AWS::KMS::Key', 'KeyPolicy')).toEqual([
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${SITE_ACCOUNT}:root` },
      Action: ['kms:Decrypt', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': DEPLOY_ROLE },
        StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` },
      },
    },
  ]);
});

describe('the role in the account of the site', () => {
  /** Bucket and key admit it, as the tests above say: what is asked here is what its own policy says. */
  const DELEGATES = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: `arn:aws:iam::${SITE_ACCOUNT}:root` } },
    ],
  };
  test.each<[string, string, Record<string, string>, boolean]>([
    ['s3:GetObject', `${BUCKET}/pipeline/BuildOutpu/x`, {}, true],
    ['s3:PutObject', `${BUCKET}/pipeline/BuildOutpu/x`, {}, false],
    ['s3:GetObject', 'arn:aws:s3:::another/x', {}, false],
    ['kms:Decrypt', KEY, { 'kms:ViaService': `s3.${REGION}.amazonaws.com` }, true],
    ['kms:Decrypt', KEY, {}, false],
    [
      'kms:Decrypt',
      KEY.replace(PIPELINE_ACCOUNT, '777788889999'),
      { 'kms:ViaService': `s3.${REGION}.amazonaws.com` },
      false,
    ],
    [
      'elasticbeanstalk:CreateApplicationVersion',
      `arn:aws:elasticbeanstalk:${REGION}:${SITE_ACCOUNT}:applicationversion/test-web/v1`,
      {},
      true,
    ],
    [
      'elasticbeanstalk:CreateApplicationVersion',
      `arn:aws:elasticbeanstalk:${REGION}:${PIPELINE_ACCOUNT}:applicationversion/test-web/v1`,
      {},
      false,
    ],
    ['s3:PutObject', `arn:aws:s3:::elasticbeanstalk-${REGION}-${SITE_ACCOUNT}/bundle.zip`, {}, true],
    ['s3:PutObject', `arn:aws:s3:::elasticbeanstalk-${REGION}-${PIPELINE_ACCOUNT}/bundle.zip`, {}, false],
  ])('%s on %s with %j: %p', async (action, resource, context, allowed) => {
    const local = JSON.parse(
      JSON.stringify(target).replace(/\{"Fn::GetStackOutput":\{[^}]*\}\}/g, '"arn:aws:iam::111122223333:role/web"'),
    ) as TemplateJson;
    expect(await decide(policiesOf(local, 'DeployRole', ARNS), { action, resource, context }, DELEGATES)).toBe(
      allowed ? 'Allowed' : 'ImplicitlyDenied',
    );
  });
});

test('passes cdk-nag, although no environment here has it', () => {
  const checks = new AwsSolutionsChecks();
  for (const stack of [stacks.delivery, stacks.deliveryTarget]) {
    if (stack !== undefined) expect(checks.validateScope(stack).violations).toEqual([]);
  }
});
