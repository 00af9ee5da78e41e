import { PLATFORMS } from '../platforms';
import type { WebSettings } from '../web-settings';
import { deploymentOptions, type Deployment } from './deployment';
import { healthOptions } from './health';
import { instanceOptions } from './instances';
import { loadBalancerOptions } from './load-balancer';
import { logOptions } from './logs';
import { networkOptions, type NetworkPlace } from './network';
import type { OptionSetting } from './option-setting';
import { platformOptions } from './platform';
import { updateOptions } from './updates';
import { variableOptions } from './variables';

/** What the environment is told of the resources around it. Tokens are understood. */
export interface EnvironmentParts {
  readonly network: NetworkPlace;
  readonly instanceProfile: string;
  readonly instanceSecurityGroupId: string;
  readonly loadBalancerArn: string;
  readonly loadBalancerSecurityGroupId: string;
  readonly serviceRoleArn: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secretArns: Readonly<Record<string, string>>;
}

/** Percent of instances in a batch where the settings do not say it. */
const DEFAULT_BATCH_PERCENT = 30;

/** All options of the environment. Those that are left out have Beanstalk's defaults. */
export function environmentOptions(web: WebSettings, parts: EnvironmentParts): OptionSetting[] {
  return [
    ...networkOptions(parts.network),
    ...instanceOptions({
      instanceType: web.instanceType,
      ...web.instances,
      instanceProfile: parts.instanceProfile,
      securityGroupId: parts.instanceSecurityGroupId,
    }),
    ...loadBalancerOptions({
      loadBalancerArn: parts.loadBalancerArn,
      securityGroupId: parts.loadBalancerSecurityGroupId,
      port: web.certificateArn === undefined ? 80 : 443,
      hostNames: web.hostNames,
    }),
    ...deploymentOptions(deploymentOf(web)),
    ...healthOptions(),
    ...updateOptions(web.updates, parts.serviceRoleArn),
    ...logOptions(web.logs.retentionDays),
    ...platformOptions(PLATFORMS[web.platform]),
    ...variableOptions(parts.variables, parts.secretArns),
  ];
}

function deploymentOf({ deployment, batchPercent }: WebSettings): Deployment {
  return deployment === 'immutable'
    ? { policy: 'immutable' }
    : { policy: 'rolling', batchPercent: batchPercent ?? DEFAULT_BATCH_PERCENT };
}
