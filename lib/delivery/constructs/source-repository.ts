import { Code, Repository, type IRepository } from 'aws-cdk-lib/aws-codecommit';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { MAIN } from '../delivery-names';

export interface SourceRepositoryProps {
  readonly repositoryName: string;
  readonly encryptionKey: IKey;
  /** The folder that becomes the first commit. CodeCommit takes it while it creates the repository, and never again. */
  readonly seed: string | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/** What a working copy has, and a repository has not. */
const LEFT_OUT = ['vendor', 'reports', '.phpunit*', 'node_modules'];

/** Where the application is kept. */
export class SourceRepository extends Construct {
  readonly repository: IRepository;

  constructor(scope: Construct, id: string, props: SourceRepositoryProps) {
    super(scope, id);
    const repository = new Repository(this, 'Repository', {
      repositoryName: props.repositoryName,
      description: 'The application that the pipeline builds and deploys',
      kmsKey: props.encryptionKey,
      code:
        props.seed === undefined
          ? undefined
          : Code.fromAsset(new Asset(this, 'Seed', { path: props.seed, exclude: LEFT_OUT }), MAIN),
    });
    repository.applyRemovalPolicy(props.removalPolicy);
    this.repository = repository;
  }
}
