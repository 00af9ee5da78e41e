import { options, type OptionSetting } from './option-setting';

/** Streams the logs of instances and of health, and keeps them after the environment is gone. */
export function logOptions(retentionDays: number): OptionSetting[] {
  const kept = { DeleteOnTerminate: false, RetentionInDays: retentionDays };
  return [
    ...options('aws:elasticbeanstalk:cloudwatch:logs', { StreamLogs: true, ...kept }),
    ...options('aws:elasticbeanstalk:cloudwatch:logs:health', { HealthStreamingEnabled: true, ...kept }),
    // Rotated logs, whole, to the account's Beanstalk bucket.
    ...options('aws:elasticbeanstalk:hostmanager', { LogPublicationControl: true }),
  ];
}
