/** What an environment will need of the account and region that it is deployed to. */
export interface Expectations {
  readonly environment: string;
  readonly region: string;
  /** Twelve digits; any account will do without it. */
  readonly account?: string | undefined;
  readonly availabilityZones: readonly string[];
  readonly vpcs: number;
  readonly elasticIps: number;
  /** The session document that the environment makes. */
  readonly sessionDocumentName?: string | undefined;
  /** The Elastic Beanstalk platform, by the whole name of its solution stack. */
  readonly solutionStackName?: string | undefined;
  /** The SSM parameter that holds the ARN of the certificate: `/prod/web/certificate-arn`. */
  readonly certificateParameter?: string | undefined;
  /** The stack that `cdk bootstrap` makes. */
  readonly toolkitStackName: string;
  /** The environment's stacks that make what is asked for here: what they already made does not stand in their way. */
  readonly stackNames: readonly string[];
}
