import { addressBlocks, coverage, EVERY_ADDRESS, type AddressRange } from './addresses';
import type { FirewallRule } from './firewall-settings';

type RuleOf<Kind extends FirewallRule['kind']> = Extract<FirewallRule, { kind: Kind }>;

/** Why a rule never decides anything, and because of which earlier one. */
export interface Unreachable {
  readonly because: string;
  readonly reason: string;
}

/**
 * Why the rule at `index` can never match: what it looks for, earlier rules have always decided on already. Only what can be
 * told from the list for certain is said; challenge, captcha and count let requests go on.
 */
export function unreachable(rules: readonly (FirewallRule | undefined)[], index: number): Unreachable | undefined {
  const rule = rules[index];
  if (rule === undefined) return undefined;
  const before = rules.slice(0, index).filter((earlier) => earlier !== undefined);
  const deciding = before.filter(({ action }) => action === 'block' || action === 'allow');
  return byAddresses(rule, deciding) ?? byCountries(rule, deciding) ?? bySameKind(rule, deciding);
}

function byAddresses(rule: FirewallRule, deciding: readonly FirewallRule[]): Unreachable | undefined {
  const lists = deciding.filter(
    (earlier): earlier is RuleOf<'allowedAddresses' | 'blockedAddresses'> =>
      earlier.kind === 'allowedAddresses' || earlier.kind === 'blockedAddresses',
  );
  const decided = coverage(lists.flatMap(({ addresses }) => addressBlocks(addresses)));
  const [first] = lists;
  if (first === undefined) return undefined;
  const because = lists.map(({ name }) => name).join(' and ');
  const wanted: readonly AddressRange[] =
    rule.kind === 'allowedAddresses' || rule.kind === 'blockedAddresses'
      ? addressBlocks(rule.addresses)
      : EVERY_ADDRESS;
  // An empty list is a place for addresses to come.
  if (wanted.length === 0 || !wanted.every(decided)) return undefined;
  return { because, reason: 'every address that it looks for' };
}

function byCountries(rule: FirewallRule, deciding: readonly FirewallRule[]): Unreachable | undefined {
  const lists = deciding.filter((earlier): earlier is RuleOf<'countries'> => earlier.kind === 'countries');
  const because = lists.map(({ name }) => name).join(' and ');
  const decides = (country: string): boolean =>
    lists.some(({ countries, match }) => countries.includes(country) === (match === 'listed'));
  // Of all countries that no list names, one stands for the others.
  const OTHERS = 'others';
  const named = [
    ...new Set([...lists, ...(rule.kind === 'countries' ? [rule] : [])].flatMap((list) => list.countries)),
  ];
  const all = [...named, OTHERS];
  const wanted =
    rule.kind === 'countries'
      ? all.filter((country) => rule.countries.includes(country) === (rule.match === 'listed'))
      : all;
  if (lists.length === 0 || !wanted.every(decides)) return undefined;
  return { because, reason: 'every country that it looks for' };
}

function bySameKind(rule: FirewallRule, deciding: readonly FirewallRule[]): Unreachable | undefined {
  const earlier = deciding.find((other) => isWithin(rule, other));
  return earlier && { because: earlier.name, reason: 'everything that it looks for' };
}

/** True if whatever `rule` matches, `earlier` matches, too. */
function isWithin(rule: FirewallRule, earlier: FirewallRule): boolean {
  switch (rule.kind) {
    case 'rateLimit':
      if (earlier.kind === 'restrictedPaths') {
        return earlier.addresses.length === 0 && rule.paths !== undefined && arePathsWithin(rule.paths, earlier.paths);
      }
      return (
        earlier.kind === 'rateLimit' &&
        earlier.windowSeconds === rule.windowSeconds &&
        earlier.limit <= rule.limit &&
        (earlier.paths === undefined || (rule.paths !== undefined && arePathsWithin(rule.paths, earlier.paths)))
      );
    case 'sizeLimits':
      return (
        earlier.kind === 'sizeLimits' &&
        (['uri', 'query', 'body', 'cookie'] as const).every(
          (part) => rule[part] === undefined || (earlier[part] ?? Infinity) <= rule[part],
        )
      );
    case 'restrictedPaths':
      return (
        earlier.kind === 'restrictedPaths' &&
        arePathsWithin(rule.paths, earlier.paths) &&
        // Whom the earlier one lets pass, the later one must let pass, too.
        addressBlocks(earlier.addresses).every(coverage(addressBlocks(rule.addresses)))
      );
    case 'crossSiteRequests':
      return earlier.kind === 'crossSiteRequests';
    case 'revokedTokens':
      return (
        earlier.kind === 'revokedTokens' &&
        earlier.header.toLowerCase() === rule.header.toLowerCase() &&
        rule.md5.every((digest) => earlier.md5.includes(digest))
      );
    case 'allowedAddresses':
    case 'blockedAddresses':
    case 'countries':
    case 'managedGroup':
      return false;
  }
}

function arePathsWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return inner
    .map(lower)
    .every((path) =>
      outer
        .map(lower)
        .some((wide) =>
          wide.startsWith('/') ? path.startsWith(wide) : path.startsWith('*') && path.endsWith(wide.slice(1)),
        ),
    );
}

function lower(text: string): string {
  return text.toLowerCase();
}
