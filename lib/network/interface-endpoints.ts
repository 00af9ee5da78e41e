/**
 * The interface endpoints that an environment may list, by the name behind `com.amazonaws.<region>.`.
 * Source: "AWS services that integrate with AWS PrivateLink", AWS PrivateLink guide (autumn 2026).
 */
export const INTERFACE_ENDPOINT_NAMES = [
  'ssm',
  'ssmmessages',
  // Only for Systems Manager agents before 3.3.40.0.
  'ec2messages',
  'logs',
  'monitoring',
  'kms',
  'secretsmanager',
  'kinesis-firehose',
  'sqs',
  'sns',
  'sts',
  'ec2',
  'autoscaling',
  'elasticloadbalancing',
  'cloudformation',
  'ecr.api',
  'ecr.dkr',
  'codebuild',
  'codecommit',
  'git-codecommit',
  'elasticbeanstalk',
  'elasticbeanstalk-health',
] as const;

export type InterfaceEndpointName = (typeof INTERFACE_ENDPOINT_NAMES)[number];

/**
 * Endpoints that must answer callers without an identity of this account: cfn-signal signs with the instance's identity
 * document, and whoever calls AssumeRoleWithSAML or AssumeRoleWithWebIdentity has no identity yet.
 */
export const OPEN_TO_ANY_CALLER: ReadonlySet<InterfaceEndpointName> = new Set(['cloudformation', 'sts'] as const);
