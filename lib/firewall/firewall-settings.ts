import { z } from 'zod';
import { retentionDaysSchema } from '../foundation/retention';
import { oneOf, setting } from '../foundation/settings';
import { MANAGED_RULE_GROUP_NAMES } from './managed-rule-groups';

/** What an Application Load Balancer hands to WAF of a body. Source: "AWS WAF quotas", AWS WAF Developer Guide. */
export const LARGEST_INSPECTED_BODY = 8192;

/** Source: `RateBasedStatement`, AWS WAF API Reference. */
const LOWEST_RATE = 10;
const HIGHEST_RATE = 2_000_000_000;
export const RATE_WINDOWS = [60, 120, 300, 600] as const;

/** Source: `Rule`, AWS WAF API Reference. These two are names of metrics of the web ACL itself. */
const RULE_NAME = /^(?!(?:All|Default_Action)$)[A-Za-z0-9_-]{1,128}$/;

/** Header names are tokens. Source: RFC 9110, section 5.6.2; WAF takes 64 characters. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

const name = setting(
  z.string().regex(RULE_NAME),
  'a name of letters, digits, hyphens and underscores (128 at most; not All or Default_Action)',
  'BlockedAddresses',
);

/** IPv4 and IPv6, single addresses and blocks. What they mean is checked apart. */
const addresses = setting(
  z.array(setting(z.string(), 'an address or a CIDR block', '192.0.2.0/24')),
  'a list of addresses and CIDR blocks',
  ['192.0.2.0/24', '2001:db8::/32'],
);

/** Source: `ForwardedIPConfig`, AWS WAF API Reference. */
const FORWARDED_HEADER_NAME = /^[A-Za-z0-9-]{1,255}$/;

/**
 * Behind a proxy: the header in which it says whose request it hands on. Without it a rule goes by the address that connects,
 * which is then the proxy's. Where the header is missing, WAF passes over the rule.
 */
const forwardedHeader = z.strictObject({
  name: setting(z.string().regex(FORWARDED_HEADER_NAME), 'the name of a header', 'X-Forwarded-For'),
  /**
   * What the rule does where the header holds no address: by default what is safe, which is that a rule that lets requests pass
   * does not match, and one that refuses them does.
   */
  fallback: oneOf(['match', 'noMatch']).optional(),
});

/** IP sets can look at another address than the first; WAF's rate limits and countries can not. */
const forwardedHeaderAt = forwardedHeader.extend({
  /** A proxy adds the address that it hands on at the end. What stands before that, the client may have written. */
  position: oneOf(['last', 'first', 'any']).default('last'),
});

/** `/admin` is that path and whatever starts with it; `*.bak` is every path that ends so. Case does not count. */
const paths = setting(
  z
    .array(
      setting(z.string().regex(/^(\/|\*\.)[A-Za-z0-9._~/-]{0,99}$/), 'a path (/admin) or an ending (*.bak)', '/admin'),
    )
    .min(1),
  'a list of paths and endings',
  ['/admin', '*.bak'],
);

const bytes = (most: number, example: number): z.ZodOptional<z.ZodInt> =>
  setting(z.int().min(1).max(most), `a whole number of bytes from 1 to ${most}`, example).optional();

/** A rule that ends a request, lets whoever solves a puzzle pass (challenge, captcha), or only counts. */
const refusal = oneOf(['block', 'count', 'challenge', 'captcha']);
const decision = oneOf(['block', 'allow', 'count', 'challenge', 'captcha']);

