import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What every stack of an environment shares. */
export interface EnvironmentStackProps {
  readonly environmentName: string;
  /** Twelve digits. Without it the template fits any account. */
  readonly account?: string | undefined;
  readonly region: string;
  readonly availabilityZones: readonly string[];
  /** Refuses to delete the stack, and keeps what holds data when a resource or the stack goes. */
  readonly protectData: boolean;
  /** Where the source of the stack is; a tag on everything. */
  readonly repository: string;
}

/**
 * The base of every stack: its environment, its zones, its tags and how long its data lives.
 * Create it through `createEnvironment`, as a flat child of the app named `<environment>-<Name>`.
 */
export abstract class EnvironmentStack extends Stack {
  private readonly zones: readonly string[];
  /** For whatever holds data: logs, keys, buckets, repositories. */
  protected readonly dataRemovalPolicy: RemovalPolicy;

  protected constructor(scope: Construct, name: string, props: EnvironmentStackProps, description: string) {
    const stackName = `${props.environmentName}-${name}`;
    const tags = { Environment: props.environmentName, Stack: stackName, Repository: props.repository };
    super(scope, stackName, {
      env: { account: props.account, region: props.region },
      description,
      terminationProtection: props.protectData,
      tags,
    });
    this.zones = props.availabilityZones;
    this.dataRemovalPolicy = props.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    // Stack tags alone do not show in the template, where reviews and tests look for them.
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value);
  }

  /**
   * The zones of the configuration. The CDK's own getter asks the account for them, which needs credentials, and lets
   * subnets move when an account's list of zones changes.
   */
  override get availabilityZones(): string[] {
    return [...this.zones];
  }
}
