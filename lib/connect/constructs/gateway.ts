import type { IDependable } from 'constructs';

/** What joins a VPC to other networks: a virtual private gateway or a transit gateway. */
export interface Gateway {
  readonly kind: 'virtualPrivate' | 'transit';
  readonly gatewayId: string;
  /** Everything that has to be there before a Direct Connect gateway or a VPN uses it. */
  readonly ready: IDependable;
}
