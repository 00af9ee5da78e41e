/** An account and region of AWS, as far as preflight asks it. Every question rejects with an AskError where AWS does not answer. */
export interface AwsAccount {
  readonly identity: () => Promise<Identity>;
  /** Elastic Beanstalk platforms that an environment can be created on, by the names of their solution stacks. */
  readonly solutionStacks: () => Promise<readonly string[]>;
  readonly zones: () => Promise<readonly Zone[]>;
  readonly vpcIds: () => Promise<readonly string[]>;
  /** Elastic IP addresses, by their addresses. */
  readonly elasticIps: () => Promise<readonly string[]>;
  readonly quota: (quota: Quota) => Promise<number>;
  /** A document of Systems Manager; undefined if there is none of the name. */
  readonly document: (name: string) => Promise<Document | undefined>;
  readonly parameter: (name: string) => Promise<Parameter | undefined>;
  /** Connections and LAGs of Direct Connect. */
  readonly directConnectLines: () => Promise<readonly DirectConnectLine[]>;
  readonly virtualInterfaces: () => Promise<readonly VirtualInterface[]>;
  readonly stack: (name: string) => Promise<Stack | undefined>;
  /** None if there is no such stack. */
  readonly stackResources: (name: string) => Promise<readonly StackResource[]>;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

export interface Zone {
  readonly name: string;
  /** `available` unless AWS has trouble there. */
  readonly state: string;
}

/** A quota of Service Quotas. */
export interface Quota {
  readonly service: string;
  readonly code: string;
}

export interface Document {
  /** The version that is used where none is named. */
  readonly defaultVersion: string;
  readonly latestVersion: string;
}

export interface Parameter {
  readonly type: string;
  readonly value: string;
}

export interface DirectConnectLine {
  /** `dxcon-…` or `dxlag-…`. */
  readonly id: string;
  /** `available` while it is up. */
  readonly state: string;
}

export interface VirtualInterface {
  readonly name: string;
  /** `available` while it is up. */
  readonly state: string;
  /** Up if any of its peers is. */
  readonly bgp: 'up' | 'down';
}

export interface Stack {
  /** `UPDATE_COMPLETE`. */
  readonly status: string;
  /** Whether it is protected from deletion. */
  readonly isProtected: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface StackResource {
  /** `AWS::EC2::VPC`. */
  readonly type: string;
  /** The name or ID that AWS knows it by. */
  readonly physicalId: string;
  /** `CREATE_COMPLETE`. */
  readonly status: string;
}
