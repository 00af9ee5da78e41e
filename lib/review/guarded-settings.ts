import { canonical } from './canonical';
import { display } from './display';
import { listOf, valueAt, type Fields } from './fields';
import { compareLifecycles } from './lifecycle-rules';

/** Whether a change of a setting takes protection away or adds some; `other`: counts as weaker. Undefined: neither, or it cannot be told. */
export type Strength = 'weaker' | 'stronger' | 'other' | undefined;

export interface GuardedSetting {
  /** From `Properties`, with dots. */
  readonly path: string;
  readonly compare: (before: unknown, after: unknown) => Strength;
  /** Completes "…: " in either direction: `encryption with a key`. */
  readonly protects: string;
  /**
   * What happens if it gets weaker. `retention`: what is older is deleted. `deletes`: the service deletes by itself. `data`:
   * data, or what it could be restored from, goes. `protection`: nothing yet, but nothing stops the next deletion. None of
   * these: it opens or weakens.
   */
  readonly kind?: 'retention' | 'deletes' | 'data' | 'protection';
  /** Where only the service can tell what a change of the setting does. */
  readonly certainty?: 'may';
}

/** Protection is on while the setting has this value. */
function on(value: string): GuardedSetting['compare'] {
  return (before, after) => towards((given) => (canonical(given) === canonical(value) ? 1 : 0), before, after);
}

/** Protection is off while the setting has this value. */
function off(value: string): GuardedSetting['compare'] {
  return (before, after) => towards((given) => (canonical(given) === canonical(value) ? 0 : 1), before, after);
}

/** Protection is there while there is a setting at all. */
const set: GuardedSetting['compare'] = (before, after) =>
  towards((value) => (value === undefined || value === null ? 0 : 1), before, after);

/** Another one may protect less: which does is in another template, or in the account. */
const setOrOther: GuardedSetting['compare'] = (before, after) =>
  before !== undefined && after !== undefined ? 'other' : set(before, after);

/** The greater the number, the better. @param missing what the service takes if there is none */
function atLeast(missing: number): GuardedSetting['compare'] {
  return (before, after) => towards((value) => (value === undefined ? missing : Number(value)), before, after);
}

function towards(rank: (value: unknown) => number, before: unknown, after: unknown): Strength {
  const [old, now] = [rank(before), rank(after)];
  if (Number.isNaN(old) || Number.isNaN(now) || old === now) return undefined;
  return now < old ? 'weaker' : 'stronger';
}

/** Items expire: the service deletes them by itself. */
const timeToLive: GuardedSetting['compare'] = (before, after) => {
  const [old, now] = [before, after].map((value) => canonical(valueAt(value, 'Enabled')) === canonical('true'));
  if (old !== now) return now === true ? 'weaker' : 'stronger';
  const attribute = (value: unknown): string => canonical(valueAt(value, 'AttributeName'));
  return now === true && attribute(before) !== attribute(after) ? 'weaker' : undefined;
};

/** Rules that delete; whether other rules delete more, only their service can tell. */
const deletingRules: GuardedSetting['compare'] = (before, after) => {
  if (canonical(before) === canonical(after)) return undefined;
  return after === undefined ? 'stronger' : 'weaker';
};

/** The longer objects are locked, the better; without a lock, worst. */
const objectLock: GuardedSetting['compare'] = (before, after) =>
  towards(
    (value) => {
      if (value === undefined) return 0;
      const { Days: days = 0, Years: years = 0 } = (valueAt(value, 'Rule.DefaultRetention') ?? {}) as Fields;
      return 1 + Number(days) + Number(years) * 365;
    },
    before,
    after,
  );

const lostReplicas: GuardedSetting['compare'] = (before, after) => {
  const [old, now] = [before, after].map((list) => listOf(list).map((each) => canonical(valueAt(each, 'Region'))));
  if (old?.some((region) => now?.includes(region) !== true) === true) return 'weaker';
  return now?.some((region) => old?.includes(region) !== true) === true ? 'stronger' : undefined;
};

