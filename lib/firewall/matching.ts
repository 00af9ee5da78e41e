import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { covers, addressBlocks } from '../foundation/addresses';
import { asRegExp } from './path-pattern';
import type { Field, RuleStatement, Transformation } from './rule-statement';
import type { WebRequest } from './web-request';

/** Whether a request matches; undefined if only AWS can tell, or the request does not say enough. */
export type Match = boolean | undefined;

/** Whether WAF would find that a request matches. */
export function matches(statement: RuleStatement, request: WebRequest): Match {
  switch (statement.is) {
    case 'all':
      return every(statement.of.map((part) => matches(part, request)));
    case 'any':
      return not(every(statement.of.map((part) => not(matches(part, request)))));
    case 'not':
      return not(matches(statement.of, request));
    case 'addresses':
      return addressBlocks([request.address]).some((address) => covers(statement.blocks, address));
    case 'countries':
      return request.country === undefined ? undefined : statement.countries.includes(request.country);
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
        request.requestsInWindow === undefined ? undefined : request.requestsInWindow > statement.limit,
      ]);
    case 'managed':
      return undefined;
  }
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
export function sizeOf(field: Field, { sizes, ...request }: WebRequest): number {
  const given =
    typeof field === 'object'
      ? field.header === 'cookie'
        ? sizes.cookie
        : undefined
      : field === 'method'
        ? undefined
        : sizes[field];
  return given ?? contentOf(field, { sizes, ...request }).length;
}

/** Bodies are told by their size only. */
function contentOf(field: Field, { method, path, headers }: WebRequest): Buffer {
  if (typeof field === 'object') {
    const found = Object.entries(headers).find(([name]) => name.toLowerCase() === field.header);
    return Buffer.from(found?.[1] ?? '');
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
