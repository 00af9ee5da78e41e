import { ownEntry } from './fields';

/** A type of resource that holds what cannot be made anew from the template. */
export interface StatefulType {
  /** What is in it, for the sentence "… goes with it". */
  readonly holds: string;
  /** The property that names it. A resource with a name cannot be replaced while the name stays. */
  readonly name?: string;
  /** A property that makes CloudFormation's deletion fail while it has this value. */
  readonly protection?: { readonly property: string; readonly value: string };
  /** Whether it holds anything depends on what the template does not show. */
  readonly possibly?: true;
  /** What else a reviewer must know about its deletion. */
  readonly note?: string;
}

const PROTECTED = { property: 'DeletionProtection', value: 'true' } as const;
const PROTECTION_ENABLED = { property: 'DeletionProtectionEnabled', value: 'true' } as const;

/**
 * Sources, November 2026: the types that the resource specification calls stateful (`isStateful`, @aws-cdk/aws-service-spec
 * 0.1.216), and those that it leaves out although people lose data, keys, identities or addresses with them (CloudFormation
 * Template Reference, one page for each type).
 */
export const STATEFUL_TYPES: Readonly<Record<string, StatefulType>> = {
  'AWS::ACMPCA::CertificateAuthority': { holds: 'a key that certificates depend on' },
  'AWS::AmazonMQ::Broker': { holds: 'messages', name: 'BrokerName' },
  'AWS::Amplify::App': { holds: 'branches and domains' },
  'AWS::Backup::BackupVault': { holds: 'recovery points', name: 'BackupVaultName' },
  'AWS::Backup::LogicallyAirGappedBackupVault': { holds: 'recovery points', name: 'BackupVaultName' },
  'AWS::Cassandra::Table': { holds: 'rows', name: 'TableName' },
  'AWS::CertificateManager::Certificate': { holds: 'a validated certificate' },
  'AWS::CloudTrail::EventDataStore': { holds: 'events', name: 'Name' },
  'AWS::CodeArtifact::Repository': { holds: 'packages', name: 'RepositoryName' },
  'AWS::CodeCommit::Repository': { holds: 'commits', name: 'RepositoryName' },
  'AWS::Cognito::IdentityPool': { holds: 'identities' },
  'AWS::Cognito::UserPool': {
    holds: 'users and their passwords',
    protection: { property: 'DeletionProtection', value: 'ACTIVE' },
  },
  'AWS::Cognito::UserPoolUser': { holds: 'a user', name: 'Username' },
  'AWS::Connect::Instance': { holds: 'telephone numbers, flows and contacts' },
  'AWS::DirectConnect::Connection': {
    holds: 'a port that was ordered and patched, and bills until it is cancelled',
    note: 'another one is a new order, which waits for its cross connect',
  },
  'AWS::DirectConnect::DirectConnectGateway': { holds: 'associations and interfaces, that go down with it' },
  'AWS::DirectConnect::Lag': { holds: 'ports that were ordered and patched' },
  'AWS::DirectConnect::PrivateVirtualInterface': {
    holds: 'a session that routers on the other side are configured for',
  },
  'AWS::DirectConnect::PublicVirtualInterface': {
    holds: 'a session that routers on the other side are configured for',
  },
  'AWS::DirectConnect::TransitVirtualInterface': {
    holds: 'a session that routers on the other side are configured for',
  },
  'AWS::DSQL::Cluster': { holds: 'rows', protection: PROTECTION_ENABLED },
  'AWS::DocDB::DBCluster': { holds: 'documents', name: 'DBClusterIdentifier', protection: PROTECTED },
  'AWS::DocDB::DBInstance': { holds: 'an instance of a database', name: 'DBInstanceIdentifier' },
  'AWS::DocDBElastic::Cluster': { holds: 'documents', name: 'ClusterName' },
  'AWS::DynamoDB::GlobalTable': { holds: 'items', name: 'TableName' },
  'AWS::DynamoDB::Table': { holds: 'items', name: 'TableName', protection: PROTECTION_ENABLED },
  'AWS::EC2::EIP': { holds: 'a public address that others may have on their lists' },
  'AWS::EC2::Instance': { holds: 'what is on its own volumes', possibly: true },
  'AWS::EC2::KeyPair': { holds: 'a key pair', name: 'KeyName' },
  'AWS::EC2::VPNConnection': { holds: 'addresses and keys of tunnels that the device on the other side has' },
  'AWS::EC2::Volume': { holds: 'blocks' },
  'AWS::ECR::PublicRepository': {
    holds: 'images',
    name: 'RepositoryName',
    note: 'deletion fails while it holds images',
  },
  'AWS::ECR::Repository': { holds: 'images', name: 'RepositoryName', note: 'deletion fails while it holds images' },
  'AWS::EFS::FileSystem': { holds: 'files' },
  'AWS::EMR::Cluster': { holds: 'HDFS' },
  'AWS::ElastiCache::CacheCluster': { holds: 'cached items', name: 'ClusterName' },
  'AWS::ElastiCache::ReplicationGroup': { holds: 'cached items', name: 'ReplicationGroupId' },
  'AWS::ElastiCache::ServerlessCache': { holds: 'cached items', name: 'ServerlessCacheName' },
  'AWS::Elasticsearch::Domain': { holds: 'indexes', name: 'DomainName' },
  'AWS::Events::Archive': { holds: 'events', name: 'ArchiveName' },
  'AWS::FSx::FileSystem': { holds: 'files' },
  'AWS::FSx::Volume': { holds: 'files', name: 'Name' },
  'AWS::HealthLake::FHIRDatastore': { holds: 'health records', name: 'DatastoreName' },
  'AWS::IAM::AccessKey': { holds: 'a key in use somewhere' },
  'AWS::KMS::Key': {
    holds: 'the key: what it encrypts can then not be read',
    note: 'deleted after its waiting period of 7 to 30 days',
  },
  'AWS::KMS::ReplicaKey': { holds: 'the key: what it encrypts can then not be read here' },
  'AWS::Kendra::Index': { holds: 'an index', name: 'Name' },
  'AWS::Kinesis::Stream': { holds: 'records', name: 'Name' },
  'AWS::KinesisFirehose::DeliveryStream': {
    holds: 'records in its buffer, and a name that producers use',
    name: 'DeliveryStreamName',
  },
  'AWS::KinesisVideo::Stream': { holds: 'recordings', name: 'Name' },
  'AWS::Lightsail::Database': { holds: 'rows', name: 'RelationalDatabaseName' },
  'AWS::Lightsail::Disk': { holds: 'blocks', name: 'DiskName' },
  'AWS::Logs::LogGroup': { holds: 'log events', name: 'LogGroupName' },
  'AWS::MSK::Cluster': { holds: 'topics', name: 'ClusterName' },
  'AWS::MSK::ServerlessCluster': { holds: 'topics', name: 'ClusterName' },
  'AWS::MemoryDB::Cluster': { holds: 'items', name: 'ClusterName' },
  'AWS::Neptune::DBCluster': { holds: 'graphs', name: 'DBClusterIdentifier', protection: PROTECTED },
  'AWS::Neptune::DBInstance': { holds: 'an instance of a database', name: 'DBInstanceIdentifier' },
  'AWS::NeptuneGraph::Graph': { holds: 'a graph', name: 'GraphName', protection: PROTECTED },
  'AWS::OpenSearchServerless::Collection': { holds: 'indexes', name: 'Name' },
  'AWS::OpenSearchService::Domain': { holds: 'indexes', name: 'DomainName' },
  'AWS::Organizations::Account': { holds: 'an account', name: 'AccountName' },
  'AWS::QLDB::Ledger': { holds: 'a journal', name: 'Name', protection: PROTECTED },
  'AWS::RDS::DBCluster': { holds: 'rows', name: 'DBClusterIdentifier', protection: PROTECTED },
  'AWS::RDS::DBInstance': { holds: 'rows', name: 'DBInstanceIdentifier', protection: PROTECTED },
  'AWS::RDS::GlobalCluster': { holds: 'rows', name: 'GlobalClusterIdentifier', protection: PROTECTED },
  'AWS::Redshift::Cluster': { holds: 'rows', name: 'ClusterIdentifier' },
  'AWS::RedshiftServerless::Namespace': { holds: 'rows', name: 'NamespaceName' },
  'AWS::Route53::HostedZone': { holds: 'records, and name servers that a registrar points to' },
  'AWS::S3::Bucket': { holds: 'objects', name: 'BucketName', note: 'deletion fails while it holds objects' },
  'AWS::S3Express::DirectoryBucket': { holds: 'objects', name: 'BucketName' },
  'AWS::S3Outposts::Bucket': { holds: 'objects', name: 'BucketName' },
  'AWS::S3Tables::Table': { holds: 'rows', name: 'TableName' },
  'AWS::S3Tables::TableBucket': { holds: 'tables', name: 'TableBucketName' },
  'AWS::S3Vectors::VectorBucket': { holds: 'vectors', name: 'VectorBucketName' },
  'AWS::SDB::Domain': { holds: 'items' },
  'AWS::SQS::Queue': { holds: 'messages', name: 'QueueName' },
  'AWS::SSM::Document': { holds: 'versions of a document', name: 'Name' },
  'AWS::SSM::Parameter': { holds: 'a value, and its history', name: 'Name' },
  'AWS::SecretsManager::Secret': { holds: 'a secret value', name: 'Name' },
  'AWS::Serverless::SimpleTable': { holds: 'items', name: 'TableName' },
  'AWS::Timestream::Database': { holds: 'tables', name: 'DatabaseName' },
  'AWS::Timestream::InfluxDBInstance': { holds: 'points of time series', name: 'Name' },
  'AWS::Timestream::Table': { holds: 'rows', name: 'TableName' },
  'AWS::WorkSpaces::Workspace': { holds: 'the files of a desktop' },
};

/** Undefined for all that can be made anew. */
export function statefulType(type: string): StatefulType | undefined {
  return ownEntry(STATEFUL_TYPES, type);
}

/** Held back by `Snapshot` unless another policy is given. Source: "DeletionPolicy attribute", CloudFormation Template Reference. */
export function snapshotByDefault(type: string, properties: Readonly<Record<string, unknown>>): boolean {
  return (
    type === 'AWS::RDS::DBCluster' || (type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier === undefined)
  );
}

/**
 * Resources that hold nothing and that nobody has in hand: made anew, nobody notices. Their replacement or deletion is
 * reported, but not as destructive.
 */
export const GLUE_TYPES: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::Batch::JobDefinition',
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::LayerVersion',
  'AWS::ApiGateway::Deployment',
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);
