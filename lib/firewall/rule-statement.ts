import { addressBlocks, type AddressBlock, type AddressFamily } from '../foundation/addresses';
import type { FirewallRule } from './firewall-settings';
import { forwardedAddressOf, type ForwardedAddress } from './forwarded-address';
import type { ManagedRuleGroupName } from './managed-rule-groups';
import { pathPattern } from './path-pattern';

/** Parts of a request that our rules look at. A header by its name in lower case. */
export type Field = 'method' | 'uri' | 'query' | 'body' | { readonly header: string };

/** In the order in which they are applied. MD5 answers 16 raw bytes. */
export type Transformation = 'URL_DECODE' | 'NORMALIZE_PATH' | 'MD5';

/**
 * What a rule matches, in the terms of WAF. The template, the capacity and the answers of `firewall explain` are all made of
 * this, so that none of them can say something else.
 */
export type RuleStatement =
  | { readonly is: 'all' | 'any'; readonly of: readonly RuleStatement[] }
  | { readonly is: 'not'; readonly of: RuleStatement }
  | {
      readonly is: 'addresses';
      readonly family: AddressFamily;
      readonly blocks: readonly AddressBlock[];
      readonly forwarded?: ForwardedAddress;
    }
  | { readonly is: 'countries'; readonly countries: readonly string[]; readonly forwarded?: ForwardedAddress }
  | { readonly is: 'larger'; readonly field: Field; readonly bytes: number }
  | {
      readonly is: 'pattern';
      readonly field: Field;
      readonly pattern: string;
      readonly transformations: readonly Transformation[];
    }
  | {
      readonly is: 'equal';
      readonly field: Field;
      readonly value: Buffer;
      readonly transformations: readonly Transformation[];
    }
  | {
      readonly is: 'rate';
      readonly limit: number;
      readonly windowSeconds: number;
      readonly scope: RuleStatement | undefined;
      readonly forwarded?: ForwardedAddress;
    }
  | { readonly is: 'managed'; readonly group: ManagedRuleGroupName };

/** Methods that are not to change anything. Source: RFC 9110, section 9.2.1. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

export function statementOf(rule: FirewallRule): RuleStatement {
  switch (rule.kind) {
    case 'allowedAddresses':
    case 'blockedAddresses':
      return fromAddresses(rule.addresses, forwardedAddressOf(rule, false));
    case 'rateLimit':
      return {
        is: 'rate',
        limit: rule.limit,
        windowSeconds: rule.windowSeconds,
        scope: rule.paths === undefined ? undefined : toPaths(rule.paths),
        ...given(forwardedAddressOf(rule, false)),
      };
    case 'countries': {
      const negated = rule.match === 'others';
      const listed: RuleStatement = {
        is: 'countries',
        countries: rule.countries,
        ...given(forwardedAddressOf(rule, negated)),
      };
      return negated ? { is: 'not', of: listed } : listed;
    }
    case 'sizeLimits':
      return any(sizeLimits(rule).map((limit) => ({ is: 'larger', ...limit })));
    case 'restrictedPaths': {
      const fromOthers: RuleStatement = {
        is: 'not',
        of: fromAddresses(rule.addresses, forwardedAddressOf(rule, true)),
      };
      // Every path starts with it: nothing to look for, and 23 capacity units fewer.
      return rule.paths.includes('/') ? fromOthers : { is: 'all', of: [toPaths(rule.paths), fromOthers] };
    }
    case 'crossSiteRequests':
      return {
        is: 'all',
        of: [
          // Browsers say where a request comes from. Source: W3C Fetch Metadata Request Headers.
          equal({ header: 'sec-fetch-site' }, 'cross-site'),
          ...SAFE_METHODS.map((method): RuleStatement => ({ is: 'not', of: equal('method', method) })),
        ],
      };
    case 'revokedTokens':
      return any(
        rule.md5.map((digest) => ({
          is: 'equal',
          field: { header: rule.header.toLowerCase() },
          value: Buffer.from(digest, 'hex'),
          transformations: ['MD5'],
        })),
      );
    case 'managedGroup':
      return { is: 'managed', group: rule.group };
  }
}

/** Both sets, even where one is empty: an operator can then add an address in a hurry without a deployment. */
export function fromAddresses(addresses: readonly string[], forwarded: ForwardedAddress | undefined): RuleStatement {
  const blocks = addressBlocks(addresses);
  return any(
    (['IPV4', 'IPV6'] as const).map((family) => ({
      is: 'addresses',
      family,
      blocks: blocks.filter((block) => block.family === family),
      ...given(forwarded),
    })),
  );
}

function given(forwarded: ForwardedAddress | undefined): { forwarded?: ForwardedAddress } {
  return forwarded === undefined ? {} : { forwarded };
}

/** A path that is one of these. */
export function toPaths(paths: readonly string[]): RuleStatement {
  // As the server will see it: without them, /%61dmin and //admin would pass.
  return {
    is: 'pattern',
    field: 'uri',
    pattern: pathPattern(paths),
    transformations: ['URL_DECODE', 'NORMALIZE_PATH'],
  };
}

/** The limits that a rule sets, in bytes. */
export function sizeLimits(rule: Extract<FirewallRule, { kind: 'sizeLimits' }>): { field: Field; bytes: number }[] {
  const limits: [Field, number | undefined][] = [
    ['uri', rule.uri],
    ['query', rule.query],
    ['body', rule.body],
    [{ header: 'cookie' }, rule.cookie],
  ];
  return limits.flatMap(([field, bytes]) => (bytes === undefined ? [] : [{ field, bytes }]));
}

function equal(field: Field, value: string): RuleStatement {
  return { is: 'equal', field, value: Buffer.from(value), transformations: [] };
}

/** WAF's own `or` takes two statements or more. */
function any(statements: readonly RuleStatement[]): RuleStatement {
  const [only, ...others] = statements;
  return only !== undefined && others.length === 0 ? only : { is: 'any', of: statements };
}
