import { repositoryName } from '../delivery/delivery-names';
import { planPipeline } from '../delivery/pipeline-plan';
import { drawPipeline } from '../delivery/pipeline-svg';
import { showStart } from '../delivery/pipeline-text';
import { readableNames } from '../delivery/readable-names';
import { planAddresses } from '../network/address-plan';
import { drawAddressPlan } from '../network/address-plan-svg';
import { addressPlanInput } from '../network/network-settings';
import { deliveredSite } from './delivered-site';
import type { Environment } from './schema';

/** A picture that is kept in docs, and by a test the same as what is deployed. */
export interface Picture {
  readonly path: string;
  readonly svg: string;
}

/** The pictures of an environment. */
export function picturesOf(environment: Environment): Picture[] {
  const { name, network, availabilityZones } = environment;
  const plan = drawAddressPlan(planAddresses(addressPlanInput(network, availabilityZones)), name);
  return [{ path: `docs/pictures/${name}-address-plan.svg`, svg: plan }, ...pipelinePicture(environment)];
}

function pipelinePicture(environment: Environment): Picture[] {
  const { name, region, account, delivery } = environment;
  const site = deliveredSite(environment);
  if (delivery === undefined || site === undefined) return [];
  const names = readableNames({
    environmentName: name,
    region,
    account,
    targetAccount: delivery.targetAccount,
    repositoryName: repositoryName(name, delivery.repository.name),
  });
  const svg = drawPipeline(planPipeline(delivery, site, names), name, showStart(names));
  return [{ path: `docs/pictures/${name}-pipeline.svg`, svg }];
}
