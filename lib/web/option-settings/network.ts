import { options, type OptionSetting } from './option-setting';

export interface NetworkPlace {
  readonly vpcId: string;
  readonly instanceSubnetIds: readonly string[];
  readonly loadBalancerSubnetIds: readonly string[];
}

/** Where instances stand: in private subnets, with no public address. */
export function networkOptions({ vpcId, instanceSubnetIds, loadBalancerSubnetIds }: NetworkPlace): OptionSetting[] {
  return options('aws:ec2:vpc', {
    VPCId: vpcId,
    Subnets: instanceSubnetIds.join(','),
    ELBSubnets: loadBalancerSubnetIds.join(','),
    ELBScheme: 'public',
    AssociatePublicIpAddress: false,
  });
}
