import { AccountPrincipal, PolicyStatement, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { deployRoleName } from '../delivery-names';

export interface TargetAdmission {
  readonly environmentName: string;
  readonly targetAccount: string;
  readonly artifacts: IBucket;
  readonly encryptionKey: IKey;
}

/**
 * Lets the deploy role of another account read artifacts, and nothing else of that account. The role is named by a condition:
 * as a principal it would have to exist already, and it is made by a stack that names this account in the same way.
 */
export function admitTarget({ environmentName, targetAccount, artifacts, encryptionKey }: TargetAdmission): void {
  const { partition, region } = Stack.of(artifacts);
  const ArnEquals = {
    'aws:PrincipalArn': `arn:${partition}:iam::${targetAccount}:role/${deployRoleName(environmentName)}`,
  };
  const principals: IPrincipal[] = [new AccountPrincipal(targetAccount)];
  artifacts.addToResourcePolicy(
    new PolicyStatement({
      principals,
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
      resources: [artifacts.bucketArn],
      conditions: { ArnEquals },
    }),
  );
  artifacts.addToResourcePolicy(
    new PolicyStatement({
      principals,
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [artifacts.arnForObjects('*')],
      conditions: { ArnEquals },
    }),
  );
  encryptionKey.addToResourcePolicy(
    new PolicyStatement({
      principals,
      actions: ['kms:Decrypt', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnEquals, StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    }),
  );
}
