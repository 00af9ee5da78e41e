import { CfnCustomerGateway, CfnVPNConnection, CfnVPNConnectionRoute } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { StackKey } from '../../foundation/constructs/stack-key';
import type { VpnSettings } from '../connect-settings';
import { parameterPath } from '../values/parameter-or';
import type { Gateway } from './gateway';

/** What four octets cannot hold goes into another property. Source: `AWS::EC2::CustomerGateway`. */
const LARGEST_BGP_ASN = 2_147_483_647;

/**
 * Of everything that AWS would accept, what is strong, and known to the routers of the last ten years. Source: "Tunnel options",
 * AWS Site-to-Site VPN User Guide; groups as RFC 8247 recommends them.
 */
const ALGORITHMS = {
  ikeVersions: [{ value: 'ikev2' }],
  phase1EncryptionAlgorithms: [{ value: 'AES256' }, { value: 'AES256-GCM-16' }],
  phase2EncryptionAlgorithms: [{ value: 'AES256' }, { value: 'AES256-GCM-16' }],
  phase1IntegrityAlgorithms: [{ value: 'SHA2-256' }, { value: 'SHA2-384' }, { value: 'SHA2-512' }],
  phase2IntegrityAlgorithms: [{ value: 'SHA2-256' }, { value: 'SHA2-384' }, { value: 'SHA2-512' }],
  phase1DhGroupNumbers: [14, 19, 20, 21].map((value) => ({ value })),
  phase2DhGroupNumbers: [14, 19, 20, 21].map((value) => ({ value })),
};

export interface VpnBackupProps {
  readonly vpn: VpnSettings;
  readonly customerAsn: number;
  readonly gateway: Gateway;
  /** Static routes, where there is no BGP. */
  readonly onPremises: readonly string[];
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/** Two tunnels over the internet, for when Direct Connect is down. Their keys are made by AWS and kept in Secrets Manager. */
export class VpnBackup extends Construct {
  readonly vpnId: string;

  constructor(scope: Construct, id: string, props: VpnBackupProps) {
    super(scope, id);
    const { vpn, gateway, customerAsn, removalPolicy } = props;
    const path = parameterPath(vpn.address);
    const customerGateway = new CfnCustomerGateway(this, 'CustomerGateway', {
      type: 'ipsec.1',
      ipAddress: path === undefined ? vpn.address : `{{resolve:ssm:${path}}}`,
      ...(customerAsn > LARGEST_BGP_ASN ? { bgpAsnExtended: customerAsn } : { bgpAsn: customerAsn }),
    });
    const logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey: new StackKey(this, 'Key', { purpose: 'Log of the VPN', removalPolicy }),
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.retentionDays,
      removalPolicy,
    });
    const connection = new CfnVPNConnection(this, 'Connection', {
      type: 'ipsec.1',
      customerGatewayId: customerGateway.attrCustomerGatewayId,
      ...(gateway.kind === 'transit' ? { transitGatewayId: gateway.gatewayId } : { vpnGatewayId: gateway.gatewayId }),
      staticRoutesOnly: vpn.routing === 'static',
      preSharedKeyStorage: 'SecretsManager',
      vpnTunnelOptionsSpecifications: [0, 1].map((tunnel) => ({
        ...ALGORITHMS,
        tunnelInsideCidr: vpn.tunnels?.[tunnel],
        // AWS starts again by itself what was silent for 30 seconds.
        dpdTimeoutSeconds: 30,
        dpdTimeoutAction: 'restart',
        startupAction: 'start',
        logOptions: {
          cloudwatchLogOptions: {
            logEnabled: true,
            logGroupArn: logGroup.logGroupArn,
            logOutputFormat: 'json',
            ...(vpn.routing === 'bgp'
              ? { bgpLogEnabled: true, bgpLogGroupArn: logGroup.logGroupArn, bgpLogOutputFormat: 'json' }
              : {}),
          },
        },
      })),
    });
    connection.node.addDependency(gateway.ready);
    this.vpnId = connection.attrVpnConnectionId;
    if (vpn.routing !== 'static') return;
    for (const block of vpn.announces ?? props.onPremises) {
      new CfnVPNConnectionRoute(this, `RouteTo${block.replaceAll(/[./]/g, '_')}`, {
        destinationCidrBlock: block,
        vpnConnectionId: this.vpnId,
      });
    }
  }
}
