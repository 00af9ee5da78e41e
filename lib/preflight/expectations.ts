import type { Problem } from '../foundation/problem';

/** What an environment, or some of its stacks, will need of the account and region that they are deployed to. */
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
  /** Parameters that the connection to the company network is read from. */
  readonly connectParameters: readonly ExpectedParameter[];
  /** Virtual interfaces, and what each stands on. */
  readonly virtualInterfaces: readonly ExpectedInterface[];
  /** The host names of the site that are still an example's, each with what to do. */
  readonly exampleHostNames: readonly Problem[];
  /** The stack that `cdk bootstrap` makes. */
  readonly toolkitStackName: string;
  /** The stacks that are to be deployed. Only what concerns one of them is asked. */
  readonly stacks: readonly ExpectedStack[];
}

export interface ExpectedInterface {
  /** `prod-tokyo`. */
  readonly name: string;
  /** The ID of a connection or LAG, or the parameter that holds it. */
  readonly connection: { readonly id: string } | { readonly parameter: string };
}

export interface ExpectedParameter {
  /** `/prod/connect/tokyo`. */
  readonly name: string;
  readonly holds: 'connection' | 'address';
}

export interface ExpectedStack {
  readonly kind: StackKind;
  /** `dev-Network`. */
  readonly name: string;
}

/** What a stack is, whatever its environment. */
export type StackKind =
  | 'Network'
  | 'Notices'
  | 'PipelineNotices'
  | 'Access'
  | 'Stream'
  | 'Firewall'
  | 'Web'
  | 'Delivery'
  | 'DeliveryTarget'
  | 'Connect'
  | 'Ports'
  | 'Review';
