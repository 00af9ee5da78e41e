import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { pascalCase } from '../foundation/naming';
import type { ConnectSettings } from './connect-settings';
import { ConnectAlarms } from './constructs/connect-alarms';
import { DirectConnect } from './constructs/direct-connect';
import type { Gateway } from './constructs/gateway';
import { PrivateGateway } from './constructs/private-gateway';
import { TransitHub } from './constructs/transit-hub';
import { VpnBackup } from './constructs/vpn-backup';

export interface ConnectStackProps extends EnvironmentStackProps {
  readonly connect: ConnectSettings;
  readonly vpc: IVpc;
  /** The VPC's block. */
  readonly cidr: string;
  readonly onPremises: readonly string[];
  /** By the name of the tier, in the order of the zones. */
  readonly tierSubnets: ReadonlyMap<string, readonly ISubnet[]>;
  readonly notices: ITopic;
}

/** AWS and the company's network without the internet: Direct Connect, and a VPN for when it is down. */
export class ConnectStack extends EnvironmentStack {
  constructor(scope: Construct, props: ConnectStackProps) {
    const { connect, environmentName, onPremises } = props;
    super(scope, 'Connect', props, `Connection of ${environmentName} to the company network: Direct Connect and VPN`);
    const gateway = this.makeGateway(props);
    const { interfaces } = this.makeDirectConnect(props, gateway);
    const vpn =
      connect.vpn &&
      new VpnBackup(this, 'Vpn', {
        vpn: connect.vpn,
        customerAsn: connect.customerAsn,
        gateway,
        onPremises,
        retentionDays: connect.logs.retentionDays,
        removalPolicy: this.dataRemovalPolicy,
      });
    new ConnectAlarms(this, 'Alarms', { interfaces, vpnId: vpn?.vpnId, notices: props.notices });

    new CfnOutput(this, 'GatewayId', { value: gateway.gatewayId });
    for (const { settings, virtualInterfaceId } of interfaces) {
      new CfnOutput(this, `${pascalCase(settings.name)}InterfaceId`, { value: virtualInterfaceId });
    }
    if (vpn) new CfnOutput(this, 'VpnId', { value: vpn.vpnId });
  }

  private makeGateway({ connect, vpc, tierSubnets, onPremises }: ConnectStackProps): Gateway {
    const subnets = connect.tiers.flatMap((tier) => tierSubnets.get(tier) ?? []);
    if (connect.gateway === 'virtualPrivate') {
      return new PrivateGateway(this, 'PrivateGateway', { vpc, asn: connect.gatewayAsn, subnets });
    }
    return new TransitHub(this, 'TransitGateway', {
      vpc,
      asn: connect.gatewayAsn,
      description: this.stackName,
      attachedSubnets: tierSubnets.get(connect.tiers[0] ?? '') ?? [],
      subnets,
      onPremises,
    });
  }

  private makeDirectConnect({ connect, cidr, environmentName }: ConnectStackProps, gateway: Gateway): DirectConnect {
    const directConnect = new DirectConnect(this, 'DirectConnect', {
      name: environmentName,
      amazonAsn: connect.amazonAsn,
      customerAsn: connect.customerAsn,
      gateway,
      allowedPrefixes: connect.allowedPrefixes ?? [cidr],
      interfaces: connect.interfaces,
    });
    if (gateway instanceof PrivateGateway) gateway.propagateAfter(directConnect.association);
    return directConnect;
  }
}
