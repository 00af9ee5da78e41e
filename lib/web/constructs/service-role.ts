import {
  Effect,
  ManagedPolicy,
  Policy,
  PolicyStatement,
  Role,
  ServicePrincipal,
  type IRole,
} from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface ServiceRoleProps {
  readonly applicationName: string;
  /** The only role that may be given to instances. */
  readonly instanceRole: IRole;
}

const AWS_POLICIES = [
  'service-role/AWSElasticBeanstalkEnhancedHealth',
  'AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy',
] as const;

/** What would harm another application of the account. */
const HARMFUL_ACTIONS = [
  'elasticbeanstalk:AbortEnvironmentUpdate',
  'elasticbeanstalk:ApplyEnvironmentManagedAction',
  'elasticbeanstalk:DeleteApplication',
  'elasticbeanstalk:DeleteApplicationVersion',
  'elasticbeanstalk:RebuildEnvironment',
  'elasticbeanstalk:RequestEnvironmentInfo',
  'elasticbeanstalk:RestartAppServer',
  'elasticbeanstalk:SwapEnvironmentCNAMEs',
  'elasticbeanstalk:TerminateEnvironment',
  'elasticbeanstalk:UpdateApplication',
  'elasticbeanstalk:UpdateEnvironment',
];

/**
 * What Elastic Beanstalk watches and updates the environment with.
 *
 * The permissions are AWS's two policies, not our own list: what a managed update calls changes with Beanstalk, and one that is
 * denied half way leaves an environment that nobody can update. But the second allows to pass any role to an instance, and to
 * end any application; denials take back both. A denial wins over whatever AWS allows, now and later.
 */
export class ServiceRole extends Construct {
  readonly role: IRole;
  private readonly denials: Policy;
  private readonly versionArn: (label: string) => string;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { applicationName, instanceRole } = props;
    const stack = Stack.of(this);
    const own = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'elasticbeanstalk', resource, resourceName });
    const role = new Role(this, 'Role', {
      description: `Elastic Beanstalk, for ${applicationName}`,
      assumedBy: new ServicePrincipal('elasticbeanstalk.amazonaws.com', {
        // What Beanstalk sends. Not aws:SourceAccount: that it sends that, too, is documented nowhere, and if it does not, it
        // cannot assume the role and health stays grey. Source: "Managing Elastic Beanstalk service roles", Developer Guide.
        conditions: { StringEquals: { 'sts:ExternalId': 'elasticbeanstalk' } },
      }),
      managedPolicies: AWS_POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    // Apart from the role, whose ARN it needs.
    this.denials = new Policy(this, 'Denials', {
      roles: [role],
      statements: [
        new PolicyStatement({
          effect: Effect.DENY,
          actions: ['iam:PassRole'],
          notResources: [instanceRole.roleArn, role.roleArn],
        }),
        new PolicyStatement({
          effect: Effect.DENY,
          actions: HARMFUL_ACTIONS,
          notResources: [
            own('application', applicationName),
            own('applicationversion', `${applicationName}/*`),
            own('environment', `${applicationName}/*`),
          ],
        }),
      ],
    });
    for (const name of AWS_POLICIES) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        reason: 'AWS keeps it in step with what managed updates call; denials of our own narrow it to this application',
      });
    }
    this.role = role;
    this.versionArn = (label) => own('applicationversion', `${applicationName}/${label}`);
  }

  /**
   * Keeps one version from the lifecycle of versions, which deletes old ones under this role. What the template names must be
   * there, or no later change of the environment's options succeeds (docs/adr/0018).
   */
  keepVersion(label: string): void {
    this.denials.addStatements(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['elasticbeanstalk:DeleteApplicationVersion'],
        resources: [this.versionArn(label)],
      }),
    );
  }
}
