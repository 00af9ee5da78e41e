import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface BuildRoleProps {
  readonly description: string;
  readonly repository: IRepository;
  readonly key: IKey;
  /** Of the build's log, in days that CloudWatch Logs knows. */
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  /** What it may do besides reading the repository and writing the build's log. */
  readonly statements: readonly PolicyStatement[];
}

/** Who a build is, and its log. Each build has a log of its own, so that none writes in another's name. */
export class BuildRole extends Construct {
  readonly role: IRole;
  /** The same for the CDK, which would otherwise add reports, and the use of the key, to it. */
  readonly roleAsItIs: IRole;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: BuildRoleProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Log', {
      encryptionKey: props.key,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.retentionDays,
      removalPolicy: props.removalPolicy,
    });
    const role = new Role(this, 'Role', {
      description: props.description,
      // For projects of this account: source, "Cross-service confused deputy prevention", CodeBuild User Guide.
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        Build: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['codecommit:GitPull'], resources: [props.repository.repositoryArn] }),
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [this.logGroup.logGroupArn],
            }),
            ...props.statements,
          ],
        }),
      },
    });
    this.role = role;
    this.roleAsItIs = role.withoutPolicyUpdates();
  }
}
