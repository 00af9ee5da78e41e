import { CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { Fn, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { throwIfAny } from '../../foundation/problem';
import { optionProblems } from '../option-settings/option-problems';
import type { OptionSetting } from '../option-settings/environment-options';
import { platformArn, solutionStackName, type Platform } from '../platforms';

export interface BeanstalkEnvironmentProps {
  readonly applicationName: string;
  readonly environmentName: string;
  readonly versionLabel: string;
  readonly platform: Platform;
  readonly options: readonly OptionSetting[];
}

/** A load-balanced web server environment. */
export class BeanstalkEnvironment extends Construct {
  /** The name that Elastic Beanstalk gives the site, and that its listener rule is for. */
  readonly hostName: string;

  /** @throws {ProblemsError} for options that Elastic Beanstalk does not know, and values that it does not take */
  constructor(scope: Construct, id: string, props: BeanstalkEnvironmentProps) {
    super(scope, id);
    throwIfAny(optionProblems(props.options, this.node.path));
    const { region, partition, stackId } = Stack.of(this);
    // Unique among all of AWS's customers in a region, and the same as long as the stack lives: the first part of the UUID in
    // arn:…:stack/name/UUID.
    const unique = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', stackId))));
    const cnamePrefix = `${props.environmentName}-${unique}`;
    new CfnEnvironment(this, 'Environment', {
      applicationName: props.applicationName,
      environmentName: props.environmentName,
      cnamePrefix,
      description: describe(props.platform),
      platformArn: platformArn(props.platform, region, partition),
      tier: { name: 'WebServer', type: 'Standard' },
      versionLabel: props.versionLabel,
      optionSettings: [...props.options],
    });
    this.hostName = `${cnamePrefix}.${region}.elasticbeanstalk.com`;
  }
}

/** What an environment starts with; managed updates may have taken it further. */
function describe(platform: Platform): string {
  const image = platform.dockerImage === undefined ? '' : `, ${platform.dockerImage}`;
  return `Made on ${solutionStackName(platform)}${image}`;
}
