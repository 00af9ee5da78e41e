import { z } from 'zod';
import { accessSchema } from '../access/access-settings';
import { connectSchema } from '../connect/connect-settings';
import { deliverySchema } from '../delivery/delivery-settings';
import { firewallSchema } from '../firewall/firewall-settings';
import { oneOf, setting } from '../foundation/settings';
import { networkSchema } from '../network/network-settings';
import { noticesSchema } from '../notices/notices-settings';
import { reviewSchema } from '../review/review-settings';
import { streamSchema } from '../stream/stream-settings';
import { webSchema } from '../web/web-settings';
import { REGIONS } from './regions';

/** Source: "Tag naming and usage conventions", AWS Tagging guide. */
const TAG_VALUE = /^[\p{L}\p{N} _.:/=+\-@]{1,256}$/u;

/** One environment: everything that differs between environments, and nothing else. */
export const environmentSchema = z.strictObject({
  /** Names the stacks: `<name>-Network` and so on. */
  name: setting(
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      .max(20),
    'a name of lower-case letters, digits and single hyphens (20 characters at most)',
    'dev',
  ),
  /**
   * The account that the stacks may be deployed to. Without it their templates fit any account. With delivery.targetAccount it
   * is the account of the pipeline alone.
   */
  account: setting(z.string().regex(/^\d{12}$/), 'an account ID of 12 digits, in quotes', '123456789012').optional(),
  region: oneOf(REGIONS),
  /**
   * In the order in which they were added, each as the account names it. Pinned, because a zone that changes its place
   * moves subnets.
   */
  availabilityZones: setting(
    z.array(setting(z.string(), 'the name of a zone', 'ap-northeast-1a')).min(1),
    'a list of zones',
    ['ap-northeast-1a', 'ap-northeast-1c'],
  ),
  /** Termination protection for stacks; logs, keys, buckets and repositories outlive them. */
  protectData: z.boolean().default(true),
  /** The value of the tag Repository. */
  repository: setting(
    z.string().regex(TAG_VALUE),
    'the name or address of a repository, in characters that tags can have',
    'ishizue',
  ).default('ishizue'),
  network: networkSchema,
  /** Who is told when something is wrong. */
  notices: noticesSchema,
  /** Without it there is no Access stack. */
  access: accessSchema.optional(),
  /** Without it there is no Stream stack. */
  stream: streamSchema.optional(),
  /** Without it there is no Firewall stack. */
  firewall: firewallSchema.optional(),
  /** Without it there is no Web stack. It needs access and firewall. */
  web: webSchema.optional(),
  /** Without it there is no Delivery stack. It needs web. */
  delivery: deliverySchema.optional(),
  /** Without it there is no Connect stack, and no Ports. It needs network.onPremises. */
  connect: connectSchema.optional(),
  /** Without it there is no Review stack. One environment of an account and region can review a repository. */
  review: reviewSchema.optional(),
});

/** As a person writes it: what has a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
export type Environment = z.output<typeof environmentSchema>;
