import { CfnConnection } from 'aws-cdk-lib/aws-directconnect';
import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { pascalCase } from '../foundation/naming';
import type { ConnectSettings } from './connect-settings';

export interface PortsStackProps extends EnvironmentStackProps {
  readonly ports: ConnectSettings['ports'];
}

/**
 * Ports to order: **deploying it is an order**, and each bills by the hour once it is up, or 90 days after its letter of
 * authorization. Apart from the interfaces, because those need a connection that is up, which takes weeks.
 */
export class PortsStack extends EnvironmentStack {
  constructor(scope: Construct, props: PortsStackProps) {
    // A port that is deleted by mistake is ordered anew, and patched anew: protected whatever the environment is.
    super(scope, 'Ports', { ...props, protectData: true }, `Direct Connect ports of ${props.environmentName}`);
    for (const { name, location, bandwidth, provider, macSec } of props.ports) {
      const id = pascalCase(name);
      const connection = new CfnConnection(this, id, {
        connectionName: `${props.environmentName}-${name}`,
        location,
        bandwidth,
        providerName: provider,
        requestMacSec: macSec || undefined,
      });
      connection.applyRemovalPolicy(RemovalPolicy.RETAIN);
      new CfnOutput(this, `${id}ConnectionId`, { value: connection.attrConnectionId });
    }
  }
}
