import { options, type OptionSetting } from './option-setting';

export type Deployment =
  { readonly policy: 'immutable' } | { readonly policy: 'rolling'; readonly batchPercent: number };

/** How a new version of the application, and a changed configuration, come to the instances. Nothing takes all at once. */
export function deploymentOptions(deployment: Deployment): OptionSetting[] {
  return [
    ...options('aws:elasticbeanstalk:command', { ...commandOptions(deployment), IgnoreHealthCheck: false }),
    ...options('aws:autoscaling:updatepolicy:rollingupdate', {
      RollingUpdateEnabled: true,
      RollingUpdateType: deployment.policy === 'immutable' ? 'Immutable' : 'Health',
    }),
  ];
}

function commandOptions(deployment: Deployment): Record<string, string | number> {
  if (deployment.policy === 'immutable') return { DeploymentPolicy: 'Immutable' };
  // With one batch more, so that an environment with a single instance stays up.
  return {
    DeploymentPolicy: 'RollingWithAdditionalBatch',
    BatchSizeType: 'Percentage',
    BatchSize: deployment.batchPercent,
  };
}
