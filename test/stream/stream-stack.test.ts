import { Match, type Template } from 'aws-cdk-lib/assertions';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { formatProblem } from '../../lib/foundation/problem';
import { streamProblems } from '../../lib/stream/stream-problems';
import type { StreamStack } from '../../lib/stream/stream-stack';
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
  stream: {
    buffer: { seconds: 300, mebibytes: 64 },
    expirationDays: 400,
    logs: { retentionDays: 90 },
    producers: { users: ['app'], groups: ['producers'], roles: ['App'] },
  },
};

function stream(change: object = {}): StreamStack {
  const stack = synthesize({ ...BASE, stream: { ...BASE.stream, ...change } as EnvironmentInput['stream'] }).stream;
  if (stack === undefined) throw new Error('no Stream stack');
  return stack;
}

const STREAM = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/test-stream`;
const BUCKET = 'arn:aws:s3:::test-stream-bucket';
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0f1e2d3c`;
const LOG_GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:test-Stream-DeliveryLog-1`;
const ARNS: Arns = { DeliveryStream: STREAM, StorageBucket: BUCKET, Key: KEY, DeliveryLog: `${LOG_GROUP}:*` };

let template: Template;
let json: TemplateJson;

beforeAll(() => {
  const stack = stream();
  template = templateOf(stack);
  json = jsonOf(stack);
});

test('delivers to S3: encrypted, compressed, a record to a line, in folders of the day in Japan', () => {
  template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfigurationInput: {
      KeyType: 'CUSTOMER_MANAGED_CMK',
      KeyARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    },
    ExtendedS3DestinationConfiguration: {
      CompressionFormat: 'GZIP',
      CustomTimeZone: 'Asia/Tokyo',
      Prefix: 'data/!{timestamp:yyyy/MM/dd/HH}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
      BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 64 },
      ProcessingConfiguration: { Enabled: true, Processors: [Match.objectLike({ Type: 'AppendDelimiterToRecord' })] },
      CloudWatchLoggingOptions: Match.objectLike({ Enabled: true }),
      DynamicPartitioningConfiguration: Match.absent(),
    },
  });
});

test('sorts by a key where asked to', () => {
  templateOf(stream({ partitionKey: 'tenant' })).hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    ExtendedS3DestinationConfiguration: {
      DynamicPartitioningConfiguration: Match.objectLike({ Enabled: true }),
      Prefix: 'data/tenant=!{partitionKeyFromQuery:tenant}/!{timestamp:yyyy/MM/dd/HH}/',
      ProcessingConfiguration: {
        Processors: [
          {
            Type: 'MetadataExtraction',
            Parameters: Match.arrayWith([
              { ParameterName: 'MetadataExtractionQuery', ParameterValue: '{"tenant":.tenant}' },
            ]),
          },
          Match.objectLike({ Type: 'AppendDelimiterToRecord' }),
        ],
      },
    },
  });
});

test('partitioning is switched on by another stream, because AWS cannot switch it on in one that exists', () => {
  const id = (of: StreamStack): string | undefined =>
    resourcesOfType(jsonOf(of), 'AWS::KinesisFirehose::DeliveryStream')[0]?.[0];
  const [plain, byTenant, byUser] = [
    stream(),
    stream({ partitionKey: 'tenant' }),
    stream({ partitionKey: 'user' }),
  ].map(id);
  expect(plain).not.toBe(byTenant);
  expect(byUser).toBe(byTenant);
});

test('the bucket: private, TLS only, versioned, logged, kept', () => {
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }),
        ],
      },
      LoggingConfiguration: Match.objectLike({ DestinationBucketName: Match.anyValue() }),
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            ExpirationInDays: 400,
            Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }],
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          }),
        ],
      },
    },
  });
  const denials = resourcesOfType(json, 'AWS::S3::BucketPolicy').map(([, { Properties }]) =>
    JSON.stringify(Properties),
  );
  expect(denials).toHaveLength(2);
  for (const policy of denials) expect(policy).toContain('"aws:SecureTransport":"false"');
});

test.each([
  ['DeliveryToS3.DataFreshness', 'GreaterThanThreshold', 900],
  ['ThrottledRecords', 'GreaterThanThreshold', 0],
  ['DeliveryToS3.Success', 'LessThanThreshold', 1],
])('an alarm on %s', (MetricName, ComparisonOperator, Threshold) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Firehose',
    MetricName,
    ComparisonOperator,
    Threshold,
    Dimensions: [{ Name: 'DeliveryStreamName', Value: { Ref: Match.stringLikeRegexp('^DeliveryStream') } }],
  });
});

test('Firehose uses the delivery role for streams of this account only', () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'firehose.amazonaws.com' },
          Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'AWS::AccountId' } } },
        },
      ],
      Version: '2012-10-17',
    },
  });
  template.resourceCountIs('AWS::IAM::Role', 1);
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('producers are attached by name, and no access key is made', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Users: ['app'], Groups: ['producers'], Roles: ['App'] });
  template.resourceCountIs('AWS::IAM::AccessKey', 0);
  template.resourceCountIs('AWS::IAM::User', 0);
});

describe('a producer', () => {
  const other = (region: string, account: string, name: string): string =>
    `arn:aws:firehose:${region}:${account}:deliverystream/${name}`;
  test.each<[string, string, boolean]>([
    ['firehose:PutRecord', STREAM, true],
    ['firehose:PutRecordBatch', STREAM, true],
    ['firehose:PutRecord', other(REGION, ACCOUNT, 'prod-stream'), false],
    ['firehose:PutRecord', other(REGION, ACCOUNT, 'test-stream-2'), false],
    ['firehose:PutRecordBatch', other('us-east-1', ACCOUNT, 'test-stream'), false],
    ['firehose:PutRecord', other(REGION, '444455556666', 'test-stream'), false],
    ['firehose:DescribeDeliveryStream', STREAM, false],
    ['firehose:DeleteDeliveryStream', STREAM, false],
    ['firehose:UpdateDestination', STREAM, false],
    ['firehose:StopDeliveryStreamEncryption', STREAM, false],
    ['s3:GetObject', `${BUCKET}/data/2026/11/23/09/x.gz`, false],
    ['kms:Decrypt', KEY, false],
  ])('%s on %s: %p', async (action, resource, allowed) => {
    const decision = await decide(
      policiesOf(json, 'ProducersPolicy', ARNS),
      { action, resource },
      keyPolicyOf(json, ARNS),
    );
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });

  test.each([
    ['another stream', other(REGION, ACCOUNT, 'prod-stream')],
    ['another region', other('us-east-1', ACCOUNT, 'test-stream')],
    ['another account', other(REGION, '444455556666', 'test-stream')],
  ])('with a policy that names %s is denied: the failure of old guides', async (_, named) => {
    const policies = policiesOf(json, 'ProducersPolicy', { ...ARNS, DeliveryStream: named });
    expect(await decide(policies, { action: 'firehose:PutRecord', resource: STREAM })).toBe('ImplicitlyDenied');
  });
});

describe('delivery', () => {
  // The actions of AWS's page, which grants them all on the whole bucket: "Grant Firehose access to an Amazon S3 destination",
  // https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html, read on 25 November 2026.
  const OBJECT_ACTIONS = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'];
  const BUCKET_ACTIONS = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
  const VIA_S3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };
  test.each<[string, string, Record<string, string>, boolean]>([
    ...OBJECT_ACTIONS.flatMap((action): [string, string, Record<string, string>, boolean][] => [
      [action, `${BUCKET}/data/2026/11/25/09/x.gz`, {}, true],
      [action, `${BUCKET}/data/tenant=a/2026/11/25/09/x.gz`, {}, true],
      [action, `${BUCKET}/errors/processing-failed/2026/11/25/09/x.gz`, {}, true],
      [action, `${BUCKET}/x.gz`, {}, false],
      [action, `${BUCKET}/database/x.gz`, {}, false],
      [action, `${BUCKET}/access/x.gz`, {}, false],
      [action, 'arn:aws:s3:::another-bucket/data/x.gz', {}, false],
    ]),
    ...BUCKET_ACTIONS.flatMap((action): [string, string, Record<string, string>, boolean][] => [
      [action, BUCKET, {}, true],
      [action, 'arn:aws:s3:::another-bucket', {}, false],
    ]),
    ['s3:DeleteObject', `${BUCKET}/data/x.gz`, {}, false],
    ['s3:PutObjectAcl', `${BUCKET}/data/x.gz`, {}, false],
    ['kms:GenerateDataKey', KEY, VIA_S3, true],
    ['kms:Decrypt', KEY, VIA_S3, true],
    ['kms:GenerateDataKey', KEY, {}, false],
    ['kms:GenerateDataKey', `arn:aws:kms:${REGION}:${ACCOUNT}:key/another`, VIA_S3, false],
    ['logs:PutLogEvents', `${LOG_GROUP}:log-stream:S3Delivery`, {}, true],
    ['logs:CreateLogGroup', LOG_GROUP, {}, false],
    ['lambda:InvokeFunction', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:any`, {}, false],
  ])('%s on %s with %j: %p', async (action, resource, context, allowed) => {
    const decision = await decide(
      policiesOf(json, 'DeliveryRole', ARNS),
      { action, resource, context },
      keyPolicyOf(json, ARNS),
    );
    expect(decision).toBe(allowed ? 'Allowed' : 'ImplicitlyDenied');
  });
});

