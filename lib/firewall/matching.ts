import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { addressBlocks, covers, type AddressBlock } from '../foundation/addresses';
import { forwardedTexts, readForwarded, type ForwardedAddress } from './forwarded-address';
import { asRegExp } from './path-pattern';
import type { Field, RuleStatement, Transformation } from './rule-statement';
import { headerOf, type WebRequest } from './web-request';

/** Whether a request matches; undefined if only AWS can tell, or the request does not say enough. */
export type Match = boolean | undefined;

/** Whether WAF would find that a request matches a rule of this statement. */
export function ruleMatches(statement: RuleStatement, request: WebRequest): Match {
  return missingHeader(statement, request) === undefined ? matches(statement, request) : false;
}

/**
 * The header in which a statement looks for an address and which the request does not have: WAF then does not apply the rule at
 * all, whatever the fallback. Source: `ForwardedIPConfig`, AWS WAF API Reference, autumn 2026.
 */
export function missingHeader(statement: RuleStatement, request: WebRequest): string | undefined {
  switch (statement.is) {
    case 'all':
    case 'any':
      return statement.of.map((part) => missingHeader(part, request)).find((header) => header !== undefined);
    case 'not':
      return missingHeader(statement.of, request);
    case 'addresses':
    case 'countries':
    case 'rate':
      if (statement.forwarded === undefined || forwardedTexts(statement.forwarded, request) !== undefined)
        return undefined;
      return statement.forwarded.header;
    default:
      return undefined;
  }
}

/** Whether a request matches a statement. */
export function matches(statement: RuleStatement, request: WebRequest): Match {
  switch (statement.is) {
    case 'all':
      return every(statement.of.map((part) => matches(part, request)));
    case 'any':
      return not(every(statement.of.map((part) => not(matches(part, request)))));
    case 'not':
      return not(matches(statement.of, request));
    case 'addresses':
      return matchesAddresses(statement, request);
    case 'countries':
      return matchesForwarded(statement.forwarded, request, () =>
        request.country === undefined ? undefined : statement.countries.includes(request.country),
      );
    case 'larger':
      return sizeOf(statement.field, request) > statement.bytes;
    case 'pattern': {
      const value = transform(contentOf(statement.field, request), statement.transformations);
      return asRegExp(statement.pattern).test(value.toString('latin1'));
    }
    case 'equal':
      return statement.value.equals(transform(contentOf(statement.field, request), statement.transformations));
    case 'rate':
      return every([
        statement.scope === undefined ? true : matches(statement.scope, request),
        matchesForwarded(statement.forwarded, request, () =>
          request.requestsInWindow === undefined ? undefined : request.requestsInWindow > statement.limit,
        ),
      ]);
    case 'managed':
      return undefined;
  }
}

function matchesAddresses(
  { blocks, forwarded }: Extract<RuleStatement, { is: 'addresses' }>,
  request: WebRequest,
): Match {
  if (forwarded === undefined) return isAnyCovered(blocks, addressBlocks([request.address]));
  const texts = forwardedTexts(forwarded, request) ?? [];
  const found = readForwarded(texts);
  if (isAnyCovered(blocks, found)) return true;
  if (found.length === texts.length) return false;
  // What WAF makes of a header in which only some are addresses is not published.
  return found.length > 0 && forwarded.matchesWithout ? undefined : forwarded.matchesWithout;
}

function isAnyCovered(blocks: readonly AddressBlock[], addresses: readonly AddressBlock[]): boolean {
  return addresses.some((address) => covers(blocks, address));
}

/** What `match` says of the address that is looked at, or the fallback where there is none. */
function matchesForwarded(forwarded: ForwardedAddress | undefined, request: WebRequest, match: () => Match): Match {
  if (forwarded === undefined || readForwarded(forwardedTexts(forwarded, request) ?? []).length > 0) return match();
  return forwarded.matchesWithout;
}

/** True if all are, false if one is not, and otherwise unknown. */
function every(parts: readonly Match[]): Match {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function not(match: Match): Match {
  return match === undefined ? undefined : !match;
}

/** Bytes of a part of a request, given or measured. */
export function sizeOf(field: Field, request: WebRequest): number {
  return givenSize(field, request.sizes) ?? contentOf(field, request).length;
}

function givenSize(field: Field, sizes: WebRequest['sizes']): number | undefined {
  if (typeof field === 'object') return field.header === 'cookie' ? sizes.cookie : undefined;
  return field === 'method' ? undefined : sizes[field];
}

/** Bodies are told by their size only. */
function contentOf(field: Field, request: WebRequest): Buffer {
  const { method, path } = request;
  if (typeof field === 'object') {
    return Buffer.from(headerOf(request, field.header) ?? '');
  }
  const [uri = '', ...query] = path.split('?');
  return Buffer.from({ method, uri, query: query.join('?'), body: '' }[field]);
}

function transform(content: Buffer, transformations: readonly Transformation[]): Buffer {
  return transformations.reduce((value, transformation) => TRANSFORMATIONS[transformation](value), content);
}

/** Source: "Text transformation options", AWS WAF Developer Guide. */
const TRANSFORMATIONS: Record<Transformation, (content: Buffer) => Buffer> = {
  URL_DECODE: (content) =>
    Buffer.from(
      content
        .toString('latin1')
        .replace(/\+/g, ' ')
        .replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
      'latin1',
    ),
  NORMALIZE_PATH: (content) => Buffer.from(posix.normalize(content.toString('latin1')), 'latin1'),
  MD5: (content) => createHash('md5').update(content).digest(),
};
