import { posix } from 'node:path';
import { addressListProblems } from '../foundation/address-list';
import type { Problem } from '../foundation/problem';
import { elementsOf, textsOf } from '../foundation/settings';
import { suggestOneOf } from '../foundation/suggestion';
import { groupDigits } from '../foundation/table';
import { MOST_WCU } from './capacity';
import { isCountry } from './countries';
import { ruleSchema, type FirewallRule } from './firewall-settings';
import { forwardedProblems } from './forwarded-problems';
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
  const given = elementsOf(raw, 'rules');
  const rules = given.map((rule) => ruleSchema.safeParse(rule).data);
  const checks = [nameProblems, sizeProblems, pathProblems, groupProblems, reachProblems, forwardingProblems];
  return [
    ...given.flatMap((written, index) => {
      const rule = rules[index];
      const ofRule = rule === undefined ? [] : checks.flatMap((check) => check(rule, index, rules));
      return [...addressProblems(written), ...countryProblems(written), ...ofRule].map((found) => ({
        ...found,
        path: `${path}[${index}]${found.path ?? ''}`,
      }));
    }),
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

/** Of a rule as it was written: the rest of it may be wrong. */
function addressProblems(written: unknown): Found[] {
  const addresses = textsOf(written, 'addresses');
  const faults: Found[] = addressListProblems(addresses, '.addresses');
  if (addresses.length <= MOST_ADDRESSES) return faults;
  const reason = `are ${groupDigits(addresses.length)} addresses, and an IP set takes ${groupDigits(MOST_ADDRESSES)}`;
  return [...faults, { path: '.addresses', reason, remedy: 'join neighbouring blocks, or use several rules' }];
}

function countryProblems(written: unknown): Found[] {
  const countries = textsOf(written, 'countries');
  return countries.flatMap((code, index): Found[] => {
    if (code === undefined) return [];
    const path = `.countries[${index}]`;
    if (!isCountry(code)) {
      return [{ path, value: code, reason: 'is not a country', remedy: countryRemedy(code) }];
    }
    const first = countries.indexOf(code);
    if (first === index) return [];
    return [{ path, value: code, reason: `is already countries[${first}]`, remedy: 'list each country once' }];
  });
}

function countryRemedy(code: string): string {
  const meant = code === 'UK' ? 'GB' : code.trim().toUpperCase();
  return isCountry(meant) ? `did you mean "${meant}"?` : 'write its two capital letters of ISO 3166-1, for example JP';
}

function sizeProblems(rule: FirewallRule): Found[] {
  if (rule.kind !== 'sizeLimits') return [];
  const { uri, query, body, cookie } = rule;
  if ([uri, query, body, cookie].some((limit) => limit !== undefined)) return [];
  return [{ reason: 'limits nothing', remedy: 'give at least one of uri, query, body, cookie, or remove the rule' }];
}

function pathProblems(rule: FirewallRule): Found[] {
  if (!('paths' in rule) || rule.paths === undefined) return [];
  const unseen = rule.paths.flatMap((path, index): Found[] => {
    const normal = posix.normalize(path);
    if (normal === path) return [];
    const reason = 'matches nothing: paths are normalized before they are compared';
    return [{ path: `.paths[${index}]`, value: path, reason, remedy: `write ${normal}` }];
  });
  const { length } = pathPattern(rule.paths);
  if (length <= LONGEST_PATTERN) return unseen;
  const reason = `make a regular expression of ${length} characters, over the ${LONGEST_PATTERN} that WAF takes`;
  return [...unseen, { path: '.paths', reason, remedy: 'split the rule in two' }];
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
  const idle =
    rule.action === 'count'
      ? Object.entries(overrides)
          .filter(([, action]) => action !== 'count')
          .map(([name, action]) => ({
            path: `.overrides.${name}`,
            value: action,
            reason: 'has no effect in a group that only counts',
            remedy: 'remove it, or set the action of the group to block',
          }))
      : [];
  const first = rules.findIndex((other) => other?.kind === 'managedGroup' && other.group === group);
  if (first === index) return [...unknown, ...idle];
  const reason = `is already the group of rules[${first}]`;
  return [...unknown, ...idle, { path: '.group', value: group, reason, remedy: 'list each group once' }];
}

function forwardingProblems(rule: FirewallRule, index: number, rules: Rules): Found[] {
  return forwardedProblems(rule, rules.slice(0, index));
}

function reachProblems(rule: FirewallRule, index: number, rules: Rules): Found[] {
  const found = unreachable(rules, index);
  if (found === undefined) return [];
  const names = [...new Set(found.because)];
  const because = names.join(' and ');
  const decide = names.length === 1 ? 'decides' : 'decide';
  const reason = `can never be reached: ${because} ${decide} on ${found.reason}`;
  return [{ value: rule.name, reason, remedy: `move it before ${because}, or remove it` }];
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
