import { z } from 'zod';
import { oneOf, setting } from '../foundation/settings';
import { PLATFORM_NAMES } from './platforms';

/**
 * Days that Beanstalk accepts for the log groups that it makes; CloudWatch Logs itself knows a few more.
 * Source: `aws:elasticbeanstalk:cloudwatch:logs`, "General options for all environments", Elastic Beanstalk Developer Guide.
 */
export const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653] as const;

/** Source: `aws:autoscaling:asg`, same page. */
const MOST_INSTANCES = 10_000;
/** A rule takes five hosts, and one is the environment's own. Source: "Configuring a shared Application Load Balancer", same guide. */
const MOST_HOST_NAMES = 4;

const instanceCount = setting(
  z.int().min(1).max(MOST_INSTANCES),
  `a whole number of instances from 1 to ${MOST_INSTANCES}`,
  2,
);

const HOST_NAME = /^(?=.{1,128}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const hostNames = z
  .array(setting(z.string().regex(HOST_NAME), 'a host name in lower case', 'www.example.com'))
  .max(MOST_HOST_NAMES)
  .refine((names) => new Set(names).size === names.length);

/** Source: "Amazon EC2 instance type naming conventions", EC2 Instance Types. */
const INSTANCE_TYPE = /^[a-z]+\d+[a-z0-9-]*\.(nano|micro|small|medium|(\d+)?x?large|\d+xlarge|metal(-\d+xl)?)$/;

export const webSchema = z.strictObject({
  /** What runs on the instances. Another word makes another environment, and then removes this one (docs/stacks/web.md). */
  platform: oneOf(PLATFORM_NAMES),
  /** Its processor, x86 or Graviton, decides for which one instances are started. */
  instanceType: setting(z.string().regex(INSTANCE_TYPE), 'an EC2 instance type', 't3.small').default('t3.small'),
  /** Bounds of scaling. */
  instances: z.strictObject({ least: instanceCount, most: instanceCount }),
  /** rolling: batch by batch, with one batch more meanwhile. immutable: new instances beside the old ones. */
  deployment: oneOf(['rolling', 'immutable']),
  /** The share of instances in a batch of a rolling deployment. */
  batchPercent: setting(z.int().min(1).max(100), 'a whole number of percent from 1 to 100', 30).optional(),
  /** Updates of the platform, by Beanstalk. */
  updates: z.strictObject({
    /** When they begin, in UTC. */
    window: setting(
      z.string().regex(/^(Sun|Mon|Tue|Wed|Thu|Fri|Sat):([01]\d|2[0-3]):[0-5]\d$/),
      'a day and a time in UTC',
      'Tue:18:00',
    ),
    /** patch: the same minor version. minor: later minor versions, too. */
    level: oneOf(['minor', 'patch']),
    /** Replaces all instances once a week even if there is no update. */
    replaceWeekly: z.boolean().default(false),
  }),
  /** How long logs that are streamed from instances are kept, also after the environment is gone. */
  logs: z.strictObject({
    retentionDays: setting(
      z.literal([...LOG_RETENTION_DAYS]),
      `a retention that Elastic Beanstalk knows (${LOG_RETENTION_DAYS.join(', ')} days)`,
      90,
    ),
  }),
  /** The application's environment variables. They can be read by whoever can read the environment: nothing secret. */
  variables: setting(z.record(z.string(), z.string()), 'texts by the names of variables', {
    SITE_NAME: 'Example',
  }).default({}),
  /** Variables whose values are fetched when an instance starts: ARNs of secrets or parameters, or `ssm:/path`. */
  secrets: setting(z.record(z.string(), z.string()), 'references by the names of variables', {
    DB_PASSWORD: 'ssm:/dev/web/db-password',
  }).default({}),
  /** Keys of the account's own that encrypt those secrets; the keys of AWS need not be named. */
  secretKeys: setting(
    z.array(
      setting(
        z.string().regex(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/),
        'the ARN of a KMS key',
        'arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-0000-0000-000000000000',
      ),
    ),
    'a list of ARNs of KMS keys',
    [],
  ).default([]),
  /** An ACM certificate: its ARN, or `ssm:/path` of a parameter that holds the ARN. Without it there is no HTTPS. */
  certificateArn: setting(
    z.string(),
    'the ARN of a certificate, or the path of a parameter',
    'ssm:/prod/web/certificate-arn',
  ).optional(),
  /** The site's own names; their DNS records point at the load balancer. */
  hostNames: setting(hostNames, `a list of at most ${MOST_HOST_NAMES} host names, each once`, [
    'www.example.com',
  ]).default([]),
});

export type WebSettings = z.output<typeof webSchema>;
