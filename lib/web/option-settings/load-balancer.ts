import { options, type OptionSetting } from './option-setting';

export interface SharedLoadBalancer {
  readonly loadBalancerArn: string;
  readonly securityGroupId: string;
  /** The listener that requests for the application come to; 443 if there is HTTPS. */
  readonly port: 80 | 443;
  /** Names of the site besides the one that Beanstalk gives. */
  readonly hostNames: readonly string[];
}

/** Puts the environment behind a load balancer of ours. Beanstalk adds listener rules and a target group to it, nothing else. */
export function loadBalancerOptions(shared: SharedLoadBalancer): OptionSetting[] {
  const { port, hostNames } = shared;
  return [
    ...options('aws:elasticbeanstalk:environment', {
      EnvironmentType: 'LoadBalanced',
      LoadBalancerType: 'application',
      LoadBalancerIsShared: true,
    }),
    ...options('aws:elbv2:loadbalancer', {
      SharedLoadBalancer: shared.loadBalancerArn,
      // Required where Beanstalk's own group for instances is off. Left out, Beanstalk would attach an open group of its own.
      SecurityGroups: shared.securityGroupId,
    }),
    // Named even for port 80. Without any, Beanstalk puts its rule on port 80, past a redirect that stands there; named for
    // port 443 alone, it puts none on port 80. Source: `aws:elbv2:listener:listener_port`, option Rules, Developer Guide.
    ...options(`aws:elbv2:listener:${port}`, { Rules: hostNames.length > 0 ? 'default,site' : 'default' }),
    // The rule `default` is for the name that Beanstalk gives.
    ...(hostNames.length > 0
      ? options('aws:elbv2:listenerrule:site', { HostHeaders: hostNames.join(','), Process: 'default', Priority: 1 })
      : []),
  ];
}
