import { groupDigits } from '../foundation/table';
import type { Problem } from '../foundation/problem';
import { elementsOf } from '../foundation/settings';
import { suggestOneOf } from '../foundation/suggestion';
import { isAddressBlock, parseAddress } from './addresses';
import { MOST_WCU } from './capacity';
import { isCountry } from './countries';
import { ruleSchema, type FirewallRule } from './firewall-settings';
import { MANAGED_RULE_GROUPS } from './managed-rule-groups';
import { LONGEST_PATTERN, pathPattern } from './path-pattern';
import { inOrder } from './rule-order';
import { unreachable } from './unreachable';

/** Source: "AWS WAF quotas", AWS WAF Developer Guide. */
const MOST_RATE_LIMITS = 10;
const MOST_ADDRESSES = 10_000;

type Found = Omit<Problem, 'path'> & { readonly path?: string };

/** What is wrong with the meaning of an environment's firewall settings; their shape is checked apart. */
export function firewallProblems(raw: unknown, environment: string): Problem[] {
  const path = `${environment}.firewall.rules`;
  // Whatever is well formed is checked, whether or not the rules around it are.
  const rules = elementsOf(raw, 'rules').map((rule) => ruleSchema.safeParse(rule).data);
  const checks = [
    nameProblems,
    addressProblems,
    countryProblems,
    sizeProblems,
    pathProblems,
    groupProblems,
    reachProblems,
  ];
  return [
    ...rules.flatMap((rule, index) =>
      rule === undefined
        ? []
        : checks
            .flatMap((check) => check(rule, index, rules))
            .map((found) => ({ ...found, path: `${path}[${index}]${found.path ?? ''}` })),
    ),
    ...rateLimitProblems(rules, path),
    ...capacityProblems(rules, path),
  ];
}

type Rules = readonly (FirewallRule | undefined)[];

function nameProblems({ name }: FirewallRule, index: number, rules: Rules): Found[] {
  // IP sets are named after rules, and their names ignore what stands between words.
  const plain = (text: string | undefined): string | undefined => text?.toLowerCase().replace(/[-_]/g, '');
  const first = rules.findIndex((rule) => plain(rule?.name) === plain(name));
  if (first === index) return [];
  const reason = `is already the name of rules[${first}]`;
  return [{ path: '.name', value: name, reason, remedy: 'give each rule a name of its own' }];
}

function addressProblems(rule: FirewallRule): Found[] {
  if (!('addresses' in rule)) return [];
  const { addresses } = rule;
  const firsts = new Map<string, number>();
  const faults = addresses.flatMap((text, index): Found[] => {
    const parsed = parseAddress(text);
    if (!isAddressBlock(parsed)) return [{ path: `.addresses[${index}]`, value: text, ...parsed }];
    const first = firsts.get(parsed.cidr);
    if (first === undefined) {
      firsts.set(parsed.cidr, index);
      return [];
    }
    const reason = `is already addresses[${first}]`;
    return [{ path: `.addresses[${index}]`, value: text, reason, remedy: 'list each block once' }];
  });
  if (addresses.length <= MOST_ADDRESSES) return faults;
  const reason = `are ${groupDigits(addresses.length)} addresses, and an IP set takes ${groupDigits(MOST_ADDRESSES)}`;
  return [...faults, { path: '.addresses', reason, remedy: 'join neighbouring blocks, or use several rules' }];
}

function countryProblems(rule: FirewallRule): Found[] {
  if (rule.kind !== 'countries') return [];
  return rule.countries.flatMap((code, index): Found[] => {
    const path = `.countries[${index}]`;
    if (!isCountry(code)) {
      const remedy = 'write its two capital letters of ISO 3166-1, for example JP';
      return [{ path, value: code, reason: 'is not a country', remedy }];
    }
    const first = rule.countries.indexOf(code);
    if (first === index) return [];
    return [{ path, value: code, reason: `is already countries[${first}]`, remedy: 'list each country once' }];
  });
}

function sizeProblems(rule: FirewallRule): Found[] {
  if (rule.kind !== 'sizeLimits') return [];
  const { uri, query, body, cookie } = rule;
  if ([uri, query, body, cookie].some((limit) => limit !== undefined)) return [];
  return [{ reason: 'limits nothing', remedy: 'give at least one of uri, query, body, cookie, or remove the rule' }];
}

function pathProblems(rule: FirewallRule): Found[] {
  if (!('paths' in rule) || rule.paths === undefined) return [];
  const { length } = pathPattern(rule.paths);
  if (length <= LONGEST_PATTERN) return [];
  const reason = `make a regular expression of ${length} characters, over the ${LONGEST_PATTERN} that WAF takes`;
  return [{ path: '.paths', reason, remedy: 'split the rule in two' }];
}

function groupProblems(rule: FirewallRule, index: number, rules: Rules): Found[] {
  if (rule.kind !== 'managedGroup') return [];
  const { group, overrides } = rule;
  const known: readonly string[] = MANAGED_RULE_GROUPS[group].rules;
  const unknown = Object.keys(overrides)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: `.overrides.${name}`,
      // WAF says nothing of such a name, and overrides nothing.
      reason: `is not a rule of ${group}`,
      remedy: suggestOneOf(name, known),
    }));
  const first = rules.findIndex((other) => other?.kind === 'managedGroup' && other.group === group);
  if (first === index) return unknown;
  const reason = `is already the group of rules[${first}]`;
  return [...unknown, { path: '.group', value: group, reason, remedy: 'list each group once' }];
}

function reachProblems(rule: FirewallRule, index: number, rules: Rules): Found[] {
  const found = unreachable(rules, index);
  if (found === undefined) return [];
  const reason = `can never be reached: ${found.because} decides on ${found.reason}`;
  return [{ path: '.name', value: rule.name, reason, remedy: `move it before ${found.because}, or remove it` }];
}

function rateLimitProblems(rules: Rules, path: string): Problem[] {
  const limits = rules.filter((rule) => rule?.kind === 'rateLimit').length;
  if (limits <= MOST_RATE_LIMITS) return [];
  const reason = `has ${limits} rate limits, and a web ACL takes ${MOST_RATE_LIMITS}`;
  return [{ path, reason, remedy: 'give several paths one limit' }];
}

function capacityProblems(rules: Rules, path: string): Problem[] {
  const total = inOrder(rules.filter((rule) => rule !== undefined)).at(-1)?.runningWcu ?? 0;
  if (total <= MOST_WCU) return [];
  const reason = `takes ${groupDigits(total)} capacity units (WCU), over the ${groupDigits(MOST_WCU)} of a web ACL`;
  return [
    { path, reason, remedy: 'remove a managed group, or paths from rules: npm run firewall shows what each takes' },
  ];
}
