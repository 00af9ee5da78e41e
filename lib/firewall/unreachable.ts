import {
  addressBlocks,
  complement,
  coverage,
  EVERY_ADDRESS,
  intersects,
  type AddressRange,
} from '../foundation/addresses';
import type { FirewallRule } from './firewall-settings';
import { forwardedAddressOf } from './forwarded-address';

type RuleOf<Kind extends FirewallRule['kind']> = Extract<FirewallRule, { kind: Kind }>;

/** Why a rule never decides anything, and because of which earlier ones. */
export interface Unreachable {
  readonly because: readonly string[];
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
  return byAddresses(rule, deciding) ?? byCountries(rule, deciding) ?? byLimits(rule, deciding);
}

function byAddresses(rule: FirewallRule, deciding: readonly FirewallRule[]): Unreachable | undefined {
  const source = addressSource(rule);
  const from = (wanted: string): FirewallRule[] => deciding.filter((earlier) => addressSource(earlier) === wanted);
  const wanted = addressesWanted(rule);
  // An empty list is a place for addresses to come.
  if (wanted.length === 0) return undefined;
  // A header may name anybody, whoever connects.
  return byAddressesOf(wanted, from(source)) ?? byAddressesOf(EVERY_ADDRESS, from(CONNECTING));
}

/** What `addressSource` answers for rules that go by the address that connects. */
const CONNECTING = '';

/** Where a rule finds addresses: equal for two rules that see the same in every request. */
function addressSource(rule: FirewallRule): string {
  const forwarded = forwardedAddressOf(rule, false);
  return forwarded === undefined ? CONNECTING : JSON.stringify({ ...forwarded, header: lower(forwarded.header) });
}

function byAddressesOf(wanted: readonly AddressRange[], deciding: readonly FirewallRule[]): Unreachable | undefined {
  const relevant = deciding
    .map((earlier) => ({ name: earlier.name, decided: addressesDecided(earlier) }))
    .filter(({ decided }) => decided.some((one) => wanted.some((other) => intersects(one, other))));
  const isDecided = coverage(relevant.flatMap(({ decided }) => decided));
  if (!wanted.every(isDecided)) return undefined;
  return { because: relevant.map(({ name }) => name), reason: 'every address that it looks for' };
}

/** Whose requests a rule may match. */
function addressesWanted(rule: FirewallRule): readonly AddressRange[] {
  if (rule.kind === 'allowedAddresses' || rule.kind === 'blockedAddresses') return addressBlocks(rule.addresses);
  return rule.kind === 'restrictedPaths' ? complement(addressBlocks(rule.addresses)) : EVERY_ADDRESS;
}

/** Whose requests a rule that decides lets no further, whatever else they are. */
function addressesDecided(rule: FirewallRule): readonly AddressRange[] {
  if (rule.kind === 'allowedAddresses' || rule.kind === 'blockedAddresses') return addressBlocks(rule.addresses);
  // Every path starts with it.
  if (rule.kind === 'restrictedPaths' && rule.paths.includes('/')) return complement(addressBlocks(rule.addresses));
  return [];
}

function byCountries(rule: FirewallRule, all: readonly FirewallRule[]): Unreachable | undefined {
  const lists = all.filter((earlier): earlier is RuleOf<'countries'> => earlier.kind === 'countries');
  const from = (source: string): RuleOf<'countries'>[] => lists.filter((list) => addressSource(list) === source);
  return (
    (rule.kind === 'countries' ? byCountriesOf(rule, from(addressSource(rule))) : undefined) ??
    byCountriesOf(undefined, from(CONNECTING))
  );
}

/** @param rule undefined for one that looks for every country */
function byCountriesOf(
  rule: RuleOf<'countries'> | undefined,
  lists: readonly RuleOf<'countries'>[],
): Unreachable | undefined {
  // Of all countries that no list names, one stands for the others.
  const OTHERS = 'others';
  const named = [...new Set([...lists, ...(rule === undefined ? [] : [rule])].flatMap((list) => list.countries))];
  const meant = ({ countries, match }: RuleOf<'countries'>): string[] =>
    [...named, OTHERS].filter((country) => countries.includes(country) === (match === 'listed'));
  const wanted = rule === undefined ? [...named, OTHERS] : meant(rule);
  const relevant = lists.filter((list) => meant(list).some((country) => wanted.includes(country)));
  if (relevant.length === 0 || !wanted.every((country) => relevant.some((list) => meant(list).includes(country)))) {
    return undefined;
  }
  return { because: relevant.map(({ name }) => name), reason: 'every country that it looks for' };
}

function byLimits(rule: FirewallRule, deciding: readonly FirewallRule[]): Unreachable | undefined {
  const reason = 'everything that it looks for';
  if (rule.kind !== 'sizeLimits') {
    const earlier = deciding.find((other) => isWithin(rule, other));
    return earlier && { because: [earlier.name], reason };
  }
  const limits = deciding.filter((earlier): earlier is RuleOf<'sizeLimits'> => earlier.kind === 'sizeLimits');
  const parts = (['uri', 'query', 'body', 'cookie'] as const).filter((part) => rule[part] !== undefined);
  const tighter = parts.map((part) => limits.find((earlier) => (earlier[part] ?? Infinity) <= (rule[part] ?? 0)));
  if (parts.length === 0 || tighter.includes(undefined)) return undefined;
  return { because: [...new Set(tighter.flatMap((earlier) => earlier?.name ?? []))], reason };
}

/** True if whatever `rule` matches, `earlier` matches, too. */
function isWithin(rule: FirewallRule, earlier: FirewallRule): boolean {
  switch (rule.kind) {
    case 'rateLimit':
      if (earlier.kind === 'restrictedPaths') {
        return isClosed(earlier) && rule.paths !== undefined && arePathsWithin(rule.paths, earlier.paths);
      }
      return (
        earlier.kind === 'rateLimit' &&
        addressSource(earlier) === addressSource(rule) &&
        // Whoever exceeds the later limit has sent as many in the longer window, too.
        earlier.windowSeconds >= rule.windowSeconds &&
        earlier.limit <= rule.limit &&
        (earlier.paths === undefined || (rule.paths !== undefined && arePathsWithin(rule.paths, earlier.paths)))
      );
    case 'restrictedPaths':
      return (
        earlier.kind === 'restrictedPaths' &&
        arePathsWithin(rule.paths, earlier.paths) &&
        (isClosed(earlier) ||
          // Whom the earlier one lets pass, the later one must let pass, too.
          (addressSource(earlier) === addressSource(rule) &&
            addressBlocks(earlier.addresses).every(coverage(addressBlocks(rule.addresses)))))
      );
    case 'crossSiteRequests':
      return earlier.kind === 'crossSiteRequests';
    case 'revokedTokens':
      return (
        earlier.kind === 'revokedTokens' &&
        earlier.header.toLowerCase() === rule.header.toLowerCase() &&
        rule.md5.every((digest) => earlier.md5.includes(digest))
      );
    case 'sizeLimits':
    case 'allowedAddresses':
    case 'blockedAddresses':
    case 'countries':
    case 'managedGroup':
      return false;
  }
}

/** True if nobody may, whatever is in a header. */
function isClosed(rule: RuleOf<'restrictedPaths'>): boolean {
  return rule.addresses.length === 0 && rule.forwardedHeader === undefined;
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
