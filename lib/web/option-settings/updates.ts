import type { WebSettings } from '../web-settings';
import { options, type OptionSetting } from './option-setting';

/** Managed updates of the platform, and the role that Beanstalk does them and everything else with. */
export function updateOptions(updates: WebSettings['updates'], serviceRoleArn: string): OptionSetting[] {
  return [
    ...options('aws:elasticbeanstalk:environment', { ServiceRole: serviceRoleArn }),
    ...options('aws:elasticbeanstalk:managedactions', {
      ManagedActionsEnabled: true,
      PreferredStartTime: updates.window,
      // The same as ServiceRole, or AWS's own service-linked role; no third is accepted.
      ServiceRoleForManagedUpdates: serviceRoleArn,
    }),
    ...options('aws:elasticbeanstalk:managedactions:platformupdate', {
      UpdateLevel: updates.level,
      InstanceRefreshEnabled: updates.replaceWeekly,
    }),
  ];
}
