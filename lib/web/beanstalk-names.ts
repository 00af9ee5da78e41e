import { createHash } from 'node:crypto';
import type { WebSettings } from './web-settings';

/** Characters of the part of an environment's name that tells it from its successor. */
const GENERATION_LENGTH = 6;

/** The Beanstalk application of an environment. */
export function applicationName(environmentName: string): string {
  return `${environmentName}-web`;
}

/**
 * The Beanstalk environment. Its name is known beforehand, because log groups, permissions and the pipeline are scoped by it.
 *
 * What Beanstalk cannot change in an environment that exists is its platform branch and, behind a shared load balancer, its
 * listener rules ("you can't update listeners and listener rules after environment creation": "Configuring a shared
 * Application Load Balancer", Developer Guide). So the name follows from them: when one changes, CloudFormation makes an
 * environment with a new name beside the old one, and then removes that. With a name that stayed it would refuse.
 */
export function beanstalkEnvironmentName(
  environmentName: string,
  { platform, certificateArn, hostNames }: Pick<WebSettings, 'platform' | 'certificateArn' | 'hostNames'>,
): string {
  const unchangeable = [platform, certificateArn !== undefined, [...hostNames].sort()];
  const generation = createHash('sha256')
    .update(JSON.stringify(unchangeable))
    .digest('hex')
    .slice(0, GENERATION_LENGTH);
  return `${applicationName(environmentName)}-${generation}`;
}

/** All environments that the application has, one after another, as a pattern in which `?` stands for one character. */
export function beanstalkEnvironmentPattern(environmentName: string): string {
  return `${applicationName(environmentName)}-${'?'.repeat(GENERATION_LENGTH)}`;
}
