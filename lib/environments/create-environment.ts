import type { App } from 'aws-cdk-lib/core';
import { AccessStack } from '../access/access-stack';
import { FirewallStack } from '../firewall/firewall-stack';
import { NetworkStack } from '../network/network-stack';
import { ReviewStack } from '../review/review-stack';
import { StreamStack } from '../stream/stream-stack';
import { WebStack } from '../web/web-stack';
import type { Environment } from './schema';

/** The stacks of one environment. Only this function knows all of them. */
export interface EnvironmentStacks {
  readonly network: NetworkStack;
  readonly access: AccessStack | undefined;
  readonly stream: StreamStack | undefined;
  readonly firewall: FirewallStack | undefined;
  readonly web: WebStack | undefined;
  readonly review: ReviewStack | undefined;
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

  const web =
    environment.web &&
    access &&
    firewall &&
    new WebStack(app, {
      ...shared,
      web: environment.web,
      vpc: network.vpc,
      publicSubnets: network.publicSubnets,
      appSubnets: network.appSubnets,
      webAclArn: firewall.webAclArn,
      sessionPolicy: access.sessionPolicy,
      producer: stream && {
        policy: stream.producerPolicy,
        deliveryStreamName: stream.deliveryStream.deliveryStreamName,
      },
    });

  const review = environment.review && new ReviewStack(app, { ...shared, review: environment.review });

  return { network, access, stream, firewall, web, review };
}
