import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { WrittenRole } from './constructs/written-role';
import { artifactBucketName, deployRoleName, pipelineRoleName, type Site } from './delivery-names';
import { deployRole } from './delivery-roles';
import type { SiteRoles } from './delivery-stack';

export interface DeliveryTargetStackProps extends EnvironmentStackProps {
  readonly site: Site;
  readonly siteRoles: SiteRoles;
  /** The account of the pipeline. */
  readonly pipelineAccount: string;
}

/** What a pipeline in another account needs in the account of the site: one role, which only that pipeline can assume. */
export class DeliveryTargetStack extends EnvironmentStack {
  constructor(scope: Construct, props: DeliveryTargetStackProps) {
    const { environmentName, site, siteRoles, pipelineAccount } = props;
    super(scope, 'DeliveryTarget', props, `What the pipeline of ${environmentName} needs in the account of the site`);
    const { partition, region, account } = this;
    const bucket = artifactBucketName(environmentName, pipelineAccount, region);
    const { role } = new WrittenRole(this, 'Deploy', {
      roleName: deployRoleName(environmentName),
      // The pipeline's role is named by a condition and not as the principal, because IAM refuses a principal that does not
      // exist yet: so either account can be deployed first.
      assumedBy: new AccountPrincipal(pipelineAccount).withConditions({
        ArnEquals: {
          'aws:PrincipalArn': `arn:${partition}:iam::${pipelineAccount}:role/${pipelineRoleName(environmentName)}`,
        },
      }),
      permitted: deployRole(site, () => ({
        partition,
        region,
        account,
        artifactBucketArn: `arn:${partition}:s3:::${bucket}`,
        keyArn: `arn:${partition}:kms:${region}:${pipelineAccount}:key/*`,
        instanceRoleArn: siteRoles.instanceRole.roleArn,
        serviceRoleArn: siteRoles.serviceRole.roleArn,
      })),
    });
    new CfnOutput(this, 'DeployRoleArn', { value: role.roleArn });
  }
}
