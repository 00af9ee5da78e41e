import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { impactOf } from '../../lib/review/impact';
import { NESTED_REPLACEMENTS } from '../../lib/review/nested-replacements';
import { STATEFUL_TYPES, statefulType } from '../../lib/review/stateful-types';

test.each([
  ['AWS::S3::Bucket', 'BucketName', 'replace'],
  ['AWS::S3::Bucket', 'Tags', 'update'],
  ['AWS::EC2::Instance', 'UserData', 'may-replace'],
  ['AWS::Brand::New', 'Anything', 'update'],
  ['Custom::Thing', 'ServiceToken', 'update'],
  ['constructor', 'a', 'update'],
  ['AWS::S3::Bucket', 'constructor', 'update'],
  ['AWS::S3::Bucket', '__proto__', 'update'],
])('%s %s: %s', (type, property, expected) => {
  expect(impactOf(type, property, [property])).toBe(expected);
});

test.each(['constructor', 'toString', '__proto__'])('%s is no type that holds data', (type) => {
  expect(statefulType(type)).toBeUndefined();
});

test('nested properties, themselves, what is in them, and what holds them', () => {
  const of = (path: string): string => impactOf('AWS::MSK::Cluster', 'BrokerNodeGroupInfo', [path]);
  expect(of('BrokerNodeGroupInfo.ClientSubnets[1]')).toBe('replace');
  expect(of('BrokerNodeGroupInfo')).toBe('replace');
  expect(of('BrokerNodeGroupInfo.InstanceType')).toBe('update');
});

describe('the tables against the specification of resources', () => {
  const specification = loadAwsServiceSpecSync();
  const propertiesOf = (type: string): Record<string, { type: unknown; causesReplacement?: string }> => {
    const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
    if (resource === undefined) throw new Error(`${type} is not known`);
    return resource.properties;
  };

  /** Follows a path through the types of properties. */
  function causesReplacement(type: string, path: string): string | undefined {
    const [first = '', ...rest] = path.split('.');
    let property = propertiesOf(type)[first];
    for (const name of rest) {
      const reference = /"\$ref":"([^"]+)"/.exec(JSON.stringify(property?.type))?.[1] ?? '';
      const definition = specification.get('typeDefinition', reference);
      property = (definition.properties as Record<string, typeof property>)[name];
    }
    return property?.causesReplacement;
  }

  test.each(Object.entries(NESTED_REPLACEMENTS).flatMap(([type, paths]) => paths.map((path) => [type, path] as const)))(
    '%s %s replaces',
    (type, path) => {
      expect(causesReplacement(type, path)).toBe('yes');
    },
  );

  test('every type that it calls stateful is in the table', () => {
    const stateful = specification
      .all('resource')
      .filter(({ isStateful }) => isStateful === true)
      .map(({ cloudFormationType }) => cloudFormationType);
    // A nested stack is compared resource by resource.
    const missing = stateful.filter(
      (type) => STATEFUL_TYPES[type] === undefined && type !== 'AWS::CloudFormation::Stack',
    );
    expect(missing).toEqual([]);
  });

  test('every name and protection in the table is a property', () => {
    const wrong = Object.entries(STATEFUL_TYPES).flatMap(([type, { name, protection }]) => {
      const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
      if (resource === undefined) return [`${type} is not known`];
      return [name, protection?.property]
        .filter((property) => property !== undefined && !(property in resource.properties))
        .map((property) => `${type} ${property ?? ''}`);
    });
    expect(wrong).toEqual([]);
  });
});
