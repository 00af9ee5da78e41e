import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps } from '../foundation/constructs/environment-stack';
import { BlockSurgeAlarm } from './constructs/block-surge-alarm';
import { WebAcl } from './constructs/web-acl';
import { WebAclLog } from './constructs/web-acl-log';
import type { FirewallSettings } from './firewall-settings';

export interface FirewallStackProps extends EnvironmentStackProps {
  readonly firewall: FirewallSettings;
  readonly notices: ITopic;
}

/** A web ACL with ordered rules, its log and its alarm. Load balancers associate themselves with it. */
export class FirewallStack extends EnvironmentStack {
  readonly webAclArn: string;

  constructor(scope: Construct, props: FirewallStackProps) {
    const { firewall, environmentName } = props;
    const { length } = firewall.rules;
    super(scope, 'Firewall', props, `Firewall of ${environmentName}: a web ACL of ${length} rules, logged`);
    const webAcl = new WebAcl(this, 'WebAcl', { rules: firewall.rules });
    this.webAclArn = webAcl.arn;
    new WebAclLog(this, 'Log', {
      webAclArn: webAcl.arn,
      retentionDays: firewall.logs.retentionDays,
      removalPolicy: this.dataRemovalPolicy,
    });
    new BlockSurgeAlarm(this, 'BlockSurge', {
      metricName: webAcl.metricName,
      threshold: firewall.blockSurge,
      notices: props.notices,
    });

    new CfnOutput(this, 'WebAclArn', { value: webAcl.arn });
  }
}
