/**
 * Nested properties whose change replaces the resource. `@aws-cdk/cloudformation-diff` looks at the outermost ones only,
 * although the specification that it reads has these, too (createOnlyProperties of the resource schemas).
 * Source: @aws-cdk/aws-service-spec 0.1.216, November 2026; a test compares. Kept to types that hold data or run services.
 */
export const NESTED_REPLACEMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EKS::Cluster': ['AccessConfig.BootstrapClusterCreatorAdminPermissions'],
  'AWS::ElasticBeanstalk::Environment': ['Tier.Name', 'Tier.Type'],
  'AWS::FSx::FileSystem': ['LustreConfiguration.DeploymentType', 'OntapConfiguration.DeploymentType'],
  'AWS::FSx::Volume': ['OntapConfiguration.StorageVirtualMachineId', 'OpenZFSConfiguration.ParentVolumeId'],
  'AWS::KinesisFirehose::DeliveryStream': [
    'AmazonopensearchserviceDestinationConfiguration.VpcConfiguration',
    'ElasticsearchDestinationConfiguration.VpcConfiguration',
    'IcebergDestinationConfiguration.CatalogConfiguration',
  ],
  'AWS::MSK::Cluster': [
    'BrokerNodeGroupInfo.BrokerAZDistribution',
    'BrokerNodeGroupInfo.ClientSubnets',
    'BrokerNodeGroupInfo.SecurityGroups',
    'EncryptionInfo.EncryptionAtRest',
    'EncryptionInfo.EncryptionInTransit.InCluster',
  ],
};
