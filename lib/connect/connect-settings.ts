import { z } from 'zod';
import { retentionDaysSchema } from '../foundation/retention';
import { oneOf, setting } from '../foundation/settings';
import { MOST_PREPENDS } from './values/limits';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const name = setting(
  z.string().regex(NAME).max(32),
  'a name of lower-case letters, digits and single hyphens (32 characters at most)',
  'tokyo-1',
);

const cidr = setting(z.string(), 'an IPv4 CIDR block', '192.168.0.0/16');
const cidrs = setting(z.array(cidr).min(1), 'a list of IPv4 CIDR blocks', ['192.168.0.0/16']);
const asn = setting(z.int(), 'a whole number', 65_000);

/** `dxcon-…`, `dxlag-…`, or `ssm:/path` of a parameter that holds one of them in the account that the stack goes to. */
const connection = setting(
  z.string().regex(/^(dx(con|lag)-[a-z0-9]{8,}|ssm:\/[\w.-]+(\/[\w.-]+)*)$/),
  'the ID of a connection or LAG, or ssm: and the path of a parameter that holds it',
  'dxcon-fg5678gh',
);

/** A code of a location. Source: `AWS::DirectConnect::Connection`, Location; `aws directconnect describe-locations`. */
const location = setting(z.string().regex(/^[a-zA-Z0-9-]+$/), 'the code of a Direct Connect location', 'EqTY2');

const bandwidth = setting(z.string().regex(/^[1-9]\d*[MG]bps$/), 'a bandwidth', '1Gbps');

/** The name or ARN of a secret whose text is the key. */
const secret = setting(
  z.string().regex(/^(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/),
  'the name or ARN of a secret in Secrets Manager (never the key itself)',
  'prod/connect/tokyo-1',
);

export const interfaceSchema = z.strictObject({
  name,
  connection,
  location,
  /** What tells AWS's devices at a location apart: interfaces with the same one fail together. */
  device: setting(z.string().min(1).max(64), 'a label of a device', 'a').optional(),
  /** A connection that a partner provides: it has one interface and no service level agreement. */
  hosted: z.boolean().default(false),
  bandwidth,
  vlan: setting(z.int(), 'a whole number', 101),
  /** In bytes. Larger than 1,500 where the other side has it, too. */
  mtu: setting(z.int(), 'a whole number of bytes', 1500).default(1500),
  /** Of the link, with the same mask of 30 or 31. Without them AWS takes a /30 of 169.254.0.0/16. */
  addresses: z
    .strictObject({
      amazon: setting(z.string(), 'an IPv4 address with its prefix length', '169.254.100.1/30'),
      customer: setting(z.string(), 'an IPv4 address with its prefix length', '169.254.100.2/30'),
    })
    .optional(),
  /** The BGP key. Without it AWS makes one, which its console shows. */
  keySecret: secret.optional(),
  /** Traffic between sites over AWS's network, which costs by the hour and by the gigabyte. */
  siteLink: z.boolean().default(false),
  /** Which of several is used, in both directions: the customer's router tells AWS by community 7224:7100 to 7224:7300. */
  preference: oneOf(['high', 'medium', 'low']).default('medium'),
  /** How often the customer's router adds its own number to the AS path, which only AWS's side heeds. */
  prepend: setting(z.int().min(0).max(MOST_PREPENDS), `a whole number from 0 to ${MOST_PREPENDS}`, 0).default(0),
  /** What the customer's router announces over it; network.onPremises unless it says otherwise. */
  announces: cidrs.optional(),
});

export const vpnSchema = z.strictObject({
  /** The public address of the customer's device, or ssm: and the path of a parameter that holds it. */
  address: setting(
    z.string(),
    'a public IPv4 address, or ssm: and the path of a parameter',
    'ssm:/connect/vpn-address',
  ),
  routing: oneOf(['bgp', 'static']).default('bgp'),
  /** What the customer announces, or the static routes; network.onPremises unless it says otherwise. */
  announces: cidrs.optional(),
  /** A /30 of 169.254.0.0/16 for each tunnel. Without them AWS takes two. */
  tunnels: setting(z.array(setting(z.string(), 'a /30 block', '169.254.60.0/30')).length(2), 'two /30 blocks', [
    '169.254.60.0/30',
    '169.254.60.4/30',
  ]).optional(),
});

export const connectSchema = z.strictObject({
  /** What is joined to the VPC: a virtual private gateway, which costs nothing, or a transit gateway, for more VPCs. */
  gateway: oneOf(['virtualPrivate', 'transit']).default('virtualPrivate'),
  /** AWS's number on the Direct Connect gateway. It cannot be changed: another number is another gateway. */
  amazonAsn: asn.default(64_512),
  /** AWS's number on the transit or virtual private gateway, towards the VPN. It cannot be changed either. */
  gatewayAsn: asn.default(64_513),
  /** The number of the customer's routers. */
  customerAsn: asn,
  /** What AWS announces; the VPC's block unless it says otherwise. */
  allowedPrefixes: cidrs.optional(),
  /** Tiers whose route tables learn the way to on-premises networks. */
  tiers: setting(z.array(z.string()).min(1), 'a list of tiers', ['app', 'data']).default(['app', 'data']),
  interfaces: setting(z.array(interfaceSchema), 'a list of virtual interfaces', []).default([]),
  /** Ports to order, in a stack of their own: an interface needs a connection that is up. */
  ports: setting(
    z.array(
      z.strictObject({
        name,
        location,
        bandwidth,
        /** Whose circuit leads there, as `describe-locations` names it. */
        provider: setting(z.string().min(1).max(200), 'the name of a provider', 'NTT Communications').optional(),
        /** Encryption of the link itself, at 10 Gbps and more where the location has it; decided when ordering. */
        macSec: z.boolean().default(false),
      }),
    ),
    'a list of ports',
    [],
  ).default([]),
  /** A backup over the internet. */
  vpn: vpnSchema.optional(),
  /** How long the log of the tunnels is kept. */
  logs: z.strictObject({ retentionDays: retentionDaysSchema }),
});

export type ConnectSettings = z.output<typeof connectSchema>;
export type InterfaceSettings = ConnectSettings['interfaces'][number];
export type VpnSettings = z.output<typeof vpnSchema>;
