import { Group, ManagedPolicy, PolicyStatement, Role, User, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface ProducerPolicyProps {
  readonly environmentName: string;
  readonly deliveryStreamArn: string;
  /** Names of identities of the account to attach the policy to. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

/**
 * Lets producers write to one stream. A policy that names another stream, region or account is the usual cause of
 * `AccessDeniedException … no identity-based policy allows the firehose:PutRecord action`.
 */
export class ProducerPolicy extends Construct {
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: ProducerPolicyProps) {
    super(scope, id);
    this.policy = new ManagedPolicy(this, 'Policy', {
      description: `Writes to the stream of ${props.environmentName}`,
      statements: [
        new PolicyStatement({
          actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
          resources: [props.deliveryStreamArn],
        }),
      ],
      users: props.users.map((name) => User.fromUserName(this, `User-${name}`, name)),
      groups: props.groups.map((name) => Group.fromGroupName(this, `Group-${name}`, name)),
      roles: props.roles.map((name) => Role.fromRoleName(this, `Role-${name}`, name)),
    });
  }
}
