import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  HttpTokens,
  Instance,
  InstanceClass,
  InstanceSize,
  InstanceType,
  AmazonLinuxCpuType,
  MachineImage,
  Peer,
  Port,
  SecurityGroup,
  type ISubnet,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import type { IInstanceProfile } from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface ManagedInstanceProps {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** With the role of an instance that is reached through Session Manager. */
  readonly instanceProfile: IInstanceProfile;
}

/** Amazon Linux 2023's root device, and the smallest size of its image, in GiB. */
const ROOT_DEVICE = '/dev/xvda';
const ROOT_GIB = 8;

/** A small private instance with no key pair and no way in but Session Manager. */
export class ManagedInstance extends Construct {
  readonly instanceId: string;

  constructor(scope: Construct, id: string, props: ManagedInstanceProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Out to AWS services, and nothing in',
      allowAllOutbound: false,
    });
    // Any address: S3 keeps its public ones behind the gateway endpoint. Where there is no NAT, no others are reached.
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to AWS services');
    const instance = new Instance(this, 'Instance', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.NANO),
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      instanceProfile: props.instanceProfile,
      securityGroup,
      httpTokens: HttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      blockDevices: [
        {
          deviceName: ROOT_DEVICE,
          volume: BlockDeviceVolume.ebs(ROOT_GIB, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
    });
    Validations.of(instance).acknowledge({
      id: 'AwsSolutions-EC29',
      reason: 'It holds nothing; protected, it would outlive its replacement when a new image comes out',
    });
    Validations.of(instance.instance).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'Zones are pinned in the configuration: an instance whose zone changes is replaced',
    });
    this.instanceId = instance.instanceId;
  }
}
