import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import { AccessStack } from '../access/access-stack';
import { ConnectStack } from '../connect/connect-stack';
import { PortsStack } from '../connect/ports-stack';
import { DeliveryStack } from '../delivery/delivery-stack';
import { DeliveryTargetStack } from '../delivery/delivery-target-stack';
import { FirewallStack } from '../firewall/firewall-stack';
import { NetworkStack } from '../network/network-stack';
import { NoticesStack } from '../notices/notices-stack';
import { publishersOf } from './publishers-of';
import { ReviewStack } from '../review/review-stack';
import { StreamStack } from '../stream/stream-stack';
import { WebStack } from '../web/web-stack';
import { deliveredSite } from './delivered-site';
import type { Environment } from './schema';

/** The sample application, which a repository may be seeded with. */
const APPLICATION = join(__dirname, '../web/app');

/** The stacks of one environment. Only this function knows all of them. */
export interface EnvironmentStacks {
  readonly network: NetworkStack;
  readonly notices: NoticesStack;
  /** In the account of the pipeline, where that is another. */
  readonly pipelineNotices: NoticesStack | undefined;
  readonly access: AccessStack | undefined;
  readonly stream: StreamStack | undefined;
  readonly firewall: FirewallStack | undefined;
  readonly web: WebStack | undefined;
  readonly delivery: DeliveryStack | undefined;
  /** Where the site stands in another account than the pipeline. */
  readonly deliveryTarget: DeliveryTargetStack | undefined;
  readonly connect: ConnectStack | undefined;
  readonly ports: PortsStack | undefined;
  readonly review: ReviewStack | undefined;
}

/** @param environment as `validateEnvironments` answers it */
export function createEnvironment(app: App, environment: Environment): EnvironmentStacks {
  const { name: environmentName, region, availabilityZones, protectData, repository } = environment;
  const targetAccount = environment.delivery?.targetAccount;
  const account = targetAccount ?? environment.account;
  const shared = { environmentName, account, region, availabilityZones, protectData, repository };

  const network = new NetworkStack(app, { ...shared, network: environment.network });
  const notices = new NoticesStack(app, {
    ...shared,
    notices: environment.notices,
    side: 'site',
    publishers: publishersOf(environment, 'site'),
  });
  const pipelineNotices =
    targetAccount === undefined
      ? undefined
      : new NoticesStack(app, {
          ...shared,
          account: environment.account,
          notices: environment.notices,
          side: 'pipeline',
          publishers: publishersOf(environment, 'pipeline'),
        });
  const access =
    environment.access &&
    new AccessStack(app, { ...shared, access: environment.access, vpc: network.vpc, appSubnets: network.appSubnets });
  const stream =
    environment.stream && new StreamStack(app, { ...shared, stream: environment.stream, notices: notices.topic });
  const firewall =
    environment.firewall &&
    new FirewallStack(app, { ...shared, firewall: environment.firewall, notices: notices.topic });

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
      isDelivered: environment.delivery !== undefined,
      producer: stream && {
        policy: stream.producerPolicy,
        deliveryStreamName: stream.deliveryStream.deliveryStreamName,
      },
    });

  const site = deliveredSite(environment);
  const delivery =
    environment.delivery &&
    site &&
    new DeliveryStack(app, {
      ...shared,
      account: environment.account,
      delivery: environment.delivery,
      site,
      // Across accounts there are no references: each is told the names of the other.
      siteRoles: targetAccount === undefined ? web : undefined,
      notices: pipelineNotices ?? notices,
      application: APPLICATION,
    });
  const deliveryTarget =
    targetAccount !== undefined && environment.account !== undefined && site && web
      ? new DeliveryTargetStack(app, { ...shared, site, siteRoles: web, pipelineAccount: environment.account })
      : undefined;

  const connect =
    environment.connect &&
    new ConnectStack(app, {
      ...shared,
      connect: environment.connect,
      vpc: network.vpc,
      cidr: environment.network.cidr,
      onPremises: environment.network.onPremises,
      tierSubnets: network.tierSubnets,
      notices: notices.topic,
    });
  const ports =
    environment.connect && environment.connect.ports.length > 0
      ? new PortsStack(app, { ...shared, ports: environment.connect.ports })
      : undefined;

  const review =
    environment.review &&
    new ReviewStack(app, {
      ...shared,
      account: environment.account,
      review: environment.review,
      notices: (pipelineNotices ?? notices).topic,
    });

  return {
    network,
    notices,
    pipelineNotices,
    access,
    stream,
    firewall,
    web,
    delivery,
    deliveryTarget,
    connect,
    ports,
    review,
  };
}
