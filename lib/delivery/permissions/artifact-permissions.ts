import type { Permission } from '../permission';

/** What an artifact is encrypted and decrypted with, at rest in the bucket. */
export const KEY_USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'] as const;

const OWN_BUCKET = 'CodePipeline makes up the keys of artifacts; the bucket belongs to this one pipeline';

/**
 * Source of the actions: "Manage the CodePipeline service role", CodePipeline User Guide. Without those on ACLs of objects: the
 * bucket has none.
 */
export function readArtifacts(bucketArn: string): Permission[] {
  return [
    { actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'], resources: [bucketArn] },
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [`${bucketArn}/*`], because: OWN_BUCKET },
  ];
}

export function writeArtifacts(bucketArn: string): Permission[] {
  return [{ actions: ['s3:PutObject'], resources: [`${bucketArn}/*`], because: OWN_BUCKET }];
}

/** The key, through the services that encrypt with it and in no other way. */
export function useKey(
  keyArn: string,
  region: string,
  services: readonly string[],
  actions: readonly string[] = KEY_USE,
): Permission {
  return {
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) } },
  };
}
