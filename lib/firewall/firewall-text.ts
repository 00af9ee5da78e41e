import { groupDigits, renderTable } from '../foundation/table';
import { BASE_PRICE_WCU, MOST_WCU } from './capacity';
import type { RequestAnswer } from './explain-request';
import type { FirewallRule } from './firewall-settings';
import type { OrderedRule } from './rule-order';

/** For a terminal; programs read the JSON. */
export function showRules(rules: readonly OrderedRule[]): string {
  const table = renderTable(
    ['priority', 'rule', 'action', 'WCU', 'total', 'what it looks for'],
    rules.map(({ priority, rule, wcu, runningWcu }) => [
      priority,
      rule.name,
      rule.action,
      wcu,
      runningWcu,
      describeRule(rule),
    ]),
  );
  const total = rules.at(-1)?.runningWcu ?? 0;
  const left = BASE_PRICE_WCU - total;
  const room = left >= 0 ? `${groupDigits(left)} left` : `${groupDigits(-left)} over: an extra charge for each request`;
  return [
    table,
    '',
    'Whatever no rule decides is allowed.',
    `Capacity: ${groupDigits(total)} WCU of the ${groupDigits(BASE_PRICE_WCU)} of the base price (${room}); at most ${groupDigits(MOST_WCU)}.`,
  ].join('\n');
}

export function showAnswer({ answers, action, decidedBy, groupRules, unless, notes }: RequestAnswer): string {
  const table = renderTable(
    ['priority', 'rule', 'outcome', 'why'],
    answers.map(({ priority, rule, outcome, reason }) => [priority, rule, outcome, reason]),
  );
  const decision =
    decidedBy === 'default'
      ? `${action}, because no rule of ours decides`
      : `${action}, by ${decidedBy}${groupRules.length === 0 ? '' : ` (its ${groupRules.join(' and ')})`}`;
  const condition = unless.length === 0 ? '' : `, unless decided before by: ${unless.join(', ')}`;
  return [table, '', `Decision: ${decision}${condition}.`, ...notes.map((note) => `Note: ${note}.`)].join('\n');
}

/** What a rule looks for, in a few words. */
export function describeRule(rule: FirewallRule): string {
  const what = describeMatch(rule);
  if (!('forwardedHeader' in rule) || rule.forwardedHeader === undefined) return what;
  const { name } = rule.forwardedHeader;
  return `${what}; address: ${'position' in rule.forwardedHeader ? rule.forwardedHeader.position : 'first'} in ${name}`;
}

function describeMatch(rule: FirewallRule): string {
  switch (rule.kind) {
    case 'allowedAddresses':
    case 'blockedAddresses':
      return `addresses: ${listed(rule.addresses)}`;
    case 'rateLimit': {
      const scope = rule.paths === undefined ? '' : ` for ${rule.paths.join(', ')}`;
      return `over ${groupDigits(rule.limit)} requests in ${rule.windowSeconds} s from one address${scope}`;
    }
    case 'countries':
      return `countries: ${rule.match === 'listed' ? '' : 'all but '}${rule.countries.join(', ')}`;
    case 'sizeLimits': {
      const limits = (['uri', 'query', 'body', 'cookie'] as const).flatMap((part) =>
        rule[part] === undefined ? [] : [`${part} ${groupDigits(rule[part])}`],
      );
      return `larger than ${limits.join(', ')} bytes`;
    }
    case 'restrictedPaths':
      return `${rule.paths.join(' ')}, but from ${rule.addresses.length === 0 ? 'nowhere' : listed(rule.addresses)}`;
    case 'crossSiteRequests':
      return 'sent by another site, to change something';
    case 'revokedTokens':
      return `${rule.header} is one of ${rule.md5.length} revoked`;
    case 'managedGroup': {
      const overrides = Object.entries(rule.overrides).map(([name, action]) => `${name}: ${action}`);
      return [rule.group, ...overrides].join(', ');
    }
  }
}

const MOST_SHOWN = 3;

function listed(addresses: readonly string[]): string {
  if (addresses.length === 0) return 'none yet';
  const more = addresses.length - MOST_SHOWN;
  return `${addresses.slice(0, MOST_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
