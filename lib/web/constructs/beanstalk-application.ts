import { CfnApplication, CfnApplicationVersion } from 'aws-cdk-lib/aws-elasticbeanstalk';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { AssetHashType, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface BeanstalkApplicationProps {
  readonly applicationName: string;
  readonly serviceRole: IRole;
  /** The folder with the application. */
  readonly bundle: string;
  /**
   * The environment that starts with this bundle, where a pipeline deploys later ones: changes of the folder then do not change
   * the stack, so that no update of it puts this bundle in the place of the pipeline's.
   */
  readonly firstVersionOf: string | undefined;
}

/** Versions to go back to. An account and region holds 1,000. Source: "Elastic Beanstalk endpoints and quotas". */
const KEPT_VERSIONS = 20;

/** What is no part of a running application; vendor/ is made by Composer on the instances. */
const LEFT_OUT = ['tests', 'vendor', '.phpunit*', '.git*', 'node_modules', 'buildspec.*.yml', 'build', 'reports'];

/** A Beanstalk application and the version of it that this repository holds. */
export class BeanstalkApplication extends Construct {
  readonly versionLabel: string;

  constructor(scope: Construct, id: string, props: BeanstalkApplicationProps) {
    super(scope, id);
    const application = new CfnApplication(this, 'Application', {
      applicationName: props.applicationName,
      resourceLifecycleConfig: {
        serviceRole: props.serviceRole.roleArn,
        versionLifecycleConfig: {
          // Versions that an environment uses are spared, and the one that the template names, by the role. The bundles are
          // assets of the CDK, whose bucket is not ours to delete from.
          // Source: "Configuring application version lifecycle settings", Elastic Beanstalk Developer Guide.
          maxCountRule: { enabled: true, maxCount: KEPT_VERSIONS, deleteSourceFromS3: false },
        },
      },
    });
    const { s3BucketName, s3ObjectKey } = new Asset(this, 'Bundle', {
      path: props.bundle,
      exclude: LEFT_OUT,
      // Named after the environment and not after its content: it is uploaded once, and stays what it was.
      ...(props.firstVersionOf && { assetHashType: AssetHashType.CUSTOM, assetHash: props.firstVersionOf }),
    });
    const version = new CfnApplicationVersion(this, 'Version', {
      applicationName: props.applicationName,
      sourceBundle: { s3Bucket: s3BucketName, s3Key: s3ObjectKey },
    });
    version.addResourceDependency(application);
    // Stays when the next one takes its place, so that there is something to go back to; it goes with the application.
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.versionLabel = version.ref;
  }
}