/** Of replicas that stay. */
function onInReplicas(path: string): GuardedSetting['compare'] {
  return (before, after) => {
    const [old, now] = [before, after].map(
      (list) =>
        new Map(
          listOf(list).map((each) => [
            canonical(valueAt(each, 'Region')),
            canonical(valueAt(each, path)) === canonical('true'),
          ]),
        ),
    );
    if (old === undefined || now === undefined) return undefined;
    if ([...old].some(([region, isOn]) => isOn && now.get(region) === false)) return 'weaker';
    return [...now].some(([region, isOn]) => isOn && old.get(region) === false) ? 'stronger' : undefined;
  };
}

const ENCRYPTION = 'encryption';
const OWN_KEY = 'encryption with a key of your own';
const DELETION_PROTECTION = 'protection against deletion';
const NEVER = Infinity;

/**
 * Settings whose change to the worse a reviewer must see: access, encryption, versions, logs, retention. Sources: the
 * pages of the types in the CloudFormation Template Reference, November 2026; what a missing value means is from there.
 */
export const GUARDED_SETTINGS: Readonly<Record<string, readonly GuardedSetting[]>> = {
  'AWS::ApiGateway::Method': [{ path: 'AuthorizationType', compare: off('NONE'), protects: 'authorization' }],
  'AWS::ApiGatewayV2::Route': [{ path: 'AuthorizationType', compare: off('NONE'), protects: 'authorization' }],
  'AWS::CloudFront::Distribution': [
    {
      path: 'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
      compare: off('allow-all'),
      protects: 'HTTPS only',
    },
    { path: 'DistributionConfig.WebACLId', compare: set, protects: 'the web ACL' },
    { path: 'DistributionConfig.Logging', compare: set, protects: 'the access log' },
  ],
  'AWS::CloudTrail::Trail': [
    { path: 'IsLogging', compare: on('true'), protects: 'the audit log' },
    { path: 'IsMultiRegionTrail', compare: on('true'), protects: 'the audit log of every region' },
    { path: 'EnableLogFileValidation', compare: on('true'), protects: 'validation of log files' },
    { path: 'KMSKeyId', compare: set, protects: OWN_KEY },
  ],
  'AWS::CodeBuild::Project': [
    { path: 'Environment.PrivilegedMode', compare: off('true'), protects: 'unprivileged builds' },
  ],
  'AWS::Cognito::UserPool': [
    {
      path: 'MfaConfiguration',
      compare: (before, after) =>
        towards((value) => ['OFF', 'OPTIONAL', 'ON'].indexOf(display(value ?? 'OFF')), before, after),
      protects: 'multi-factor authentication',
    },
    { path: 'DeletionProtection', compare: on('ACTIVE'), protects: DELETION_PROTECTION, kind: 'protection' },
  ],
  'AWS::DocDB::DBCluster': [
    { path: 'DeletionProtection', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
    { path: 'BackupRetentionPeriod', compare: atLeast(1), protects: 'backups', kind: 'retention' },
  ],
  'AWS::DSQL::Cluster': [
    { path: 'DeletionProtectionEnabled', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
  ],
  'AWS::DynamoDB::GlobalTable': [
    { path: 'Replicas', compare: lostReplicas, protects: 'a replica with its items', kind: 'data' },
    {
      path: 'Replicas',
      compare: onInReplicas('DeletionProtectionEnabled'),
      protects: DELETION_PROTECTION,
      kind: 'protection',
    },
    {
      path: 'Replicas',
      compare: onInReplicas('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'),
      protects: 'point-in-time recovery',
      kind: 'data',
    },
    { path: 'TimeToLiveSpecification', compare: timeToLive, protects: 'items', kind: 'deletes' },
    { path: 'SSESpecification.SSEEnabled', compare: on('true'), protects: OWN_KEY },
  ],
  'AWS::DynamoDB::Table': [
    { path: 'DeletionProtectionEnabled', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
    {
      path: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
      compare: on('true'),
      protects: 'point-in-time recovery',
      kind: 'data',
    },
    { path: 'TimeToLiveSpecification', compare: timeToLive, protects: 'items', kind: 'deletes' },
    { path: 'SSESpecification.SSEEnabled', compare: on('true'), protects: OWN_KEY },
  ],
  'AWS::EC2::Instance': [
    { path: 'MetadataOptions.HttpTokens', compare: on('required'), protects: 'IMDSv2 only' },
    {
      path: 'DisableApiTermination',
      compare: on('true'),
      protects: 'protection against termination',
      kind: 'protection',
    },
  ],
  'AWS::EC2::LaunchTemplate': [
    { path: 'LaunchTemplateData.MetadataOptions.HttpTokens', compare: on('required'), protects: 'IMDSv2 only' },
  ],
  'AWS::EC2::Subnet': [{ path: 'MapPublicIpOnLaunch', compare: off('true'), protects: 'private addresses by default' }],
  'AWS::EC2::Volume': [{ path: 'Encrypted', compare: on('true'), protects: ENCRYPTION }],
  'AWS::ECR::Repository': [
    { path: 'ImageTagMutability', compare: on('IMMUTABLE'), protects: 'tags that cannot be overwritten' },
    { path: 'ImageScanningConfiguration.ScanOnPush', compare: on('true'), protects: 'scanning of images' },
    { path: 'LifecyclePolicy', compare: deletingRules, protects: 'images', kind: 'deletes', certainty: 'may' },
  ],
  'AWS::EFS::FileSystem': [
    { path: 'Encrypted', compare: on('true'), protects: ENCRYPTION },
    { path: 'BackupPolicy.Status', compare: on('ENABLED'), protects: 'backups', kind: 'data' },
  ],
  'AWS::EKS::Cluster': [
    {
      path: 'ResourcesVpcConfig.EndpointPublicAccess',
      compare: on('false'),
      protects: 'a private interface',
    },
  ],
  'AWS::ElastiCache::ReplicationGroup': [
    { path: 'TransitEncryptionEnabled', compare: on('true'), protects: 'encryption in transit' },
    { path: 'AtRestEncryptionEnabled', compare: on('true'), protects: ENCRYPTION },
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    {
      path: 'Protocol',
      compare: (before, after) => towards((value) => (/^(HTTPS|TLS)$/.test(String(value)) ? 1 : 0), before, after),
      protects: 'TLS',
    },
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    { path: 'Scheme', compare: on('internal'), protects: 'isolation from the internet' },
  ],
  'AWS::GuardDuty::Detector': [{ path: 'Enable', compare: on('true'), protects: 'detection of threats' }],
  'AWS::IAM::Role': [{ path: 'PermissionsBoundary', compare: setOrOther, protects: 'the permissions boundary' }],
  'AWS::IAM::User': [{ path: 'PermissionsBoundary', compare: setOrOther, protects: 'the permissions boundary' }],
  'AWS::KMS::Key': [
    { path: 'EnableKeyRotation', compare: on('true'), protects: 'yearly rotation of the key' },
    { path: 'PendingWindowInDays', compare: atLeast(30), protects: 'the waiting period before the key is deleted' },
    { path: 'Enabled', compare: off('false'), protects: 'use of the key' },
  ],
  'AWS::Kinesis::Stream': [
    { path: 'StreamEncryption', compare: set, protects: ENCRYPTION },
    { path: 'RetentionPeriodHours', compare: atLeast(24), protects: 'records', kind: 'retention' },
  ],
  'AWS::KinesisFirehose::DeliveryStream': [
    { path: 'DeliveryStreamEncryptionConfigurationInput', compare: set, protects: ENCRYPTION },
  ],
  'AWS::Lambda::Url': [{ path: 'AuthType', compare: on('AWS_IAM'), protects: 'authorization' }],
  'AWS::Logs::LogGroup': [
    { path: 'RetentionInDays', compare: atLeast(NEVER), protects: 'log events', kind: 'retention' },
    { path: 'KmsKeyId', compare: set, protects: OWN_KEY },
  ],
  'AWS::Neptune::DBCluster': [
    { path: 'DeletionProtection', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
    { path: 'BackupRetentionPeriod', compare: atLeast(1), protects: 'backups', kind: 'retention' },
  ],
  'AWS::NeptuneGraph::Graph': [
    { path: 'DeletionProtection', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
  ],
  'AWS::OpenSearchService::Domain': [
    { path: 'EncryptionAtRestOptions.Enabled', compare: on('true'), protects: ENCRYPTION },
    { path: 'NodeToNodeEncryptionOptions.Enabled', compare: on('true'), protects: 'encryption between nodes' },
    { path: 'DomainEndpointOptions.EnforceHTTPS', compare: on('true'), protects: 'HTTPS only' },
  ],
  'AWS::RDS::DBCluster': [
    { path: 'DeletionProtection', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
    { path: 'StorageEncrypted', compare: on('true'), protects: ENCRYPTION },
    { path: 'BackupRetentionPeriod', compare: atLeast(1), protects: 'backups', kind: 'retention' },
  ],
  'AWS::RDS::DBInstance': [
    { path: 'DeletionProtection', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
    { path: 'StorageEncrypted', compare: on('true'), protects: ENCRYPTION },
    { path: 'PubliclyAccessible', compare: off('true'), protects: 'isolation from the internet' },
    { path: 'BackupRetentionPeriod', compare: atLeast(1), protects: 'backups', kind: 'retention' },
  ],
  'AWS::RDS::GlobalCluster': [
    { path: 'DeletionProtection', compare: on('true'), protects: DELETION_PROTECTION, kind: 'protection' },
  ],
  'AWS::Redshift::Cluster': [
    { path: 'Encrypted', compare: on('true'), protects: ENCRYPTION },
    { path: 'PubliclyAccessible', compare: off('true'), protects: 'isolation from the internet' },
  ],
  'AWS::S3::Bucket': [
    ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((setting) => ({
      path: `PublicAccessBlockConfiguration.${setting}`,
      compare: on('true'),
      protects: 'the block of public access',
    })),
    {
      path: 'AccessControl',
      compare: (before, after) =>
        towards(
          (value) => (/^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(String(value)) ? 0 : 1),
          before,
          after,
        ),
      protects: 'a private access list',
    },
    { path: 'BucketEncryption', compare: encryptionOfBucket, protects: OWN_KEY },
    { path: 'VersioningConfiguration.Status', compare: on('Enabled'), protects: 'versioning' },
    { path: 'LoggingConfiguration', compare: set, protects: 'the access log' },
    { path: 'LifecycleConfiguration', compare: compareLifecycles, protects: 'objects', kind: 'retention' },
    { path: 'ObjectLockConfiguration', compare: objectLock, protects: 'the lock of objects', kind: 'protection' },
  ],
  'AWS::SNS::Topic': [{ path: 'KmsMasterKeyId', compare: set, protects: OWN_KEY }],
  'AWS::SQS::Queue': [
    { path: 'KmsMasterKeyId', compare: set, protects: OWN_KEY },
    { path: 'SqsManagedSseEnabled', compare: off('false'), protects: ENCRYPTION },
    { path: 'MessageRetentionPeriod', compare: atLeast(345_600), protects: 'messages', kind: 'retention' },
    { path: 'RedrivePolicy', compare: set, protects: 'the dead-letter queue' },
  ],
  'AWS::SecretsManager::Secret': [{ path: 'KmsKeyId', compare: set, protects: OWN_KEY }],
};

/** With a key of KMS or without: every bucket is encrypted with keys of S3. */
function encryptionOfBucket(before: unknown, after: unknown): Strength {
  return towards((value) => (/"aws:kms(:dsse)?"/.test(canonical(value)) ? 1 : 0), before, after);
}

/** Resources that protect others: without them, something is open. */
export const PROTECTORS: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': 'the audit log',
  'AWS::EC2::FlowLog': 'the log of network traffic',
  'AWS::GuardDuty::Detector': 'detection of threats',
  'AWS::SecretsManager::RotationSchedule': 'rotation of a secret',
  'AWS::WAFv2::LoggingConfiguration': "the log of a web ACL's decisions",
  'AWS::WAFv2::WebACL': 'a web ACL',
  'AWS::WAFv2::WebACLAssociation': 'the web ACL in front of a resource',
};
