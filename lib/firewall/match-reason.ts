import { groupDigits } from '../foundation/table';
import { addressBlocks, covers } from '../foundation/addresses';
import type { FirewallRule } from './firewall-settings';
import { matches, sizeOf, type Match } from './matching';
import { sizeLimits, toPaths } from './rule-statement';
import type { WebRequest } from './web-request';

/** Why a rule matches a request or not, in the request's own values. */
export function reasonOf(rule: FirewallRule, match: Match, request: WebRequest): string {
  switch (rule.kind) {
    case 'allowedAddresses':
    case 'blockedAddresses':
      return `${request.address} is ${match === true ? '' : 'not '}in addresses`;
    case 'rateLimit':
      return rateReason(rule, request);
    case 'countries':
      if (request.country === undefined) return 'give country';
      return `${request.country} is ${match === true ? '' : 'not '}meant by ${rule.match} ${rule.countries.join(', ')}`;
    case 'sizeLimits': {
      const over = sizeLimits(rule)
        .map(({ field, bytes }) => ({ name: fieldName(field), bytes, size: sizeOf(field, request) }))
        .filter(({ bytes, size }) => size > bytes)
        .map(({ name, bytes, size }) => `${name} has ${groupDigits(size)} bytes, over ${groupDigits(bytes)}`);
      return over.length === 0 ? 'every part is within its limit' : over.join('; ');
    }
    case 'restrictedPaths': {
      const path = pathOf(request);
      if (matches(toPaths(rule.paths), request) !== true) return `${path} is none of the paths`;
      const listed = isListed(rule.addresses, request) ? 'in' : 'not in';
      return `${path} is one of the paths, and ${request.address} is ${listed} addresses`;
    }
    case 'crossSiteRequests':
      return match === true
        ? `another site sends a ${request.method}`
        : 'not from another site, or a method that changes nothing';
    case 'revokedTokens':
      return `${rule.header} is ${match === true ? 'revoked' : 'not one of the revoked'}`;
    case 'managedGroup':
      return 'its rules are those of AWS';
  }
}

function rateReason(rule: Extract<FirewallRule, { kind: 'rateLimit' }>, request: WebRequest): string {
  if (rule.paths !== undefined && matches(toPaths(rule.paths), request) !== true) {
    return `${pathOf(request)} is none of the paths`;
  }
  const { requestsInWindow } = request;
  if (requestsInWindow === undefined) return 'depends on earlier requests: give requestsInWindow';
  const relation = requestsInWindow > rule.limit ? 'over' : 'within';
  return `${groupDigits(requestsInWindow)} requests are ${relation} ${groupDigits(rule.limit)}`;
}

function pathOf({ path }: WebRequest): string {
  return path.split('?', 1)[0] ?? '';
}

function isListed(addresses: readonly string[], { address }: WebRequest): boolean {
  return addressBlocks([address]).every((one) => covers(addressBlocks(addresses), one));
}

function fieldName(field: ReturnType<typeof sizeLimits>[number]['field']): string {
  return typeof field === 'object' ? field.header : field;
}
