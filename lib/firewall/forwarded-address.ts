import { isAddressBlock, parseAddress, type AddressBlock } from '../foundation/addresses';
import type { FirewallRule } from './firewall-settings';
import { headerOf, type WebRequest } from './web-request';

/** Where a statement finds the address of a request, in place of the one that connects. */
export interface ForwardedAddress {
  readonly header: string;
  readonly position: 'first' | 'last' | 'any';
  /** Whether the statement matches where the header holds no address. */
  readonly matchesWithout: boolean;
}

/** Of a longer list WAF looks at the last. Source: `IPSetForwardedIPConfig`, AWS WAF API Reference, autumn 2026. */
const MOST_LOOKED_AT = 10;

/**
 * Where the statements of a rule find addresses; undefined for the address that connects.
 *
 * @param negated true if the rule matches where the statement does not
 */
export function forwardedAddressOf(rule: FirewallRule, negated: boolean): ForwardedAddress | undefined {
  if (!('forwardedHeader' in rule) || rule.forwardedHeader === undefined) return undefined;
  const { name: header, fallback = letsPass(rule) ? 'noMatch' : 'match' } = rule.forwardedHeader;
  return {
    header,
    // Source: `ForwardedIPConfig`, as above: rate limits and countries go by the first address.
    position: 'position' in rule.forwardedHeader ? rule.forwardedHeader.position : 'first',
    matchesWithout: (fallback === 'match') !== negated,
  };
}

/** True for a rule that ends the evaluation in favour of a request, or is to. */
export function letsPass({ kind, action }: FirewallRule): boolean {
  return kind === 'allowedAddresses' || action === 'allow';
}

/** The texts that a statement looks at; undefined if the request does not have the header. */
export function forwardedTexts({ header, position }: ForwardedAddress, request: WebRequest): string[] | undefined {
  const value = headerOf(request, header);
  if (value === undefined || value === null) return undefined;
  const texts = value.split(',').map((text) => text.trim());
  if (position === 'first') return texts.slice(0, 1);
  return texts.slice(position === 'last' ? -1 : -MOST_LOOKED_AT);
}

/** The addresses among texts of a header: what has a port or a prefix length is none. */
export function readForwarded(texts: readonly string[]): AddressBlock[] {
  return texts
    .filter((text) => !text.includes('/'))
    .map(parseAddress)
    .filter(isAddressBlock);
}
