import {
  GatewayVpcEndpointAwsService,
  NatProvider,
  SubnetType,
  Vpc,
  type ISubnet,
  type IVpc,
  type SubnetConfiguration,
  type VpcProps,
} from 'aws-cdk-lib/aws-ec2';
import { CfnOutput, Fn, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { pascalCase } from '../foundation/naming';
import { planAddresses, type AddressPlan } from './address-plan';
import { tierPrefixLength, type TierKind } from './address-plan-input';
import { ClosedDefaultSecurityGroup } from './constructs/closed-default-security-group';
import { FlowLogs } from './constructs/flow-logs';
import { InterfaceEndpoints } from './constructs/interface-endpoints';
import { PlannedIpAddresses } from './constructs/planned-ip-addresses';
import { addressPlanInput, tierKind, type NetworkSettings, type NetworkTier } from './network-settings';

const SUBNET_TYPES: Record<TierKind, SubnetType> = {
  public: SubnetType.PUBLIC,
  app: SubnetType.PRIVATE_WITH_EGRESS,
  data: SubnetType.PRIVATE_ISOLATED,
};

export interface NetworkStackProps extends EnvironmentStackProps {
  readonly network: NetworkSettings;
}

/** The VPC of an environment, laid out by its address plan. */
export class NetworkStack extends EnvironmentStack {
  readonly vpc: IVpc;
  readonly plan: AddressPlan;
  /** The subnets of each tier, by its name, in the order of the zones. */
  readonly tierSubnets: ReadonlyMap<string, readonly ISubnet[]>;
  /** Subnets that the internet reaches: those of the first public tier, or none. */
  readonly publicSubnets: readonly ISubnet[];
  /** Private subnets that reach out: those of the first app tier, or none. */
  readonly appSubnets: readonly ISubnet[];

  /** @throws {ProblemsError} if the settings are not as `validateEnvironments` leaves them */
  constructor(scope: Construct, props: NetworkStackProps) {
    const { network } = props;
    const plan = planAddresses(addressPlanInput(network, props.availabilityZones));
    super(scope, 'Network', props, describe(plan, props));
    this.plan = plan;
    this.addMetadata('AddressPlan', summarize(plan));

    const tiers = network.tiers.filter(({ retired }) => retired !== true);
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: new PlannedIpAddresses(plan),
      availabilityZones: this.availabilityZones,
      subnetConfiguration: tiers.map(subnetConfiguration),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      // ClosedDefaultSecurityGroup does it without a custom resource.
      restrictDefaultSecurityGroup: false,
      createInternetGateway: network.nat !== 'none' || tiers.some((tier) => tierKind(tier) === 'public'),
      ...natProps(network, props.availabilityZones.length),
    });
    this.vpc = vpc;
    if (network.nat === 'regional') {
      // The CDK lets it wait for the internet gateway, but not until that is attached.
      vpc.node.findChild('RegionalNatGateway').node.addDependency(vpc.node.findChild('VPCGW'));
    }
    for (const subnet of [...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets]) {
      Validations.of(subnet.node.findChild('Subnet')).acknowledge({
        id: 'CloudFormation-Validate::W3010',
        reason: 'Zones are pinned in the configuration: a subnet whose zone changes is replaced',
      });
    }
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB });

    const closed = new ClosedDefaultSecurityGroup(this, 'DefaultSecurityGroup', {
      securityGroupId: vpc.vpcDefaultSecurityGroup,
    });
    const flowLogs = new FlowLogs(this, 'FlowLogs', {
      vpc,
      retentionDays: network.flowLogs.retentionDays,
      removalPolicy: this.dataRemovalPolicy,
    });
    // The key of the flow logs takes part of a minute, and ways out through gateways some minutes.
    closed.runAfter(flowLogs, ...vpc.privateSubnets.map((subnet) => subnet.internetConnectivityEstablished));
    const subnetsOf = (tier: NetworkTier | undefined): ISubnet[] =>
      tier === undefined ? [] : vpc.selectSubnets({ subnetGroupName: pascalCase(tier.name) }).subnets;
    this.tierSubnets = new Map(tiers.map((tier) => [tier.name, subnetsOf(tier)]));
    const appTier = tiers.find((tier) => tierKind(tier) === 'app');
    this.publicSubnets = subnetsOf(tiers.find((tier) => tierKind(tier) === 'public'));
    this.appSubnets = subnetsOf(appTier);
    const endpointTier = appTier ?? tiers.find((tier) => tierKind(tier) === 'data');
    if (network.interfaceEndpoints.length > 0 && endpointTier !== undefined) {
      new InterfaceEndpoints(this, 'InterfaceEndpoints', {
        vpc,
        cidr: plan.cidr,
        services: network.interfaceEndpoints,
        subnets: { subnetGroupName: pascalCase(endpointTier.name) },
      });
    }

    new CfnOutput(this, 'VpcId', { value: vpc.vpcId });
    for (const { name } of tiers) {
      const { subnetIds } = vpc.selectSubnets({ subnetGroupName: pascalCase(name) });
      new CfnOutput(this, `${pascalCase(name)}SubnetIds`, {
        description: `Subnets of tier ${name}, in the order of the environment's zones`,
        value: Fn.join(',', subnetIds),
      });
    }
  }
}

function subnetConfiguration(tier: NetworkTier): SubnetConfiguration {
  const kind = tierKind(tier);
  if (kind === undefined) throw new Error(`tier ${tier.name} has no kind, which validation should have refused`);
  return {
    name: pascalCase(tier.name),
    subnetType: SUBNET_TYPES[kind],
    // A public address is asked for where it is needed, never by where something happens to stand.
    ...(kind === 'public' ? { mapPublicIpOnLaunch: false } : {}),
  };
}

function natProps({ nat }: NetworkSettings, zones: number): Pick<VpcProps, 'natGateways' | 'natGatewayProvider'> {
  switch (nat) {
    case 'none':
      return { natGateways: 0 };
    case 'single':
      return { natGateways: 1 };
    case 'perZone':
      return { natGateways: zones };
    case 'regional':
      return { natGatewayProvider: NatProvider.regionalGateway() };
  }
}

/**
 * The plan without what follows from its blocks: it stands in the template for reviews to compare. The share in use, which is in
 * the description, is none of it: CloudFormation's linter refuses fractions in metadata (cfn-lint E4002).
 */
function summarize({ cidr, subnets, kept, free }: AddressPlan): object {
  return { cidr, subnets: subnets.map(({ tier, zone, cidr }) => ({ tier, zone, cidr })), kept, free };
}

function describe(plan: AddressPlan, { environmentName, availabilityZones, network }: NetworkStackProps): string {
  const tiers = network.tiers
    .filter(({ retired }) => retired !== true)
    .map((tier) => `${tier.name} /${tierPrefixLength(tier)}`)
    .join(', ');
  const used = (plan.utilization * 100).toFixed(1);
  // CloudFormation takes 1,024 bytes.
  const shown = tiers.length <= 800 ? `${tiers} a zone` : `${network.tiers.length} tiers`;
  return `Network of ${environmentName}: VPC ${plan.cidr}, ${availabilityZones.length} zones, ${shown}, ${used}% in use`;
}
