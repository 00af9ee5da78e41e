import { architectureOf } from '../instance-architecture';
import { options, type OptionSetting } from './option-setting';

export interface InstanceChoices {
  readonly instanceType: string;
  readonly least: number;
  readonly most: number;
  readonly instanceProfile: string;
  readonly securityGroupId: string;
}

/** GiB of a root volume: room for a container's image and a day of logs. At least 10. */
const ROOT_GIB = 16;

/** Percent of CPU, over five minutes, above which there is an instance more, and below which one less. */
const BUSY_PERCENT = 70;
const IDLE_PERCENT = 30;
const MINUTES = 5;

/**
 * The instances and their number. No key pair: people come in through Session Manager. DisableIMDSv1 and gp3 make Beanstalk use
 * a launch template, the only kind that accounts of October 2024 and later have.
 */
export function instanceOptions(choices: InstanceChoices): OptionSetting[] {
  return [
    ...options('aws:autoscaling:launchconfiguration', {
      IamInstanceProfile: choices.instanceProfile,
      SecurityGroups: choices.securityGroupId,
      // Beanstalk's own group would admit the whole internet or whatever it finds at the load balancer.
      DisableDefaultEC2SecurityGroup: true,
      DisableIMDSv1: true,
      RootVolumeType: 'gp3',
      RootVolumeSize: ROOT_GIB,
    }),
    ...options('aws:ec2:instances', {
      InstanceTypes: choices.instanceType,
      SupportedArchitectures: architectureOf(choices.instanceType),
      EnableSpot: false,
    }),
    ...options('aws:autoscaling:asg', { MinSize: choices.least, MaxSize: choices.most }),
    ...options('aws:autoscaling:trigger', {
      // Behind a shared load balancer, response times and host counts are no valid measures.
      MeasureName: 'CPUUtilization',
      Statistic: 'Average',
      Unit: 'Percent',
      UpperThreshold: BUSY_PERCENT,
      LowerThreshold: IDLE_PERCENT,
      Period: MINUTES,
      EvaluationPeriods: 1,
      BreachDuration: MINUTES,
    }),
  ];
}
