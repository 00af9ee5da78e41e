import type { Site } from '../delivery/delivery-names';
import { applicationName, beanstalkEnvironmentName } from '../web/beanstalk-names';
import { PLATFORMS } from '../web/platforms';
import type { Environment } from './schema';

/** What the pipeline of an environment deploys to; undefined if there is no site. */
export function deliveredSite({ name, web }: Pick<Environment, 'name' | 'web'>): Site | undefined {
  if (web === undefined) return undefined;
  return {
    applicationName: applicationName(name),
    beanstalkEnvironmentName: beanstalkEnvironmentName(name, web),
    phpVersion: PLATFORMS[web.platform].phpVersion,
  };
}
