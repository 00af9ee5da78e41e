import type { ManagedRuleGroupName } from './managed-rule-groups';
import { matches, type Match } from './matching';
import type { RuleStatement } from './rule-statement';
import { headerOf, type WebRequest } from './web-request';

/** What a rule of AWS looks for: a statement as in our own rules, or a header that is not there. */
export type PublishedRule = RuleStatement | { readonly is: 'without'; readonly header: string };

/**
 * The rules of AWS's groups whose whole meaning is published, so that a request tells whether they match. Of the others AWS shows
 * examples only ("patterns like `.log` and `.ini`"), and so nobody else knows when they do not.
 * Source: "Baseline rule groups", AWS Managed Rules for AWS WAF, AWS WAF Developer Guide, autumn 2026. All of these block.
 */
export const PUBLISHED_RULES: Readonly<Partial<Record<ManagedRuleGroupName, Readonly<Record<string, PublishedRule>>>>> =
  {
    AWSManagedRulesCommonRuleSet: {
      NoUserAgent_HEADER: { is: 'without', header: 'user-agent' },
      SizeRestrictions_QUERYSTRING: { is: 'larger', field: 'query', bytes: 2048 },
      SizeRestrictions_Cookie_HEADER: { is: 'larger', field: { header: 'cookie' }, bytes: 10_240 },
      // 8 KB is also all that a load balancer shows to WAF of a body; the limit of this rule stays where more is shown.
      SizeRestrictions_BODY: { is: 'larger', field: 'body', bytes: 8192 },
      SizeRestrictions_URIPATH: { is: 'larger', field: 'uri', bytes: 1024 },
    },
    AWSManagedRulesKnownBadInputsRuleSet: {
      PROPFIND_METHOD: { is: 'equal', field: 'method', value: Buffer.from('PROPFIND'), transformations: [] },
    },
  };

/** Whether a published rule matches. A header that a request says nothing of may be there. */
export function publishedMatch(rule: PublishedRule, request: WebRequest): Match {
  if (rule.is !== 'without') return matches(rule, request);
  const value = headerOf(request, rule.header);
  if (value === null) return true;
  // Whether an empty header is a missing one, AWS does not say.
  return value === undefined || value === '' ? undefined : false;
}
