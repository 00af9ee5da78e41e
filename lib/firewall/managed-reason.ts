import type { ManagedDecision, ManagedGroupRule } from './managed-decision';
import { overReason } from './match-reason';
import { PUBLISHED_RULES, type PublishedRule } from './published-rules';
import type { WebRequest } from './web-request';

/** Why a group that AWS manages decides on a request or not, as far as that is published. */
export function managedReason(
  { group }: ManagedGroupRule,
  { match, action, matched, counted }: ManagedDecision,
  request: WebRequest,
): string {
  const reasons = matched.map((name) => `${publishedReason(PUBLISHED_RULES[group]?.[name], request)} (${name})`);
  if (match === true) return reasons.join('; ');
  const counts = counted.length === 0 ? '' : `${counted.join(', ')} only counts, and `;
  if (match === false) return `${counts}none of its rules matches`;
  if (matched.length > 0) return `${reasons.join('; ')}: ${action}, unless another of its rules decides before`;
  return `${counts}its${counted.length === 0 ? '' : ' other'} rules are those of AWS`;
}

function publishedReason(rule: PublishedRule | undefined, request: WebRequest): string {
  switch (rule?.is) {
    case 'larger':
      return overReason(rule, request);
    case 'without':
      return `no ${rule.header}`;
    default:
      return `a ${request.method}`;
  }
}
