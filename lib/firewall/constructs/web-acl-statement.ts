import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { AddressFamily } from '../../foundation/addresses';
import type { ForwardedAddress } from '../forwarded-address';
import type { Field, RuleStatement, Transformation } from '../rule-statement';

/** Where the addresses of the rule that is being written are. */
type SetArns = (family: AddressFamily) => string;

/** A statement in the words of CloudFormation. A managed group is written by the rule, which has more to say of it. */
export function webAclStatement(statement: RuleStatement, setArns: SetArns): CfnWebACL.StatementProperty {
  const write = (inner: RuleStatement): CfnWebACL.StatementProperty => webAclStatement(inner, setArns);
  switch (statement.is) {
    case 'all':
      return { andStatement: { statements: statement.of.map(write) } };
    case 'any':
      return { orStatement: { statements: statement.of.map(write) } };
    case 'not':
      return { notStatement: { statement: write(statement.of) } };
    case 'addresses':
      return {
        ipSetReferenceStatement: {
          arn: setArns(statement.family),
          ...(statement.forwarded && {
            ipSetForwardedIpConfig: {
              ...forwardedIpConfig(statement.forwarded),
              position: statement.forwarded.position.toUpperCase(),
            },
          }),
        },
      };
    case 'countries':
      return {
        geoMatchStatement: {
          countryCodes: [...statement.countries],
          ...(statement.forwarded && { forwardedIpConfig: forwardedIpConfig(statement.forwarded) }),
        },
      };
    case 'larger':
      return {
        sizeConstraintStatement: {
          fieldToMatch: fieldToMatch(statement.field),
          comparisonOperator: 'GT',
          size: statement.bytes,
          textTransformations: textTransformations([]),
        },
      };
    case 'pattern':
      return {
        regexMatchStatement: {
          fieldToMatch: fieldToMatch(statement.field),
          regexString: statement.pattern,
          textTransformations: textTransformations(statement.transformations),
        },
      };
    case 'equal':
      return {
        byteMatchStatement: {
          fieldToMatch: fieldToMatch(statement.field),
          positionalConstraint: 'EXACTLY',
          searchStringBase64: statement.value.toString('base64'),
          textTransformations: textTransformations(statement.transformations),
        },
      };
    case 'rate':
      return {
        rateBasedStatement: {
          aggregateKeyType: statement.forwarded === undefined ? 'IP' : 'FORWARDED_IP',
          ...(statement.forwarded && { forwardedIpConfig: forwardedIpConfig(statement.forwarded) }),
          limit: statement.limit,
          evaluationWindowSec: statement.windowSeconds,
          ...(statement.scope === undefined ? {} : { scopeDownStatement: write(statement.scope) }),
        },
      };
    case 'managed':
      return { managedRuleGroupStatement: { vendorName: 'AWS', name: statement.group } };
  }
}

function forwardedIpConfig({ header, matchesWithout }: ForwardedAddress): CfnWebACL.ForwardedIPConfigurationProperty {
  return { headerName: header, fallbackBehavior: matchesWithout ? 'MATCH' : 'NO_MATCH' };
}

function fieldToMatch(field: Field): CfnWebACL.FieldToMatchProperty {
  if (typeof field === 'object') return { singleHeader: { Name: field.header } };
  switch (field) {
    case 'method':
      return { method: {} };
    case 'uri':
      return { uriPath: {} };
    case 'query':
      return { queryString: {} };
    case 'body':
      // What WAF cannot see the end of is over any limit that it can check.
      return { body: { oversizeHandling: 'MATCH' } };
  }
}

function textTransformations(transformations: readonly Transformation[]): CfnWebACL.TextTransformationProperty[] {
  if (transformations.length === 0) return [{ priority: 0, type: 'NONE' }];
  return transformations.map((type, priority) => ({ priority, type }));
}
