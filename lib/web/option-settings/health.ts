import { options, type OptionSetting } from './option-setting';

/** What the application answers with 200 when it can serve. */
export const HEALTH_PATH = '/health';

/** The port of instances, where Beanstalk's proxy or container listens. */
export const INSTANCE_PORT = 80;

/** Seconds. An instance is out after 5 × 15 and back after 3 × 15: Beanstalk's own defaults, written down. */
const INTERVAL = 15;
const TIMEOUT = 5;
const HEALTHY_AFTER = 3;
const UNHEALTHY_AFTER = 5;
/** Seconds that requests have to end before an instance goes. */
const DRAINING = 20;

/** Enhanced health, and the check of the load balancer. */
export function healthOptions(): OptionSetting[] {
  return [
    ...options('aws:elasticbeanstalk:healthreporting:system', {
      SystemType: 'enhanced',
      EnhancedHealthAuthEnabled: true,
    }),
    ...options('aws:elasticbeanstalk:environment:process:default', {
      Port: INSTANCE_PORT,
      Protocol: 'HTTP',
      HealthCheckPath: HEALTH_PATH,
      MatcherHTTPCode: 200,
      HealthCheckInterval: INTERVAL,
      HealthCheckTimeout: TIMEOUT,
      HealthyThresholdCount: HEALTHY_AFTER,
      UnhealthyThresholdCount: UNHEALTHY_AFTER,
      DeregistrationDelay: DRAINING,
    }),
  ];
}
