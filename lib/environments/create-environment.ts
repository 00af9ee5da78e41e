import type { App } from 'aws-cdk-lib/core';
import { AccessStack } from '../access/access-stack';
import { FirewallStack } from '../firewall/firewall-stack';
import { NetworkStack } from '../network/network-stack';
import { StreamStack } from '../stream/stream-stack';
import type { Environment } from './schema';

/** The stacks of one environment. Only this function knows all of them. */
export interface EnvironmentStacks {
  readonly network: NetworkStack;
  readonly access: AccessStack | undefined;
  readonly stream: StreamStack | undefined;
  readonly firewall: FirewallStack | undefined;
}

/** @param environment as `validateEnvironments` answers it */
export function createEnvironment(app: App, environment: Environment): EnvironmentStacks {
  const { name: environmentName, account, region, availabilityZones, protectData, repository } = environment;
  const shared = { environmentName, account, region, availabilityZones, protectData, repository };

  const network = new NetworkStack(app, { ...shared, network: environment.network });
  const access =
    environment.access &&
    new AccessStack(app, { ...shared, access: environment.access, vpc: network.vpc, appSubnets: network.appSubnets });
  const stream = environment.stream && new StreamStack(app, { ...shared, stream: environment.stream });
  const firewall = environment.firewall && new FirewallStack(app, { ...shared, firewall: environment.firewall });

  return { network, access, stream, firewall };
}