test('delivery may write under every prefix that a stream has, and under nothing else', () => {
  const [destination, partitioned] = [json, jsonOf(stream({ partitionKey: 'tenant' }))].map(
    (of) => resourcesOfType(of, 'AWS::KinesisFirehose::DeliveryStream')[0]?.[1].Properties,
  );
  const prefixes = [destination, partitioned].flatMap((properties) => {
    const { Prefix, ErrorOutputPrefix } = properties?.ExtendedS3DestinationConfiguration as Record<string, string>;
    return [Prefix, ErrorOutputPrefix];
  });
  // What stands before the first expression that Firehose evaluates, or before a partition.
  const folders = prefixes.map((prefix) => /^[^=!]*\//.exec(prefix ?? '')?.[0]);
  const granted = policiesOf(json, 'DeliveryRole', ARNS)
    .flatMap(({ Statement }) => Statement as { Action: string | string[]; Resource: string | string[] }[])
    .filter(({ Action }) => [Action].flat().includes('s3:PutObject'))
    .flatMap(({ Resource }) => Resource);
  expect(granted.sort()).toEqual([...new Set(folders)].map((folder) => `${BUCKET}/${folder ?? ''}*`).sort());
});

describe('settings', () => {
  const messages = (change: object): string[] =>
    streamProblems({ ...BASE.stream, ...change }, 'dev').map(formatProblem);

  test.each([
    ['a small buffer without partitions', { buffer: { seconds: 0, mebibytes: 1 } }],
    ['a large one with', { buffer: { seconds: 60, mebibytes: 64 }, partitionKey: 'tenant' }],
  ])('accept %s', (_, change) => {
    expect(messages(change)).toEqual([]);
  });

  test('refuse partitions with a small buffer', () => {
    expect(messages({ buffer: { seconds: 30, mebibytes: 5 }, partitionKey: 'tenant' })).toEqual([
      'dev.stream.buffer.mebibytes: 5 is too little for partitionKey, which needs 64 or more; raise it to 64, or remove partitionKey',
      'dev.stream.buffer.seconds: 30 is too little for partitionKey, which needs 60 or more; raise it to 60, or remove partitionKey',
    ]);
  });
});
