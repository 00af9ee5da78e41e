import { options, type OptionSetting } from './option-setting';

/** Plain variables, and the ARNs of those that Beanstalk fetches when an instance starts. */
export function variableOptions(
  variables: Readonly<Record<string, string>>,
  secretArns: Readonly<Record<string, string>>,
): OptionSetting[] {
  return [
    ...options('aws:elasticbeanstalk:application:environment', variables),
    ...options('aws:elasticbeanstalk:application:environmentsecrets', secretArns),
  ];
}
