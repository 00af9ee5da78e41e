import { forwardedTexts, readForwarded, type ForwardedAddress } from './forwarded-address';
import type { Match } from './matching';
import type { WebRequest } from './web-request';

/** Headers in which proxies say whose request they hand on: the usual one, RFC 7239's, those of Akamai, Cloudflare, Fastly, nginx. */
const KNOWN_FORWARDED_HEADERS = [
  'x-forwarded-for',
  'forwarded',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'x-real-ip',
];

const LONGEST_SHOWN = 40;

/** The address that a rule looks at, in words; or what it finds in place of one. */
export function lookedAt(
  forwarded: ForwardedAddress | undefined,
  request: WebRequest,
): { readonly text: string; readonly isAddress: boolean } {
  if (forwarded === undefined) return { text: request.address, isAddress: true };
  const { header, position } = forwarded;
  const texts = forwardedTexts(forwarded, request) ?? [];
  const place = position === 'any' ? `in ${header}` : `${position} in ${header}`;
  const isAddress = readForwarded(texts).length > 0;
  const shown = isAddress ? texts.join(', ') : JSON.stringify(texts.join(', '));
  const text = shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN - 1)}…` : shown;
  return isAddress
    ? { text: `${text} (${place})`, isAddress }
    : { text: `${text} (${place}) is no address`, isAddress };
}

export function addressInWords(text: string, isListed: Match): string {
  if (isListed === undefined) return `${text} may count as in addresses: not all of it are addresses`;
  return `${text} is ${isListed ? '' : 'not '}in addresses`;
}

/** The headers of a request that say whom it was forwarded for, and at which no rule looks. */
export function unusedHeaders(used: readonly string[], { headers }: WebRequest): string[] {
  const usedNames = used.map((name) => name.toLowerCase());
  return Object.entries(headers)
    .filter(([, value]) => value !== null)
    .map(([name]) => name)
    .filter((name) => KNOWN_FORWARDED_HEADERS.includes(name.toLowerCase()) && !usedNames.includes(name.toLowerCase()));
}
