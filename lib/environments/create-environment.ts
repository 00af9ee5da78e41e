import type { App } from 'aws-cdk-lib/core';
import { NetworkStack } from '../network/network-stack';
import type { Environment } from './schema';

/** The stacks of one environment. Only this function knows all of them. */
export interface EnvironmentStacks {
  readonly network: NetworkStack;
}

/** @param environment as `validateEnvironments` answers it */
export function createEnvironment(app: App, environment: Environment): EnvironmentStacks {
  const { name: environmentName, account, region, availabilityZones, protectData, repository } = environment;
  const shared = { environmentName, account, region, availabilityZones, protectData, repository };

  const network = new NetworkStack(app, { ...shared, network: environment.network });

  return { network };
}