export const ruleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('allowedAddresses'),
    name,
    action: oneOf(['allow', 'count']),
    addresses,
    forwardedHeader: forwardedHeaderAt.optional(),
  }),
  z.strictObject({
    kind: z.literal('blockedAddresses'),
    name,
    action: refusal,
    addresses,
    forwardedHeader: forwardedHeaderAt.optional(),
  }),
  z.strictObject({
    kind: z.literal('rateLimit'),
    name,
    action: refusal,
    /** Requests of one address in a window. */
    limit: setting(
      z.int().min(LOWEST_RATE).max(HIGHEST_RATE),
      `a whole number of requests from ${LOWEST_RATE} to ${HIGHEST_RATE}`,
      2000,
    ),
    windowSeconds: setting(z.literal(RATE_WINDOWS), `one of ${RATE_WINDOWS.join(', ')} seconds`, 300),
    /** Only requests for these count. Without it all do. */
    paths: paths.optional(),
    forwardedHeader: forwardedHeader.optional(),
  }),
  z.strictObject({
    kind: z.literal('countries'),
    name,
    action: decision,
    countries: setting(z.array(setting(z.string(), 'a country', 'JP')).min(1), 'a list of countries', ['JP']),
    /** Requests from these countries, or from all others. */
    match: oneOf(['listed', 'others']),
    forwardedHeader: forwardedHeader.optional(),
  }),
  z.strictObject({
    kind: z.literal('sizeLimits'),
    name,
    action: refusal,
    uri: bytes(8192, 512),
    query: bytes(8192, 1024),
    /** WAF sees no more of a body than this much, and so cannot tell larger ones apart. */
    body: bytes(LARGEST_INSPECTED_BODY, 4096),
    /** As of a body: WAF sees the first 8 KiB of headers. */
    cookie: bytes(LARGEST_INSPECTED_BODY - 1, 4093),
  }),
  z.strictObject({
    kind: z.literal('restrictedPaths'),
    name,
    action: refusal,
    paths,
    /** Who may: nobody, if the list is empty. */
    addresses,
    forwardedHeader: forwardedHeaderAt.optional(),
  }),
  z.strictObject({
    kind: z.literal('crossSiteRequests'),
    name,
    action: refusal,
  }),
  z.strictObject({
    kind: z.literal('revokedTokens'),
    name,
    action: oneOf(['block', 'count']),
    header: setting(z.string().regex(HEADER_NAME), 'the name of a header', 'authorization').default('authorization'),
    /** Of the header's whole value: the token itself would be a secret in a template. */
    md5: setting(
      z
        .array(setting(z.string().regex(/^[0-9a-f]{32}$/), 'an MD5 digest of 32 hexadecimal digits', '0'.repeat(32)))
        .min(1)
        .max(10),
      'a list of up to 10 MD5 digests',
      ['0'.repeat(32)],
    ),
  }),
  z.strictObject({
    kind: z.literal('managedGroup'),
    name,
    /** What its rules do: what AWS chose for each, or count. */
    action: oneOf(['block', 'count']),
    group: oneOf(MANAGED_RULE_GROUP_NAMES),
    /** Rules of the group that do something else. */
    overrides: setting(z.record(z.string(), decision), 'rules of the group and what they do instead', {
      SizeRestrictions_BODY: 'count',
    }).default({}),
    /** Without it AWS moves the web ACL to new versions as they become the default. */
    version: setting(z.string().regex(/^Version_\d+\.\d+$/), 'a version of the group', 'Version_1.0').optional(),
  }),
]);

export const firewallSchema = z.strictObject({
  /** In the order in which they are evaluated. */
  rules: setting(z.array(ruleSchema).min(1), 'a list of rules', [
    { kind: 'blockedAddresses', name: 'BlockedAddresses', action: 'block', addresses: [] },
  ]),
  /** How long the log of requests that were not plainly allowed is kept. */
  logs: z.strictObject({ retentionDays: retentionDaysSchema }),
  /** Blocked requests in five minutes that raise the alarm. */
  blockSurge: setting(z.int().min(1), 'a whole number of requests from 1', 500),
});

export type FirewallSettings = z.output<typeof firewallSchema>;
export type FirewallRule = FirewallSettings['rules'][number];
export type RuleAction = FirewallRule['action'];
