/**
 * Platforms of Elastic Beanstalk that can run a PHP site, as they were on 23 November 2026.
 *
 * A version in this table is the one that a new environment starts with; managed updates take it on from there. AWS lets an
 * account start on a version only while that is current, or if the account used it before. So bring the table up to date
 * when `aws elasticbeanstalk list-available-solution-stacks` no longer shows a line of it.
 * Source: "Supported platforms" and "Platform version history", AWS Elastic Beanstalk Platforms.
 */
const AMAZON_LINUX_2 = { os: '64bit Amazon Linux 2', version: '3.8.4' } as const;
const AMAZON_LINUX_2023 = { os: '64bit Amazon Linux 2023', version: '4.13.7' } as const;

/** Since when an environment cannot be created on a platform by accounts that never used it. */
export interface Retirement {
  /** Day in words: `10 October 2024`. */
  readonly since: string;
  readonly what: string;
}

export interface Platform {
  /** What Beanstalk runs on the instances: its own PHP, or the container that the bundle's Dockerfile describes. */
  readonly family: 'php' | 'docker';
  /** As in `64bit … running PHP 8.5`. */
  readonly runs: string;
  readonly phpVersion: string;
  readonly os: string;
  readonly version: string;
  /** The official image that the bundle's Dockerfile starts from. */
  readonly dockerImage?: string;
  readonly retired?: Retirement;
  /** The day after which PHP's own makers mend nothing of this version. Source: php.net, "Unsupported branches". */
  readonly phpUnsupportedSince?: string;
  /** Secrets as variables came with the versions of 26 March 2025. Source: "Fetching secrets and parameters", Developer Guide. */
  readonly takesSecrets: boolean;
}

export const PLATFORM_NAMES = ['php-8.0', 'php-8.3', 'php-8.4', 'php-8.5', 'php-8.0-docker'] as const;
export type PlatformName = (typeof PLATFORM_NAMES)[number];

export const PLATFORMS: Readonly<Record<PlatformName, Platform>> = {
  'php-8.0': {
    ...AMAZON_LINUX_2,
    family: 'php',
    runs: 'PHP 8.0',
    phpVersion: '8.0',
    takesSecrets: false,
    // The branch by itself; all of Amazon Linux 2 followed on 6 August 2026.
    retired: { since: '10 October 2024', what: 'PHP 8.0 on Amazon Linux 2' },
  },
  'php-8.3': { ...AMAZON_LINUX_2023, family: 'php', runs: 'PHP 8.3', phpVersion: '8.3', takesSecrets: true },
  'php-8.4': { ...AMAZON_LINUX_2023, family: 'php', runs: 'PHP 8.4', phpVersion: '8.4', takesSecrets: true },
  'php-8.5': { ...AMAZON_LINUX_2023, family: 'php', runs: 'PHP 8.5', phpVersion: '8.5', takesSecrets: true },
  'php-8.0-docker': {
    ...AMAZON_LINUX_2023,
    family: 'docker',
    runs: 'Docker',
    phpVersion: '8.0',
    dockerImage: 'php:8.0-apache',
    phpUnsupportedSince: '26 November 2023',
    takesSecrets: true,
  },
};

/** The name under which `list-available-solution-stacks` shows a platform. */
export function solutionStackName({ os, version, runs }: Platform): string {
  return `${os} v${version} running ${runs}`;
}

/** The same, in the form that CloudFormation can update in place; a changed solution stack name makes it replace the environment. */
export function platformArn({ os, version, runs }: Platform, region: string, partition: string): string {
  return `arn:${partition}:elasticbeanstalk:${region}::platform/${runs} running on ${os}/${version}`;
}
