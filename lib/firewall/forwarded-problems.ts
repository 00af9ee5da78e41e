import type { Problem } from '../foundation/problem';
import { addressBlocks, complement } from '../foundation/addresses';
import type { FirewallRule } from './firewall-settings';
import { forwardedAddressOf, letsPass } from './forwarded-address';

/** A proxy adds to this header, and keeps what a client has written there. Source: RFC 7239, section 1; "HTTP headers and Application Load Balancers". */
const APPENDED_TO = 'x-forwarded-for';

/** Source: RFC 7239, section 4. */
const STRUCTURED = 'forwarded';

const OF_ITS_OWN = 'name a header that your proxy overwrites, such as True-Client-IP or CF-Connecting-IP';

/**
 * A rule that lets requests pass by a header that a client can write lets everybody pass: it is refused, unless the header can
 * only come from the proxy and is read where the proxy writes.
 *
 * @param before the rules before it
 */
export function forwardedProblems(rule: FirewallRule, before: readonly (FirewallRule | undefined)[]): Problem[] {
  const settings = 'forwardedHeader' in rule ? rule.forwardedHeader : undefined;
  if (settings === undefined) return [];
  const { name, fallback } = settings;
  const path = '.forwardedHeader';
  if (name.toLowerCase() === STRUCTURED) {
    return [
      {
        path: `${path}.name`,
        value: name,
        reason: 'holds pairs such as for=192.0.2.1 (RFC 7239), in which WAF finds no address',
        remedy: `name a header of addresses alone; ${OF_ITS_OWN}`,
      },
    ];
  }
  if (!isExemption(rule)) return [];
  const found: Problem[] = [];
  if ('position' in settings && settings.position !== 'last') {
    found.push({
      path: `${path}.position`,
      value: settings.position,
      reason: 'is where clients write what they like: a proxy adds the address that it knows at the end',
      remedy: `write last; behind several proxies ${OF_ITS_OWN}`,
    });
  }
  if (rule.kind === 'countries' && name.toLowerCase() === APPENDED_TO) {
    found.push({
      path: `${path}.name`,
      value: name,
      reason: 'is read at its first address, where clients write what they like',
      remedy: OF_ITS_OWN,
    });
  }
  const unsafe = letsPass(rule) ? 'match' : 'noMatch';
  if (fallback === unsafe) {
    found.push({
      path: `${path}.fallback`,
      value: fallback,
      reason: `lets everybody pass who writes no address into ${name}`,
      remedy: `leave it out, or write ${unsafe === 'match' ? 'noMatch' : 'match'}`,
    });
  }
  if (!before.some(isGate)) {
    found.push({
      path,
      value: name,
      reason: 'can be written by whoever reaches the load balancer without the proxy',
      remedy: `put a rule before it that blocks all others: ${GATE}`,
    });
  }
  return found;
}

const GATE = "{ kind: 'restrictedPaths', action: 'block', paths: ['/'], addresses: [those of the proxy] }";

/** What rules by a header do not see: requests that go around the proxy, and clients that write the header themselves. */
export function forwardedWarnings(rules: readonly FirewallRule[], path: string): Problem[] {
  const refusals = rules.filter((rule) => forwardedAddressOf(rule, false) !== undefined && !isExemption(rule));
  const open = refusals.filter((rule) => !rules.slice(0, rules.indexOf(rule)).some(isGate));
  const forged = refusals.filter(goesByWhatClientsWrite);
  return [
    ...(open.length === 0
      ? []
      : [
          {
            path,
            value: namesOf(open),
            reason:
              'see nothing of a request that reaches the load balancer without the proxy: where the header is missing, WAF passes over a rule',
            remedy: `put a rule before them that blocks all but the proxy: ${GATE}`,
          },
        ]),
    ...(forged.length === 0
      ? []
      : [
          {
            path,
            value: namesOf(forged),
            reason:
              'go by the first address of X-Forwarded-For, which a client may write: another one each time, and it passes',
            remedy: `${OF_ITS_OWN}; an IP set can also take position: 'last'`,
          },
        ]),
  ];
}

function namesOf(rules: readonly FirewallRule[]): string {
  return rules.map(({ name }) => name).join(', ');
}

/** True for a rule in which to be one of some addresses or countries is an advantage. */
function isExemption(rule: FirewallRule): boolean {
  return letsPass(rule) || rule.kind === 'restrictedPaths' || (rule.kind === 'countries' && rule.match === 'others');
}

function goesByWhatClientsWrite(rule: FirewallRule): boolean {
  const forwarded = forwardedAddressOf(rule, false);
  return forwarded?.header.toLowerCase() === APPENDED_TO && forwarded.position === 'first';
}

/** True for a rule that lets only some addresses go on, by the connection itself. */
function isGate(rule: FirewallRule | undefined): boolean {
  return (
    rule?.kind === 'restrictedPaths' &&
    rule.action === 'block' &&
    rule.paths.includes('/') &&
    rule.forwardedHeader === undefined &&
    keepsSomebodyOut(rule.addresses)
  );
}

/** True if there are addresses of both families that are not on the list: a list may cover all of one, block by block. */
function keepsSomebodyOut(addresses: readonly string[]): boolean {
  return new Set(complement(addressBlocks(addresses)).map(({ family }) => family)).size === 2;
}
