import { groupDigits } from '../foundation/table';
import type { FirewallRule } from './firewall-settings';
import { addressInWords, lookedAt } from './forwarded-reason';
import { forwardedAddressOf } from './forwarded-address';
import { matches, missingHeader, sizeOf, type Match } from './matching';
import { fromAddresses, sizeLimits, statementOf, toPaths, type Field } from './rule-statement';
import type { WebRequest } from './web-request';

type AddressRule = Extract<FirewallRule, { addresses: unknown }>;

/** Why a rule of ours matches a request or not, in the request's own values. */
export function reasonOf(
  rule: Exclude<FirewallRule, { kind: 'managedGroup' }>,
  match: Match,
  request: WebRequest,
): string {
  const missing = missingHeader(statementOf(rule), request);
  if (missing !== undefined) return `no ${missing}: WAF does not apply the rule`;
  switch (rule.kind) {
    case 'allowedAddresses':
    case 'blockedAddresses':
      return addressReason(rule, request, false);
    case 'rateLimit':
      return rateReason(rule, request);
    case 'countries': {
      const forwarded = forwardedAddressOf(rule, rule.match === 'others');
      const { text, isAddress } = lookedAt(forwarded, request);
      if (!isAddress) return `${text}: ${match === true ? 'match' : 'no match'}`;
      if (request.country === undefined) return 'give country';
      const of = forwarded === undefined ? '' : `, of ${text},`;
      return `${request.country}${of} is ${match === true ? '' : 'not '}meant by ${rule.match} ${rule.countries.join(', ')}`;
    }
    case 'sizeLimits': {
      const over = sizeLimits(rule).flatMap((limit) => (isOver(limit, request) ? [overReason(limit, request)] : []));
      return over.length === 0 ? 'every part is within its limit' : over.join('; ');
    }
    case 'restrictedPaths': {
      const path = pathOf(request);
      if (matches(toPaths(rule.paths), request) !== true) return `${path} is none of the paths`;
      return `${path} is one of the paths, and ${addressReason(rule, request, true)}`;
    }
    case 'crossSiteRequests':
      return match === true
        ? `another site sends a ${request.method}`
        : 'not from another site, or a method that changes nothing';
    case 'revokedTokens':
      return `${rule.header} is ${match === true ? 'revoked' : 'not one of the revoked'}`;
  }
}

/** `body has 5,000 bytes, over 4,096`. */
export function overReason({ field, bytes }: SizeLimit, request: WebRequest): string {
  return `${fieldName(field)} has ${groupDigits(sizeOf(field, request))} bytes, over ${groupDigits(bytes)}`;
}

interface SizeLimit {
  readonly field: Field;
  readonly bytes: number;
}

function isOver({ field, bytes }: SizeLimit, request: WebRequest): boolean {
  return sizeOf(field, request) > bytes;
}

/** @param negated true if the rule matches what is not in its addresses */
function addressReason(rule: AddressRule, request: WebRequest, negated: boolean): string {
  const forwarded = forwardedAddressOf(rule, negated);
  const { text, isAddress } = lookedAt(forwarded, request);
  if (!isAddress) return `${text}: ${forwarded?.matchesWithout === negated ? 'no match' : 'match'}`;
  return addressInWords(text, matches(fromAddresses(rule.addresses, forwarded), request));
}

function rateReason(rule: Extract<FirewallRule, { kind: 'rateLimit' }>, request: WebRequest): string {
  if (rule.paths !== undefined && matches(toPaths(rule.paths), request) !== true) {
    return `${pathOf(request)} is none of the paths`;
  }
  const forwarded = forwardedAddressOf(rule, false);
  const { text, isAddress } = lookedAt(forwarded, request);
  if (!isAddress) return `${text}: ${forwarded?.matchesWithout === true ? 'match' : 'no match'}`;
  const { requestsInWindow } = request;
  if (requestsInWindow === undefined) return 'depends on earlier requests: give requestsInWindow';
  const relation = requestsInWindow > rule.limit ? 'over' : 'within';
  const of = forwarded === undefined ? '' : ` of ${text}`;
  return `${groupDigits(requestsInWindow)} requests${of} are ${relation} ${groupDigits(rule.limit)}`;
}

function pathOf({ path }: WebRequest): string {
  return path.split('?', 1)[0] ?? '';
}

function fieldName(field: Field): string {
  return typeof field === 'object' ? field.header : field;
}
