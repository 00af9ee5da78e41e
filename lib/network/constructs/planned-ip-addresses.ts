import type {
  AllocateCidrRequest,
  AllocatedSubnet,
  IIpAddresses,
  RequestedSubnet,
  SubnetIpamOptions,
  VpcIpamOptions,
} from 'aws-cdk-lib/aws-ec2';
import { pascalCase } from '../../foundation/naming';
import type { AddressPlan } from '../address-plan';

/**
 * Gives a VPC exactly the subnets of an address plan. The CDK's own allocation renumbers subnets when a zone or a tier
 * is added (aws-cdk issues 6683, 28369, 31162).
 */
export class PlannedIpAddresses implements IIpAddresses {
  private readonly cidrs: ReadonlyMap<string, string>;

  constructor(private readonly plan: AddressPlan) {
    this.cidrs = new Map(plan.subnets.map(({ tier, zone, cidr }) => [key(pascalCase(tier), zone), cidr]));
  }

  allocateVpcCidr(): VpcIpamOptions {
    return { cidrBlock: this.plan.cidr };
  }

  /** @throws {Error} if a subnet is asked for that the plan does not have */
  allocateSubnetsCidr({ requestedSubnets }: AllocateCidrRequest): SubnetIpamOptions {
    return { allocatedSubnets: requestedSubnets.map((requested) => this.allocate(requested)) };
  }

  private allocate({ configuration, availabilityZone }: RequestedSubnet): AllocatedSubnet {
    const cidr = this.cidrs.get(key(configuration.name, availabilityZone));
    if (cidr === undefined) {
      throw new Error(`the address plan has no subnet of tier ${configuration.name} in ${availabilityZone}`);
    }
    return { cidr };
  }
}

function key(tier: string, zone: string): string {
  return `${tier}/${zone}`;
}
